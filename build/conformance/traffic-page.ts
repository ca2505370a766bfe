// The conformance page of a feed: rows of the guide that its own messages make fire, and what of them stays residual.
import { code, page, table } from '../docs/markdown.js';
import type { ResidualCount, Traffic } from './traffic-counts.js';

type GuideRow = readonly [row: string, verdict: string, rules: readonly string[] | string];

/** docs/generated/conformance-PACKAGE.json, as far as it is read here. */
export interface GuideRows {
  readonly maps: Readonly<Record<string, readonly GuideRow[]>>;
}

export const trafficPage = (feed: string, traffic: Traffic, guide: GuideRows): string =>
  page(
    `Conformance of the feed ${feed} by its own traffic`,
    `${traffic.messages} messages: ${traffic.sourced} values written from the source, ${traffic.residual} values neither mapped nor ignored for a reason; the latter are all listed below. A row of the guide fires when a rule that implements it wrote something, led to what did, or raised an issue. Made by \`npm run conformance:traffic\`.`,
    '## Rows of the guide that fire',
    table(['map', 'rows implemented', 'rows that fire'], firingRows(traffic, guide)),
    '## Residuals by segment',
    table(['segment', 'fields and components', 'values'], bySegment(traffic)),
    '## Residuals by field',
    table(['field', 'values', 'messages'], byField(traffic)),
  );

function firingRows({ rules }: Traffic, { maps }: GuideRows): string[][] {
  return Object.entries(maps).map(([map, rows]) => {
    const implemented = rows.filter(([, verdict]) => verdict === 'implemented');
    const firing = implemented.filter(([, , by]) => Array.isArray(by) && by.some((rule: string) => rules.has(rule)));
    return [code(map), String(implemented.length), String(firing.length)];
  });
}

const segmentOf = (path: string): string => path.replace(/-.*/, '').replace(/\[.*/, '').split('.').at(-1) ?? path;

function bySegment({ residuals }: Traffic): string[][] {
  const segments = new Map<string, { fields: number; values: number }>();
  for (const [path, { values }] of residuals) {
    const sum = segments.get(segmentOf(path)) ?? { fields: 0, values: 0 };
    segments.set(segmentOf(path), { fields: sum.fields + 1, values: sum.values + values });
  }
  return [...segments]
    .sort(([a, x], [b, y]) => y.values - x.values || (a < b ? -1 : 1))
    .map(([segment, { fields, values }]) => [code(segment), String(fields), String(values)]);
}

const mostFirst = ([a, x]: readonly [string, ResidualCount], [b, y]: readonly [string, ResidualCount]): number =>
  y.values - x.values || (a < b ? -1 : 1);

const byField = ({ residuals }: Traffic): string[][] =>
  [...residuals].sort(mostFirst).map(([path, { values, messages }]) => [code(path), String(values), String(messages)]);
