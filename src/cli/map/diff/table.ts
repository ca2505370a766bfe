// A comparison as a table for the terminal.
import type { BehaviourDiff, CauseDiff, CodeMapChange, DispositionDiff } from '../../../pipeline/semantic-diff.js';
import type { Comparison } from './comparison.js';
import {
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

/** Lines of one cause that are shown; the rest is counted. */
const mostRows = 30;

export function comparisonText(comparison: Comparison): string {
  const { before, after, feed, behaviour } = comparison;
  const lines = [
    `${versionText(before)} against ${versionText(after)}, on feed ${feed}`,
    `  ${ruleTotals(comparison)}`,
    `  ${messageTotals(comparison)}`,
    ...section('Rules', ruleLines(comparison)),
    ...behaviourLines(behaviour),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

export const behaviourLines = ({ dispositions, causes }: BehaviourDiff): string[] => [
  ...section('Dispositions', dispositionLines(dispositions)),
  ...causes.flatMap(causeLines),
];

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines];

const ruleLines = ({ rules: { rules, codeMaps } }: Comparison): string[] => [
  ...rules.map((rule) => `  ${rule.change.padEnd(8)} ${rule.rule}  ${shortened(ruleText(rule))}`),
  ...codeMapLines(codeMaps),
];

export const codeMapLines = (codeMaps: readonly CodeMapChange[]): string[] =>
  codeMaps.flatMap(({ map, rows }) =>
    rows.map((row) => `  ${row.change.padEnd(8)} code map ${map}  ${shortened(rowText(row))}`),
  );

const dispositionLines = (dispositions: readonly DispositionDiff[]): string[] =>
  dispositions.map(({ before, after, decidedBy, count, examples: [first] }) => {
    const by = decidedBy === undefined ? '' : ` by ${decidedBy}`;
    return `  ${before} -> ${after}${by}: ${count}, such as ${first?.input ?? ''}`;
  });

function causeLines(cause: CauseDiff): string[] {
  const rows = rowsOf(cause);
  const shown = rows.slice(0, mostRows);
  const widths = { what: widest(shown, ({ what }) => what, 60), count: widest(shown, countText, 24) };
  return [
    '',
    `${causeText(cause)}: ${plural(cause.messages, 'message')}`,
    ...shown.flatMap((row) => rowLines(row, widths)),
    ...(rows.length > mostRows ? [`  and ${rows.length - mostRows} more: see --json or --html`] : []),
  ];
}

function rowLines(row: Row, widths: { readonly what: number; readonly count: number }): string[] {
  const { kind, change, what, examples } = row;
  const [first] = examples;
  const columns = [kind.padEnd(9), change.padEnd(9), what.padEnd(widths.what), countText(row).padEnd(widths.count)];
  const values = examples.map(valueText).filter((text) => text !== '');
  return [
    `  ${columns.join('  ')}  ${first === undefined ? '' : placeText(first)}`,
    ...values.map((text) => `      ${shortened(text)}`),
  ];
}

const countText = ({ count, messages }: Row): string => (count === messages ? `${count}` : `${count} in ${messages}`);

const widest = (rows: readonly Row[], textOf: (row: Row) => string, most: number): number =>
  Math.min(most, Math.max(0, ...rows.map((row) => textOf(row).length)));

const shortened = (text: string): string => (text.length > 160 ? `${text.slice(0, 157)}...` : text);
