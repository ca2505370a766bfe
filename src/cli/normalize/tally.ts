// What `concord normalize` counts. Counts of files add up in any order, so that the number of workers does not show.
import type { Issue } from '../../model/issue.js';
import type { Severity } from '../../model/issues.js';
import type { JsonObject } from '../../model/json.js';
import type { Outcome } from '../../pipeline/outcome.js';

type Counts = Record<string, number>;

export interface Tally {
  inputs: number;
  messages: number;
  bundles: number;
  readonly dispositions: Counts;
  readonly resources: Counts;
  /** By `severity code`. */
  readonly issues: Counts;
  /** By source path without repetition numbers. */
  readonly residuals: Counts;
  /** Issues of payloads as a whole, a line each. */
  readonly remarks: string[];
}

export const emptyTally = (): Tally => ({
  inputs: 0,
  messages: 0,
  bundles: 0,
  dispositions: {},
  resources: {},
  issues: {},
  residuals: {},
  remarks: [],
});

export function countOutcome(tally: Tally, { disposition, bundle, report }: Outcome): void {
  tally.messages++;
  count(tally.dispositions, disposition);
  for (const { path } of report.residuals) count(tally.residuals, path);
  countIssues(tally, report.issues);
  if (bundle === undefined) return;
  tally.bundles++;
  const entries = (bundle['entry'] ?? []) as readonly { readonly resource: JsonObject }[];
  for (const { resource } of entries) count(tally.resources, resource['resourceType'] as string);
}

export function countIssues(tally: Tally, issues: readonly Issue[]): void {
  for (const { severity, code } of issues) count(tally.issues, `${severity} ${code}`);
}

export function addTally(total: Tally, part: Tally): void {
  total.inputs += part.inputs;
  total.messages += part.messages;
  total.bundles += part.bundles;
  total.remarks.push(...part.remarks);
  for (const counts of ['dispositions', 'resources', 'issues', 'residuals'] as const) {
    for (const [name, n] of Object.entries(part[counts])) count(total[counts], name, n);
  }
}

const count = (counts: Counts, name: string, n = 1): void => void (counts[name] = (counts[name] ?? 0) + n);

export const refusedMessages = ({ messages, dispositions }: Tally): number =>
  messages - (dispositions['publish'] ?? 0) - (dispositions['publish-with-warnings'] ?? 0);

/** The summary as lines of text; residuals beyond the first ten are counted only. */
export function summaryText(tally: Tally): string {
  const sections = [
    section('', [
      ['inputs', tally.inputs],
      ['messages', tally.messages],
      ['bundles', tally.bundles],
      ['refused', refusedMessages(tally)],
    ]),
    section('Dispositions', mostFirst(tally.dispositions)),
    section('Resources', mostFirst(tally.resources)),
    section('Issues', gravestFirst(tally.issues)),
    section(residualTitle(tally.residuals), mostFirst(tally.residuals).slice(0, shownResiduals)),
  ];
  return sections.filter((text) => text !== '').join('\n');
}

const shownResiduals = 10;

function residualTitle(residuals: Counts): string {
  const values = Object.values(residuals).reduce((sum, n) => sum + n, 0);
  const paths = Object.keys(residuals).length;
  const shown = paths > shownResiduals ? `, the first ${shownResiduals}` : '';
  return `Residuals (${values.toLocaleString('en-US')} values at ${paths} paths${shown})`;
}

type Rows = readonly (readonly [name: string, n: number])[];

function section(title: string, rows: Rows): string {
  if (rows.length === 0) return '';
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, n]) => `  ${name.padEnd(width)}  ${n.toLocaleString('en-US').padStart(9)}\n`);
  return (title === '' ? '' : `${title}\n`) + lines.join('');
}

const mostFirst = (counts: Counts): Rows => Object.entries(counts).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));

const severities: readonly Severity[] = ['fatal', 'error', 'warning', 'information'];

const gravity = (name: string): number => severities.indexOf(name.split(' ')[0] as Severity);

const gravestFirst = (counts: Counts): Rows => [...mostFirst(counts)].sort(([a], [b]) => gravity(a) - gravity(b));
