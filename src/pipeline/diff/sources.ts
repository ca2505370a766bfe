// From a place in the source to the change of the mapping that concerns it: by what was read there, or passed over.
import type { LeafLineage } from '../../model/lineage.js';
import type { Outcome } from '../outcome.js';
import { withoutIndexes } from './account.js';
import { plainName, type Cause } from './cause.js';
import { around } from './likeness.js';
import type { MessageDiff } from './message-diff.js';
import type { Reasons, SideName } from './reasons.js';

type Readers = ReadonlyMap<string, readonly LeafLineage[]>;

export class Sources {
  readonly #readers: Readonly<Record<SideName, Readers>>;
  readonly #causes = new Map<string, Cause>();
  readonly #elements = new Map<string, Cause>();
  readonly #reasons: Reasons;

  constructor(before: Outcome | undefined, after: Outcome | undefined, message: MessageDiff, reasons: Reasons) {
    this.#readers = { before: readersOf(before), after: readersOf(after) };
    this.#reasons = reasons;
    for (const { path, cause, before: was, after: is } of message.records()) {
      this.#note(cause, [...is, ...was]);
      if (cause !== undefined) this.#elements.set(withoutIndexes(path), cause);
    }
    for (const { cause, leaves } of message.lostLeaves()) this.#note(cause, leaves);
  }

  #note(cause: Cause | undefined, leaves: readonly LeafLineage[]): void {
    if (cause === undefined) return;
    for (const { from } of leaves)
      for (const { path } of from)
        for (const place of [path, around(path)]) if (!this.#causes.has(place)) this.#causes.set(place, cause);
  }

  /** The cause of a difference that came from the place, or from the field, object or row it lies in. */
  causeAt(position: string): Cause | undefined {
    return this.#causes.get(position) ?? this.#causes.get(around(position));
  }

  /** The cause of a difference at the element (`Patient.birthDate`) or the nearest around it. */
  causeOfElement(expression: string): Cause | undefined {
    const names = withoutIndexes(expression).split('.').slice(1);
    for (let length = names.length; length > 0; length--) {
      const cause = this.#elements.get(names.slice(0, length).join('.'));
      if (cause !== undefined) return cause;
    }
    return undefined;
  }

  /** The change nearest to what read the place on that side. */
  readerChange(position: string, side: SideName): Cause | undefined {
    const leaves = this.#readers[side].get(position) ?? [];
    return side === 'before' ? this.#reasons.leaves(leaves, []) : this.#reasons.leaves([], leaves);
  }

  /** A changed rule, or a changed decision to pass over, whose path is that of the place. */
  passedOver(position: string): Cause | undefined {
    return this.#reasons.covering(withoutIndexes(position), this.#modulesAt(position));
  }

  /** The modules that read anything around the place. */
  #modulesAt(position: string): ReadonlySet<string> {
    const modules = new Set<string>();
    for (const readers of Object.values(this.#readers))
      for (const [place, leaves] of readers)
        if (around(place) === around(position) || place === around(position))
          for (const { rule, via = [] } of leaves)
            for (const name of [rule, ...via]) modules.add(plainName(name).replace(/#.*$/, ''));
    return modules;
  }
}

function readersOf(outcome: Outcome | undefined): Readers {
  const readers = new Map<string, LeafLineage[]>();
  for (const { leaves } of outcome?.lineage() ?? [])
    for (const leaf of leaves)
      for (const { path } of leaf.from) readers.set(path, [...(readers.get(path) ?? []), leaf]);
  return readers;
}
