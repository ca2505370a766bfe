// One message on two versions: which resources and elements differ, and which change of the mapping is the cause of each.
import type { Definitions } from '../../model/definitions.js';
import type { JsonValue } from '../../model/json.js';
import type { LeafLineage } from '../../model/lineage.js';
import type { Outcome } from '../outcome.js';
import { accountsOf, type Account } from './account.js';
import { plainName, type Cause } from './cause.js';
import { collapse } from './collapse.js';
import type { ElementChange } from './element-change.js';
import { compareAccounts, type Difference } from './elements.js';
import { Frequencies } from './frequencies.js';
import { fillFromNeighbours, recordsOf, type LeafRecord } from './leaf-record.js';
import { lineageOf } from './likeness.js';
import type { Reasons, SideName } from './reasons.js';
import { alignResources, wholeOf, type AlignedResources } from './resources.js';

interface Pair {
  readonly before: Account;
  readonly after: Account;
  readonly differences: readonly { readonly difference: Difference; readonly records: readonly LeafRecord[] }[];
  /** Undefined while not known, absent where the ids are equal. */
  id?: Cause | undefined;
}

interface OneSided {
  readonly account: Account;
  readonly side: SideName;
  cause: Cause | undefined;
}

/** A message's differences, not yet in words: their causes are found step by step. */
export class MessageDiff {
  readonly #aligned: AlignedResources;
  readonly #pairs: readonly Pair[];
  readonly #oneSided: readonly OneSided[];
  readonly #reasons: Reasons;
  readonly #accounts: Readonly<Record<SideName, readonly Account[]>>;

  constructor(before: Outcome | undefined, after: Outcome | undefined, reasons: Reasons) {
    this.#reasons = reasons;
    this.#accounts = { before: accountsOf(before), after: accountsOf(after) };
    this.#aligned = alignResources(this.#accounts.before, this.#accounts.after);
    const { pairs, gone, come } = this.#aligned;
    this.#pairs = pairs.map((pair) => this.#compare(pair));
    this.#oneSided = [
      ...gone.map((account) => this.#alone(account, 'before')),
      ...come.map((account) => this.#alone(account, 'after')),
    ];
    this.#explain();
  }

  #compare({ before, after }: { before: Account; after: Account }): Pair {
    const { rename } = this.#aligned;
    const found = compareAccounts({ account: before, rename: rename.before }, { account: after, rename: rename.after });
    const differences = found.map((difference) => ({ difference, records: recordsOf(difference, this.#reasons) }));
    return { before, after, differences, ...(before.name !== after.name && { id: this.#identity(before, after) }) };
  }

  /** An id differs because its key is another, or because other modules write the resource. */
  #identity(before: Account, after: Account): Cause | undefined {
    const [was, is] = [leavesOf(before), leavesOf(after)];
    return (
      this.#reasons.identity(is, 'after') ??
      this.#reasons.identity(was, 'before') ??
      this.#reasons.creation(is, 'after') ??
      this.#reasons.creation(was, 'before')
    );
  }

  /** A resource comes or goes with what makes it, or because it is one with another by its key, or with what is in it. */
  #alone(account: Account, side: SideName): OneSided {
    const leaves = leavesOf(account);
    const [before, after] = side === 'before' ? [leaves, []] : [[], leaves];
    const cause =
      this.#reasons.creation(leaves, side) ??
      this.#reasons.identity(leaves, side) ??
      this.#reasons.leaves(before, after);
    return { account, side, cause };
  }

  #explain(): void {
    // References follow what they name; ids follow content and references; a round settles one step of that.
    for (let round = 0; round < 4; round++) {
      for (const pair of this.#pairs) this.#explainReferences(pair);
      for (const pair of this.#pairs) fillFromNeighbours(recordsIn(pair));
      for (const pair of this.#pairs) this.#explainId(pair);
    }
    for (const pair of this.#pairs) this.#explainMerged(pair);
    this.#explainByWhole();
  }

  #explainReferences(pair: Pair): void {
    for (const record of recordsIn(pair)) {
      if (record.cause !== undefined) continue;
      const { before, after } = record.targets;
      const targets = this.#oneSided.filter(
        ({ account, side }) => account.name === (side === 'before' ? before : after),
      );
      record.cause = targets.find(({ cause }) => cause !== undefined)?.cause;
    }
  }

  #explainId(pair: Pair): void {
    if (!('id' in pair) || pair.id !== undefined) return;
    pair.id = causeIn(pair) ?? this.#idOfTargets(pair) ?? this.#sameType(pair.after.type);
  }

  /** Content that refers to what has another id is other content. */
  #idOfTargets({ after }: Pair): Cause | undefined {
    const named = new Set(referencesIn(after.content));
    return this.#pairs.find((pair) => named.has(pair.after.name) && pair.id !== undefined)?.id;
  }

  /** Resources known by their place are counted: when one goes, the next has its number. */
  #sameType(type: string): Cause | undefined {
    const alone = this.#oneSided.find(({ account, cause }) => account.type === type && cause !== undefined)?.cause;
    if (alone !== undefined) return alone;
    return this.#pairs
      .filter(({ after }) => after.type === type)
      .map(causeIn)
      .find((cause) => cause !== undefined);
  }

  /** Two that were told apart are one, or the other way round: their modules identify otherwise. */
  #explainMerged(pair: Pair): void {
    const open = recordsIn(pair).filter(({ cause }) => cause === undefined);
    if (open.length === 0) return;
    const cause =
      this.#reasons.identity(leavesOf(pair.after), 'after') ?? this.#reasons.identity(leavesOf(pair.before), 'before');
    for (const record of open) record.cause = cause;
  }

  #explainByWhole(): void {
    const open = this.#causes().has(undefined);
    const only = open ? this.wholeCause() : undefined;
    if (only === undefined) return;
    for (const pair of this.#pairs) {
      if ('id' in pair) pair.id ??= only;
      for (const record of recordsIn(pair)) record.cause ??= only;
    }
    for (const alone of this.#oneSided) alone.cause ??= only;
  }

  /** Where another module takes the message, that; else the cause of everything in it that has one, if that is but one. */
  wholeCause(): Cause | undefined {
    const { before, after } = this.#accounts;
    const structure = this.#reasons.structure(firstLeaf(before), firstLeaf(after));
    const causes = [...this.#causes()].filter((cause) => cause !== undefined);
    return structure ?? (causes.length === 1 ? causes[0] : undefined);
  }

  /** The cause of an id that differs, or of a resource that came or went, for resources of a type that is named. */
  identityCause(named: (type: string) => boolean): Cause | undefined {
    const ids = this.#pairs.filter(({ after }) => named(after.type)).map(({ id }) => id);
    const alone = this.#oneSided.filter(({ account }) => named(account.type)).map(({ cause }) => cause);
    return [...ids, ...alone].find((cause) => cause !== undefined);
  }

  /** Of everything that differs; with `undefined` where something has none yet. */
  #causes(): ReadonlySet<Cause | undefined> {
    return new Set([
      ...this.#oneSided.map(({ cause }) => cause),
      ...this.#pairs.flatMap((pair) => [
        ...('id' in pair ? [pair.id] : []),
        ...recordsIn(pair).map(({ cause }) => cause),
      ]),
    ]);
  }

