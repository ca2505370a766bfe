// Two accounts of one resource compared element by element. An item that comes or goes does not move the others.
import { isList, isObject, type JsonObject, type JsonValue } from '../../model/json.js';
import type { Account } from './account.js';
import { align, overlap, type Alignment } from './alignment.js';
import { signatureOf, textOf, wordsOf, type Part, type Rename } from './likeness.js';
import { remembering } from './remembering.js';

export type Op = 'added' | 'removed' | 'changed' | 'reordered';

/** One place where two accounts differ: the top of what was added or removed, a leaf that changed, a list in other order. */
export interface Difference {
  readonly op: Op;
  /** The place in both accounts at once: what has a trail in common stands under one element. */
  readonly trail: readonly string[];
  readonly before?: Part;
  readonly after?: Part;
}

export interface Side {
  readonly account: Account;
  readonly rename: Rename;
}

export function compareAccounts(before: Side, after: Side): Difference[] {
  if (textOf(before.account.content, before.rename) === textOf(after.account.content, after.rename)) return [];
  const comparison = new Comparison(before, after);
  comparison.members(before.account.content, after.account.content, { before: '', after: '' }, []);
  return comparison.found;
}

interface Paths {
  readonly before: string;
  readonly after: string;
}

type Trail = readonly string[];

class Comparison {
  readonly found: Difference[] = [];
  readonly #before: Side;
  readonly #after: Side;
  readonly #words = remembering(wordsOf);

  constructor(before: Side, after: Side) {
    this.#before = before;
    this.#after = after;
  }

  members(before: JsonObject, after: JsonObject, at: Paths, trail: Trail): void {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const paths = { before: member(at.before, name), after: member(at.after, name) };
      this.#value(before[name], after[name], paths, [...trail, name]);
    }
  }

  #value(before: JsonValue | undefined, after: JsonValue | undefined, at: Paths, trail: Trail): void {
    if (before === undefined && after === undefined) return;
    if (before === undefined || after === undefined || shapeOf(before) !== shapeOf(after))
      return this.#oneSided(before, after, at, trail);
    if (isObject(before) && isObject(after)) return this.members(before, after, at, trail);
    if (isList(before) && isList(after)) return this.#items(before, after, at, trail);
    if (this.#text(before, 'before', trail) !== this.#text(after, 'after', trail))
      this.#note('changed', trail, this.#part('before', at, before), this.#part('after', at, after));
  }

  #oneSided(before: JsonValue | undefined, after: JsonValue | undefined, at: Paths, trail: Trail): void {
    if (before !== undefined) this.#note('removed', trail, this.#part('before', at, before), undefined);
    if (after !== undefined) this.#note('added', trail, undefined, this.#part('after', at, after));
  }

  /** The text of a leaf, a reference by the name that both versions have for it. */
  #text(value: JsonValue, side: 'before' | 'after', trail: Trail): string {
    const { rename } = side === 'before' ? this.#before : this.#after;
    return trail.at(-1) === 'reference' && typeof value === 'string' ? rename(value) : textOf(value, rename);
  }

  #items(before: readonly JsonValue[], after: readonly JsonValue[], at: Paths, trail: Trail): void {
    if (textOf(before, this.#before.rename) === textOf(after, this.#after.rename)) return;
    const was = before.map((value, index) => this.#part('before', item(at, index), value));
    const is = after.map((value, index) => this.#part('after', item(at, index), value));
    const alignment = align(was, is, {
      keys: [(part) => `${this.#partText(part)} ${signatureOf(part)}`, (part) => this.#partText(part)],
      likeness: (a, b) => this.#likeness(a, b),
      threshold: 0.3,
    });
    this.#aligned(was, is, alignment, at, trail);
  }

  #aligned(was: readonly Part[], is: readonly Part[], { pairs, gone, come }: Alignment, at: Paths, trail: Trail): void {
    for (const [from, to] of pairs) {
      const paths = { before: was[from]!.path, after: is[to]!.path };
      this.#value(was[from]!.value, is[to]!.value, paths, [...trail, `${from}~${to}`]);
    }
    for (const from of gone) this.#note('removed', [...trail, `${from}-`], was[from], undefined);
    for (const to of come) this.#note('added', [...trail, `${to}+`], undefined, is[to]);
    if (pairs.some(([from], index) => index > 0 && from < pairs[index - 1]![0]))
      this.#note('reordered', trail, listPart(was, at.before), listPart(is, at.after));
  }

  /** Extensions of different urls say different things, however alike their values. */
  #likeness(before: Part, after: Part): number | undefined {
    if (shapeOf(before.value) !== shapeOf(after.value)) return undefined;
    if (isObject(before.value) && isObject(after.value) && before.value['url'] !== after.value['url']) return undefined;
    return overlap(this.#words(before), this.#words(after));
  }

  #partText({ account, value }: Part): string {
    return textOf(value, account === this.#before.account ? this.#before.rename : this.#after.rename);
  }

  #part(side: 'before' | 'after', at: Paths, value: JsonValue): Part {
    return { account: (side === 'before' ? this.#before : this.#after).account, path: at[side], value };
  }

  #note(op: Op, trail: Trail, before: Part | undefined, after: Part | undefined): void {
    this.found.push({ op, trail, ...(before && { before }), ...(after && { after }) });
  }
}

const listPart = (items: readonly Part[], path: string): Part => ({
  account: items[0]!.account,
  path,
  value: items.map(({ value }) => value),
});

const member = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
const item = (at: Paths, index: number): Paths => ({
  before: `${at.before}[${index}]`,
  after: `${at.after}[${index}]`,
});

const shapeOf = (value: JsonValue): string => (isList(value) ? 'list' : isObject(value) ? 'object' : 'leaf');
