// The documentation page: plain HTML without scripts or anything from elsewhere, so it works offline and under a strict
// content security policy.
import type { Parameter, Route } from './route.js';

export function docsPage(routes: readonly Route[], version: string): string {
  const tags = [...new Set(routes.map(({ tag }) => tag))];
  const sections = tags.map((tag) =>
    section(
      tag,
      routes.filter((route) => route.tag === tag),
    ),
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Concord ${escaped(version)}</title>
<style>${style}</style></head>
<body><main>
<h1>Concord <small>${escaped(version)}</small></h1>
<p>Payloads of registered feeds in, canonical FHIR R4 with provenance and lineage out.
The same as <a href="/openapi.json">OpenAPI 3.1</a>.</p>
${sections.join('\n')}
</main></body></html>
`;
}

const section = (tag: string, routes: readonly Route[]): string =>
  `<h2>${escaped(tag)}</h2>\n${routes.map(article).join('\n')}`;

const article = (route: Route): string => `<article>
<h3><b>${route.method.toUpperCase()}</b> <code>${escaped(route.path)}</code></h3>
<p>${escaped(route.summary)}.</p>
${table(route.parameters ?? [], parameterRow)}
${table(Object.entries(route.replies), ([status, { description, content = {} }]) => [
  status,
  description,
  Object.keys(content).join(', '),
])}
</article>`;

const parameterRow = ({ name, in: place, description, schema }: Parameter): string[] => [
  name,
  description,
  [place, schema.enum?.join(' | ') ?? schema.type].join(', '),
];

const table = <T>(rows: readonly T[], cells: (row: T) => readonly string[]): string =>
  rows.length === 0 ? '' : `<table>${rows.map((row) => `<tr>${cells(row).map(cell).join('')}</tr>`).join('')}</table>`;

const cell = (text: string): string => `<td>${escaped(text)}</td>`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character]!);

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 56rem; margin: 2rem auto; padding: 0 1rem }
article { border-top: 1px solid #8884; padding: .5rem 0 1rem }
h3 { font-weight: normal; margin: .5rem 0 }
code { font-size: 1.05em }
table { border-collapse: collapse; margin: .5rem 0; font-size: .9em }
td { padding: .2rem 1.2rem .2rem 0; vertical-align: top }
td:first-child { font-family: ui-monospace, monospace; white-space: nowrap }
td:last-child { opacity: .7 }
`;
