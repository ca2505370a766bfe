// Which row of the guide asks for what a chain of rules wrote.
import { plain } from '../spelling.js';
import type { Account, Askers } from './account.js';
import type { Fact } from './facts.js';
import type { GuideIndex, IndexedRow } from './guide-index.js';
import { isOfMessage, moduleOf } from './rules.js';

/**
 * A module called by another writes for both: each that carries a table of the guide must have a row for it, and what the
 * least has decides. Else the innermost row is named.
 */
export function chainAsked(chain: readonly string[], fact: Fact, askers: Askers): Account {
  const named = linksOf(chain, askers.guide);
  const links = named.map(
    (link, at) =>
      linkAsked(link, fact, askers) ?? namedBefore(named.slice(0, at), fact, askers) ?? beyond(link, fact, askers),
  );
  const least =
    links.find(({ kind }) => kind === 'beyond the guide') ??
    links.find(({ kind }) => kind === 'a row of the guide, otherwise');
  const innermost = chain.at(-1) ?? '';
  return least ?? { ...links.at(-1)!, rule: innermost };
}

/**
 * The rules of each module that carries a table, outermost module first. A message module is asked where it alone writes,
 * or makes the resource; what it runs on an instance is that module's own.
 */
function linksOf(chain: readonly string[], { carriers }: GuideIndex): string[][] {
  const links: string[][] = [];
  for (const rule of chain.filter((each) => !isOfMessage(each) && carriers.has(moduleOf(each)))) {
    const last = links.at(-1);
    if (last !== undefined && moduleOf(last[0] ?? '') === moduleOf(rule)) last.push(rule);
    else links.push([rule]);
  }
  return links.length === 0 ? [chain.slice(-1)] : links;
}

function linkAsked(link: readonly string[], fact: Fact, askers: Askers): Account | undefined {
  const { implementing, deviating } = askers.guide;
  const rule = link.at(-1) ?? '';
  if (isOfMessage(rule)) return messageAsked(rule, fact, askers) ?? referenceAsked(rule, fact, askers.guide);
  const row = rowFor(link, implementing, fact);
  if (row !== undefined) return { ...ofRow, rule, row: rowText(row) };
  const other = rowFor(link, deviating, fact);
  if (other === undefined) return messageAsked(rule, fact, askers);
  return { kind: 'a row of the guide, otherwise', rule, row: rowText(other), reason: other.reason ?? '' };
}

const ofRow = { kind: 'a row of the guide', reason: '' } as const;

/** A row of a caller that names the very element: `performer(PractitionerRole.code.coding.code)`. */
function namedBefore(callers: readonly string[][], fact: Fact, { guide }: Askers): Account | undefined {
  const element = elementOf(fact);
  for (const rule of callers.flat().toReversed()) {
    const row = (guide.implementing.get(rule) ?? []).find((each) => `.${each.element}`.endsWith(`.${element}`));
    if (row !== undefined) return { ...ofRow, rule, row: rowText(row) };
  }
  return undefined;
}

const rowText = ({ map, name }: IndexedRow): string => `${map} ${name}`;

/** A message table of the guide runs the segment's table, or writes the reference. */
function messageAsked(rule: string, { path, type }: Fact, { guide: { messages }, rules }: Askers): Account | undefined {
  const does = rules.get(rule)?.does;
  const run = does?.kind === 'into' || does?.kind === 'create' ? does.module : '';
  if (path === type && messages.runs.has(run)) return { ...ofRow, rule, row: `message table: ${run}` };
  return messages.references.has(path) ? { ...ofRow, rule, row: `message table: ${path}` } : undefined;
}

/** A segment's row asks for the reference that a message module writes, for it alone sees both instances. */
function referenceAsked(rule: string, fact: Fact, { implementing }: GuideIndex): Account | undefined {
  const row = (implementing.get(rule) ?? []).find((each) => fit(each, fact) > 0);
  return row === undefined ? undefined : { ...ofRow, rule, row: rowText(row) };
}

/** The row of the innermost rule that has one, and of its rows the one whose element fits the fact's path best. */
function rowFor(
  link: readonly string[],
  rows: ReadonlyMap<string, readonly IndexedRow[]>,
  fact: Fact,
): IndexedRow | undefined {
  const rule = link.findLast((each) => rows.has(each)) ?? '';
  const candidates = rows.get(rule) ?? [];
  const own = candidates.filter(({ map }) => map === moduleOf(rule));
  const [first, ...others] = [...own, ...candidates];
  if (first === undefined) return undefined;
  return others.reduce((best, each) => (fit(each, fact) > fit(best, fact) ? each : best), first);
}

/** How long the element of a row is, where it stands in the fact's path. */
const fit = ({ element }: IndexedRow, fact: Fact): number =>
  `.${elementOf(fact)}.`.includes(`.${element}.`) ? element.length : 0;

const elementOf = ({ path, type }: Fact): string => plain(path.slice(type.length + 1).replace(/\([^)]*\)/g, ''));

const beyond = (chain: readonly string[], { leaf }: Fact, { reasons }: Askers): Account => ({
  kind: 'beyond the guide',
  rule: chain.at(-1) ?? '',
  row: '',
  reason:
    leaf?.conversions?.find(({ because }) => because !== undefined)?.because ??
    chain.toReversed().flatMap((rule) => reasons.get(rule) ?? [])[0] ??
    '',
});
