// The conformance page and its compact JSON: every row with a target, and our verdict on it.
import type { GuideMessages } from './guide-messages.js';
import { byTable } from './tables.js';
import { rowName, type JudgedRow, type Judgement, type Verdict } from './verdict.js';

interface Tally {
  readonly implemented: number;
  readonly deviates: number;
  readonly missing: number;
}

/** Verdicts counted by layer, for the head of the page and for the exit code. */
export function tally(rows: readonly JudgedRow[]): Tally {
  const count = (kind: Verdict['kind']): number => rows.filter(({ verdict }) => verdict.kind === kind).length;
  return { implemented: count('implemented'), deviates: count('deviates'), missing: count('missing') };
}

/** Per cent of the rows that are implemented or deviate for a reason. */
export function coverage(rows: readonly JudgedRow[]): number {
  return rows.length === 0 ? 100 : (100 * (rows.length - tally(rows).missing)) / rows.length;
}

const layers = [
  ['segment', 'Segment maps'],
  ['datatype', 'Datatype maps'],
] as const;

/** The page in Markdown. */
export function conformancePage({ rows }: Judgement, packageName: string): string {
  return [
    `# Conformance of the package ${packageName} to the HL7 v2-to-FHIR mapping tables`,
    '',
    'Every row of the tables (version 1.0.0) that has a FHIR target. A row is implemented when a rule that reads the field',
    'writes the element, the same constant or a code map that leads to it included; this is computed from the compiled',
    'package. Deviations and corrected readings of cells stand, with their reasons, in `conformance/` beside the modules.',
    'Made by `npm run conformance`.',
    '',
    ...summary(rows),
    ...layers.flatMap(([layer, title]) =>
      layerText(
        title,
        rows.filter(({ row }) => row.layer === layer),
      ),
    ),
  ].join('\n');
}

function summary(rows: readonly JudgedRow[]): string[] {
  const line = (name: string, of: readonly JudgedRow[]): string => {
    const { implemented, deviates, missing } = tally(of);
    return `| ${name} | ${of.length} | ${implemented} | ${deviates} | ${missing} | ${coverage(of).toFixed(1)} % |`;
  };
  return [
    '| layer | rows | implemented | deviating with a reason | missing | covered |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...layers.map(([layer, title]) =>
      line(
        title,
        rows.filter(({ row }) => row.layer === layer),
      ),
    ),
    '',
  ];
}

function layerText(title: string, rows: readonly JudgedRow[]): string[] {
  const maps = [...byTable(rows, ({ row }) => row.map)];
  return [`## ${title}`, '', ...maps.flatMap(([map, table]) => mapText(map, table))];
}

function mapText(map: string, rows: readonly JudgedRow[]): string[] {
  const { implemented, deviates, missing } = tally(rows);
  return [
    `### ${map}`,
    '',
    `${implemented} implemented, ${deviates} deviating, ${missing} missing.`,
    '',
    '| field | element | condition | verdict | by or because |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(rowLine),
    '',
  ];
}

const rowLine = ({ row, verdict }: JudgedRow): string =>
  `| ${row.field} | \`${row.path}\` | ${row.conditional ? 'yes' : ''} | ${verdict.kind} | ${cell(explanation(verdict))} |`;

function explanation(verdict: Verdict): string {
  if (verdict.kind === 'deviates') return verdict.reason;
  if (verdict.kind === 'missing') return verdict.near === undefined ? '' : `near: ${verdict.near}`;
  const rules = verdict.rules.slice(0, 4).map((rule) => `\`${rule}\``);
  const more = verdict.rules.length > 4 ? [`and ${verdict.rules.length - 4} more`] : [];
  const reading = verdict.reading === undefined ? [] : [`(read otherwise: ${verdict.reading})`];
  return [...rules, ...more, ...reading].join(' ');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/**
 * The same for programs: map -> rows as [row, verdict, rules or reason], a deviation with the rules that do it otherwise;
 * beside it what the message tables run and refer to.
 */
export function conformanceJson({ rows }: Judgement, messages: GuideMessages, packageName: string): string {
  const maps = [...byTable(rows, ({ row }) => row.map)].map(([map, table]) => [map, table.map(compactRow)]);
  const counted = Object.fromEntries(
    layers.map(([layer]) => [layer, tally(rows.filter(({ row }) => row.layer === layer))]),
  );
  const all = { package: packageName, ...counted, messages, maps: Object.fromEntries(maps) as unknown };
  return `${JSON.stringify(all)}\n`;
}

function compactRow({ row, verdict }: JudgedRow): unknown[] {
  if (verdict.kind === 'implemented') return [rowName(row), verdict.kind, verdict.rules];
  if (verdict.kind === 'deviates') return [rowName(row), verdict.kind, verdict.reason, verdict.rules];
  return [rowName(row), verdict.kind];
}
