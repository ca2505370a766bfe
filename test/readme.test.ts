// The first screen tells the truth: its message becomes its Patient, with its line of lineage; its links lead somewhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadGateway } from '../src/adapters/composition.js';
import { envelop } from '../src/adapters/intake.js';
import { printJson } from '../src/canonical/json.js';
import type { JsonObject } from '../src/model/json.js';

const root = join(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The first block of a language. */
const block = (language: string): string => new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';

describe('README', () => {
  const envelope = envelop(Buffer.from(block('hl7')), { feed: 'hl7v2', receivedAt: '2026-01-31T08:00:00.000Z' });
  const [outcome] = loadGateway().normalize(envelope).outcomes;

  it('shows the Patient that its message becomes', () => {
    const entries = outcome?.bundle?.['entry'] as readonly { readonly resource: JsonObject }[];
    const patient = entries.find(({ resource }) => resource['resourceType'] === 'Patient')?.resource;
    expect(JSON.parse(printJson(patient ?? {}))).toEqual(JSON.parse(block('json')));
  });

  it('shows a line of its lineage', () => {
    const patient = outcome?.lineage().find(({ type }) => type === 'Patient');
    const { element, from, rule, conversions } = patient!.leaves.find((leaf) => leaf.element === 'gender')!;
    const converted = conversions!.map(({ kind, by }) => `${kind} ${by}`).join(', ');
    expect(block('text').trim()).toBe(`${element}  <- ${from[0]!.path}  ${rule} ${converted}`);
  });
});

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...(readdirSync(join(root, 'docs'), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.md') && !name.startsWith('generated'))
    .map((name) => join('docs', name)),
];

describe.each(pages)('%s', (page) => {
  it('links to what is there', () => {
    const text = readFileSync(join(root, page), 'utf8');
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([]);
  });
});
