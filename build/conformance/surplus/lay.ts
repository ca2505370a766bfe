// Lays surplus facts, which the scorer names by path and value, to what asked for the facts we wrote there.
import { byTable } from '../tables.js';
import type { ScoredFact } from './corpus.js';
import type { Fact } from './facts.js';
import type { Account } from './account.js';

export interface Laid {
  readonly path: string;
  readonly account: Account;
  /** A part of a fact where several rules wrote the same value and not all of it is surplus. */
  readonly count: number;
  /** Several accounts share the facts in proportion to what they wrote: of one kind, or of several. */
  readonly shared?: 'rules' | 'kinds';
}

/**
 * Lays each surplus fact to the facts with its path and value; where the scorer spells the value otherwise (local URIs are
 * rewritten), to all of its path whose value no surplus names. A fact that we did not write is an error of this account.
 */
export function lay(extra: readonly ScoredFact[], facts: readonly Fact[], accountOf: (fact: Fact) => Account): Laid[] {
  const written = byTable(facts, ({ path }) => path);
  return [...byTable(extra, ({ path }) => path)].flatMap(([path, surplus]) => {
    const here = written.get(path) ?? [];
    const named = new Set(surplus.map(({ v }) => v));
    const respelled = here.filter(({ value }) => !named.has(value));
    return [...byTable(surplus, ({ v }) => v)].flatMap(([v, same]) => {
      const exact = here.filter(({ value }) => value === v);
      const candidates = [exact, respelled, here].find((each) => each.length > 0) ?? [];
      return share(path, same.length, candidates.map(accountOf));
    });
  });
}

function share(path: string, count: number, accounts: readonly Account[]): Laid[] {
  const same = byTable(accounts, (account) => JSON.stringify(account));
  const severalKinds = new Set(accounts.map(({ kind }) => kind)).size > 1;
  const shared = same.size > 1 ? { shared: severalKinds ? ('kinds' as const) : ('rules' as const) } : {};
  return [...same.values()].map((group) => {
    const [account] = group as [Account, ...Account[]];
    return { path, account, count: (count * group.length) / accounts.length, ...shared };
  });
}
