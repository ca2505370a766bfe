// From a place in the source to the change of the mapping that concerns it: by what was read there, or passed over.
import type { LeafLineage } from '../../model/lineage.js';
import type { Outcome } from '../outcome.js';
import { withoutIndexes } from './account.js';
import { plainName, type Cause } from './cause.js';
import { Frequencies } from './frequencies.js';
import { around, widening } from './likeness.js';
import type { MessageDiff } from './message-diff.js';
import type { Reasons, SideName } from './reasons.js';

type Readers = ReadonlyMap<string, readonly LeafLineage[]>;

export class Sources {
  readonly #readers: Readonly<Record<SideName, Readers>>;
  /** Causes of differences by where they came from, and by what that lies in. */
  readonly #places = new Frequencies();
  /** Likewise by element: `Patient.name.family`. */
  readonly #elements = new Frequencies();
  readonly #reasons: Reasons;

  constructor(before: Outcome | undefined, after: Outcome | undefined, message: MessageDiff, reasons: Reasons) {
    this.#readers = { before: readersOf(before), after: readersOf(after) };
    this.#reasons = reasons;
    for (const { type, path, cause, before: was, after: is } of message.records()) {
      this.#note(cause, [...is, ...was]);
      for (const element of elementsAround(`${type}.${path}`)) this.#elements.add(element, cause);
    }
    for (const { type, cause, leaves } of message.lostLeaves()) {
      this.#note(cause, leaves);
      this.#elements.add(type, cause);
    }
  }

  #note(cause: Cause | undefined, leaves: readonly LeafLineage[]): void {
    for (const { from } of leaves)
      for (const { path } of from) for (const place of widening(path)) this.#places.add(place, cause);
  }

  /** The cause of most differences that came from the place; else from the field, the segment, the object or row it lies in. */
  causeAt(position: string): Cause | undefined {
    return this.#places.first(widening(position));
  }

  /** The cause of most differences at the element (`Patient.birthDate`), at the one that a text names, or around it. */
  causeOfElement(expression: string, text: string): Cause | undefined {
    const named = /\b[A-Z]\w+(?:\.\w+)+/.exec(text)?.[0];
    return this.#elements.first([...(named === undefined ? [] : [named]), ...elementsAround(expression)]);
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

/** The element and those it lies in, the resource last. */
function elementsAround(element: string): string[] {
  const names = withoutIndexes(element).split('.');
  return names.map((_, at) => names.slice(0, names.length - at).join('.'));
}

function readersOf(outcome: Outcome | undefined): Readers {
  const readers = new Map<string, LeafLineage[]>();
  for (const { leaves } of outcome?.lineage() ?? [])
    for (const leaf of leaves)
      for (const { path } of leaf.from) readers.set(path, [...(readers.get(path) ?? []), leaf]);
  return readers;
}