  /** Every leaf that differs, with its lineage and cause: what issues and residuals are explained by. */
  records(): LeafRecord[] {
    return this.#pairs.flatMap(recordsIn);
  }

  /** Leaves of resources that only one version has, with the cause. */
  lostLeaves(): {
    readonly type: string;
    readonly cause: Cause | undefined;
    readonly leaves: readonly LeafLineage[];
  }[] {
    return this.#oneSided.map(({ account, cause }) => ({ type: account.type, cause, leaves: leavesOf(account) }));
  }

  changes(definitions: Definitions): ElementChange[] {
    return [
      ...this.#oneSided.map(resourceChange),
      ...this.#pairs.flatMap((pair) => idChange(pair)),
      ...this.#pairs.flatMap(({ differences }) =>
        differences.flatMap(({ difference, records }) => collapse(difference, records, definitions)),
      ),
    ];
  }
}

const firstLeaf = ([first]: readonly Account[]): LeafLineage | undefined => first && leavesOf(first)[0];
const leavesOf = (account: Account): LeafLineage[] => lineageOf(wholeOf(account));
const recordsIn = ({ differences }: Pair): LeafRecord[] => differences.flatMap(({ records }) => records);

/** The cause of most of what differs in a resource. */
function causeIn(pair: Pair): Cause | undefined {
  const causes = new Frequencies();
  for (const { cause } of recordsIn(pair)) causes.add('', cause);
  return causes.first(['']);
}

function referencesIn(value: JsonValue | undefined): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, member]: [string, JsonValue | undefined]) =>
    name === 'reference' && typeof member === 'string' ? [member] : referencesIn(member),
  );
}

function resourceChange({ account, side, cause }: OneSided): ElementChange {
  const [first] = leavesOf(account);
  const rule = first === undefined ? account.type : plainName(first.via?.at(-1) ?? first.rule);
  return {
    op: side === 'before' ? 'removed' : 'added',
    kind: 'resource',
    element: account.type,
    at: account.type,
    cause: cause ?? { name: rule, change: 'none' },
    rule,
    from: [...new Set(leavesOf(account).flatMap(({ from }) => from.map(({ path }) => path)))].slice(0, 1),
  };
}

function idChange(pair: Pair): ElementChange[] {
  if (!('id' in pair)) return [];
  const { before, after, id } = pair;
  const [first] = leavesOf(after);
  const rule = first === undefined ? after.type : plainName(first.via?.at(-1) ?? first.rule);
  return [
    {
      op: 'changed',
      kind: 'identity',
      element: `${after.type}.id`,
      at: `${after.type}.id`,
      cause: id ?? { name: rule, change: 'none' },
      rule,
      from: [],
      before: before.name,
      after: after.name,
    },
  ];
}
