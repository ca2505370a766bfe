// A comparison as one page that needs nothing else: no script, no font, no file beside it.
import { changeKinds, type CauseDiff, type Example } from '../../../pipeline/semantic-diff.js';
import type { Comparison } from './comparison.js';
import { style } from './page-style.js';
import {
  aspectText,
  causeText,
  messageTotals,
  placeText,
  plural,
  rowsOf,
  rowText,
  ruleText,
  ruleTotals,
  valueText,
  versionText,
  type Row,
} from './words.js';

export const comparisonPage = (comparisons: readonly Comparison[]): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${text(comparisons.map(({ after }) => after.name).join(', '))}: what would change</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main>',
    ...comparisons.map(comparisonPart),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');

const comparisonPart = (comparison: Comparison): string =>
  [
    '<article>',
    head(comparison),
    overview(comparison),
    dispositions(comparison),
    rules(comparison),
    ...comparison.behaviour.causes.map((cause, index) => causePart(cause, anchor(comparison, index))),
    '</article>',
  ].join('\n');

const head = (comparison: Comparison): string => `<header>
<h1>${text(comparison.after.name)}: what would change</h1>
<p>${text(versionText(comparison.before))} against ${text(versionText(comparison.after))}, on feed ${text(comparison.feed)}.</p>
<p>${text(sentence(ruleTotals(comparison)))} ${text(sentence(messageTotals(comparison)))}</p>
</header>`;

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

const anchor = ({ after }: Comparison, index: number): string => `${after.name}-${index + 1}`;

/** Causes by kinds: how many differences of each. */
function overview(comparison: Comparison): string {
  const { causes } = comparison.behaviour;
  if (causes.length === 0) return '<p class="none">No message differs.</p>';
  const columns = [...changeKinds, 'issue', 'residual'].filter((kind) =>
    causes.some((cause) => total(cause, kind) > 0),
  );
  const rows = causes.map(
    (cause, index) =>
      `<tr><th scope="row"><a href="#${text(anchor(comparison, index))}">${text(causeText(cause))}</a></th>` +
      `<td>${cause.messages}</td>${columns.map((kind) => `<td>${total(cause, kind) || ''}</td>`).join('')}</tr>`,
  );
  const headings = ['cause', 'messages', ...columns].map((name) => `<th scope="col">${text(name)}</th>`).join('');
  return `<section><h2>Differences by cause and kind</h2>
<div class="wide"><table class="numbers"><thead><tr>${headings}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div></section>`;
}

const total = (cause: CauseDiff, wanted: string): number =>
  rowsOf(cause)
    .filter(({ kind }) => kind === wanted)
    .reduce((sum, { count }) => sum + count, 0);

function dispositions({ behaviour }: Comparison): string {
  if (behaviour.dispositions.length === 0) return '';
  const rows = behaviour.dispositions.map(
    ({ before, after, decidedBy = '', count, examples }) =>
      `<tr><td>${text(before)}</td><td>${text(after)}</td><td>${text(decidedBy)}</td><td>${count}</td>` +
      `<td>${examples.map(({ input }) => text(input)).join('<br>')}</td></tr>`,
  );
  return table('What becomes of messages', ['before', 'after', 'decided by', 'messages', 'such as'], rows);
}

function rules({ rules: { rules: changes, codeMaps, package: own } }: Comparison): string {
  const rows = [
    ...own.map((aspect) => ruleRow('changed', 'package', aspectText(aspect))),
    ...changes.map((change) => ruleRow(change.change, change.rule, ruleText(change))),
    ...codeMaps.flatMap(({ map, rows: changed }) =>
      changed.map((row) => ruleRow(row.change, `code map ${map}`, rowText(row))),
    ),
  ];
  return rows.length === 0 ? '' : table('Rules and code maps', ['change', 'rule', 'what'], rows);
}

const ruleRow = (change: string, rule: string, what: string): string =>
  `<tr><td>${mark(change)}</td><td class="name">${text(rule)}</td><td>${text(what)}</td></tr>`;

const table = (title: string, columns: readonly string[], rows: readonly string[]): string =>
  `<section><h2>${title}</h2><div class="wide"><table><thead><tr>${columns.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div></section>`;

function causePart(cause: CauseDiff, id: string): string {
  return `<section id="${text(id)}"><h2 class="name">${text(causeText(cause))}</h2>
<p>${plural(cause.messages, 'message')}.</p>
<div class="wide"><table><thead><tr>${['kind', 'change', 'element', 'count', 'messages', 'such as'].map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>${rowsOf(cause).map(differenceRow).join('\n')}</tbody></table></div></section>`;
}

const differenceRow = ({ kind, change, what, count, messages, examples }: Row): string =>
  `<tr><td>${text(kind)}</td><td>${mark(change)}</td><td class="name">${text(what)}</td><td>${count}</td><td>${messages}</td>` +
  `<td>${exampleList(examples)}</td></tr>`;

function exampleList(examples: readonly Example[]): string {
  const [first, ...more] = examples.map(exampleItem);
  if (first === undefined) return '';
  return more.length === 0 ? first : `<details><summary>${first}</summary>${more.join('')}</details>`;
}

function exampleItem(example: Example): string {
  const values = valueText(example);
  return `<span class="place">${text(placeText(example))}</span>${values === '' ? '' : `<code>${text(values)}</code>`}`;
}

/** Changes have a colour and a word: nobody has to see the colour. */
const mark = (change: string): string => `<span class="${text(change)}">${text(change)}</span>`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Names and values are text, whatever they hold. */
const text = (value: string): string => value.replace(/[&<>"']/g, (character) => entities[character] ?? character);
