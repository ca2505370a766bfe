// The account of a corpus by source: counts by kind and by rule, and what is missed by whether the guide asks for it.
import { byTable } from '../tables.js';
import { kinds, type Account, type Kind } from './account.js';
import type { Score } from './corpus.js';
import type { Laid } from './lay.js';
import { standings, type MissedRow, type Standing } from './missed.js';

export interface CaseAccount {
  readonly source: string;
  readonly score: Score;
  readonly laid: readonly Laid[];
}

export interface SurplusLine extends Account {
  readonly path: string;
  readonly count: number;
}

export interface MissedLine extends MissedRow {
  readonly path: string;
  readonly count: number;
  /** Of the count, in resources that have no counterpart among ours. */
  readonly unpaired: number;
}

export interface SourceAccount {
  readonly source: string;
  readonly cases: number;
  readonly found: number;
  readonly surplus: number;
  /** Surplus facts that several rules share in proportion, and those of them that rules of several kinds share. */
  readonly shared: number;
  readonly mixed: number;
  readonly byKind: Readonly<Record<Kind, number>>;
  readonly lines: readonly SurplusLine[];
  readonly missed: number;
  readonly byStanding: Readonly<Record<Standing, number>>;
  readonly missedLines: readonly MissedLine[];
}

/** One account for each source, in the order met. */
export const accountsBySource = (cases: readonly CaseAccount[], rowOf: (path: string) => MissedRow): SourceAccount[] =>
  [...byTable(cases, ({ source }) => source)].map(([source, all]) => sourceAccount(source, all, rowOf));

export function sourceAccount(
  source: string,
  cases: readonly CaseAccount[],
  rowOf: (path: string) => MissedRow,
): SourceAccount {
  const laid = cases.flatMap((each) => each.laid);
  const lines = surplusLines(laid);
  const missedLines = missedLinesOf(cases, rowOf);
  const scores = cases.map(({ score }) => score);
  return {
    source,
    cases: cases.length,
    found: sum(scores, ({ tp }) => tp),
    surplus: sum(scores, ({ fp }) => fp),
    shared: sum(laid, ({ shared, count }) => (shared === undefined ? 0 : count)),
    mixed: sum(laid, ({ shared, count }) => (shared === 'kinds' ? count : 0)),
    byKind: counted(kinds, (kind) => sum(lines, (line) => (line.kind === kind ? line.count : 0))),
    lines,
    missed: sum(scores, ({ fn }) => fn),
    byStanding: counted(standings, (standing) =>
      sum(missedLines, (line) => (line.standing === standing ? line.count : 0)),
    ),
    missedLines,
  };
}

function surplusLines(laid: readonly Laid[]): SurplusLine[] {
  const same = byTable(laid, ({ path, account }) => JSON.stringify([path, account]));
  const lines = [...same.values()].flatMap((group) =>
    group.slice(0, 1).map(({ path, account }) => ({ ...account, path, count: sum(group, ({ count }) => count) })),
  );
  return lines.sort(mostFirst);
}

function missedLinesOf(cases: readonly CaseAccount[], rowOf: (path: string) => MissedRow): MissedLine[] {
  const facts = cases.flatMap(({ score }) => score.missed);
  const lines = [...byTable(facts, ({ path }) => path)].map(([path, same]) => {
    const unpaired = same.filter(({ res }) => res === true).length;
    return { ...rowOf(path), path, count: same.length, unpaired };
  });
  return lines.sort(mostFirst);
}

const mostFirst = (a: { path: string; count: number }, b: { path: string; count: number }): number =>
  b.count - a.count || (a.path < b.path ? -1 : 1);

const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0);

const counted = <K extends string>(keys: readonly K[], of: (key: K) => number): Record<K, number> =>
  Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<K, number>;
