// How a comparison is put into words, on the terminal and on a page.
import type {
  AspectChange,
  CauseDiff,
  CodeMapRowChange,
  Example,
  RuleChange,
  SemanticDiff,
} from '../../../pipeline/semantic-diff.js';
import type { Comparison, VersionName } from './comparison.js';

export const versionText = ({ called, name, version }: VersionName): string =>
  called === name ? `${name}@${version}` : `${name}@${version} (${called})`;

export const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** `type: dateTime -> date`; what is new or gone has one side. */
export function aspectText({ aspect, before, after }: AspectChange): string {
  if (before === undefined) return `${aspect}: ${after ?? ''}`;
  return after === undefined ? `${aspect}: ${before} -> none` : `${aspect}: ${before} -> ${after}`;
}

/** What a rule that came or went says in short: where it reads and what it writes. */
export function ruleText({ change, aspects, inner }: RuleChange): string {
  const held = inner === undefined ? [] : [`${plural(inner, 'rule')} in it`];
  if (change === 'changed') return aspects.map(aspectText).join('; ');
  const said = (name: string): string | undefined => {
    const found = aspects.find(({ aspect }) => aspect === name);
    return found?.after ?? found?.before;
  };
  const ways = [
    said('source') ?? said('constant') ?? said('takes'),
    said('target') ?? said('instance') ?? said('module'),
  ];
  return [ways.filter((way) => way !== undefined).join(' to '), ...held].filter((part) => part !== '').join('; ');
}

export const rowText = ({ code, before, after }: CodeMapRowChange): string =>
  `${code}: ${before ?? 'no row'} -> ${after ?? 'no row'}`;

export const causeText = ({ cause: { name, change } }: CauseDiff): string =>
  change === 'none' ? `${name} (unchanged itself; no change explains it)` : `${name} (${change})`;

/** One line of what a cause did. */
export interface Row {
  /** A kind of elements, `issue` or `residual`. */
  readonly kind: string;
  readonly change: string;
  readonly what: string;
  readonly count: number;
  readonly messages: number;
  readonly examples: readonly Example[];
}

export const rowsOf = ({ elements, issues, residuals }: CauseDiff): Row[] => [
  ...elements.map(({ kind, op, element, ...counted }) => ({ kind, change: op, what: element, ...counted })),
  ...issues.map(({ change, code, severity, ...counted }) => ({
    kind: 'issue',
    change,
    what: `${code} (${severity})`,
    ...counted,
  })),
  ...residuals.map(({ change, path, ...counted }) => ({ kind: 'residual', change, what: path, ...counted })),
];

/** Where an example stands: the input, and the source places; the element where there are none. */
export const placeText = ({ input, at, from }: Example): string =>
  [input, from.length > 0 ? from.slice(0, 4).join(' + ') : at].filter((part) => part !== '').join(': ');

export function valueText({ before, after }: Example): string {
  if (before === undefined) return after === undefined ? '' : after;
  return after === undefined ? before : `${before} -> ${after}`;
}

/** `2 rules added, 1 changed`. */
export function ruleTotals({ rules: { rules, codeMaps, package: own } }: SemanticDiff): string {
  const count = (wanted: string) => rules.filter(({ change }) => change === wanted).length;
  const parts = ['added', 'removed', 'changed'].map((change) => ({ change, number: count(change) }));
  const said = parts.filter(({ number }) => number > 0).map(({ change, number }) => `${number} ${change}`);
  const rows = codeMaps.reduce((sum, map) => sum + map.rows.length, 0);
  const all = [
    ...(said.length === 0 ? [] : [`rules: ${said.join(', ')}`]),
    ...(rows === 0 ? [] : [plural(rows, 'code map row')]),
    ...(own.length === 0 ? [] : [`package: ${own.map(({ aspect }) => aspect).join(', ')}`]),
  ];
  return all.length === 0 ? 'no rule and no code map differs' : all.join('; ');
}

export const messageTotals = ({ payloads, behaviour: { messages, changed } }: Comparison): string =>
  `${plural(payloads, 'payload')}, ${plural(messages, 'message')}: ${changed === 0 ? 'none differs' : `${changed} differ`}`;
