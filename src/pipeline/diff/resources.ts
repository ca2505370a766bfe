// Which resource of one version's account of a message is which of the other's: ids may have changed.
import type { Account } from './account.js';
import { align, overlap, type Bag } from './alignment.js';
import { remembering } from './remembering.js';
import { signatureOf, textOf, typeOnly, wordsOf, type Part, type Rename } from './likeness.js';

export interface AlignedResources {
  readonly pairs: readonly { readonly before: Account; readonly after: Account }[];
  readonly gone: readonly Account[];
  readonly come: readonly Account[];
  /** Names of references that are the same where they name the same resource, whatever its id. */
  readonly rename: { readonly before: Rename; readonly after: Rename };
}

export function alignResources(before: readonly Account[], after: readonly Account[]): AlignedResources {
  const words = remembering((account: Account) => wordsOf(wholeOf(account)));
  const texts = remembering((account: Account) => textOf(account.content, typeOnly));
  const { pairs, gone, come } = align(before, after, {
    keys: [
      (account) => `${account.name} ${texts(account)}`,
      (account) => `${account.type} ${texts(account)} ${signatureOf(wholeOf(account))}`,
    ],
    likeness: (a, b) => likeness(a, b, words),
    threshold: 0.3,
  });
  const matched = pairs.map(([from, to]) => ({ before: before[from]!, after: after[to]! }));
  return {
    pairs: matched,
    gone: gone.map((at) => before[at]!),
    come: come.map((at) => after[at]!),
    rename: {
      before: renaming(matched.map((pair) => pair.before.name)),
      after: renaming(matched.map((pair) => pair.after.name)),
    },
  };
}

/** An equal id weighs much, yet not all: an id made of a place passes to another resource when the first goes. */
function likeness(a: Account, b: Account, words: (account: Account) => Bag): number | undefined {
  if (a.type !== b.type) return undefined;
  return overlap(words(a), words(b)) + (a.name === b.name ? 0.5 : 0);
}

export const wholeOf = (account: Account): Part => ({ account, path: '', value: account.content });

/** The resources of the n-th pair have one name; what is not in both versions keeps its own. */
function renaming(names: readonly string[]): Rename {
  const numbers = new Map(names.map((name, at) => [name, `#${at}`]));
  return (reference) => numbers.get(reference) ?? reference;
}
