// The filters on a property, answered from the columns of an edition: each distinct value is looked at once.
import type { Selection, SystemFilter } from '../code-systems/code-system.js';
import { compileRegex } from '../regex/linear.js';
import type { ConceptSource } from './edition-concept.js';
import { ordinalsOf, selectionOf } from './hierarchy-selection.js';

type ValueTest = (value: string) => boolean;

/** What a filter asks of the values. `isNegated`: concepts are taken that have no such value. */
interface Question {
  readonly test: ValueTest;
  readonly isNegated: boolean;
}

const listed = (value: string): ReadonlySet<string> => new Set(value.split(',').map((each) => each.trim()));

const questions: Readonly<Record<string, (value: string) => Question | undefined>> = {
  '=': (value) => ({ test: (each) => each === value, isNegated: false }),
  in: (value) => ({ test: inList(value), isNegated: false }),
  'not-in': (value) => ({ test: inList(value), isNegated: true }),
  regex(value) {
    const test = compileRegex(value);
    return typeof test === 'string' ? undefined : { test, isNegated: false };
  },
  exists: (value) =>
    value === 'true' || value === 'false' ? { test: () => true, isNegated: value === 'false' } : undefined,
};

function inList(value: string): ValueTest {
  const values = listed(value);
  return (each) => values.has(each);
}

/** Concepts with a value that passes, one byte for each. */
function passing({ edition }: ConceptSource, columns: ReadonlySet<number>, test: ValueTest): Uint8Array {
  const bits = new Uint8Array(edition.size);
  const known = new Map<number, boolean>();
  const { propertyOffsets, propertyIds, propertyValues } = edition;
  for (let concept = 0; concept < edition.size; concept += 1)
    for (let row = propertyOffsets[concept]!; row < propertyOffsets[concept + 1]!; row += 1) {
      if (!columns.has(propertyIds[row]!)) continue;
      const value = propertyValues[row]!;
      let passes = known.get(value);
      if (passes === undefined) known.set(value, (passes = test(edition.text(value))));
      if (passes) bits[concept] = 1;
    }
  return bits;
}

/**
 * Undefined: the edition has no such property, or the operator is none of these.
 *
 * @param read the texts that stand for a value: itself, and perhaps the name of the concept it is the code of.
 */
export function selectByProperty(
  source: ConceptSource,
  { property, op, value }: SystemFilter,
  read: (value: string) => readonly string[] = (each) => [each],
): Selection | undefined {
  const { properties } = source.edition.header;
  const columns = new Set(properties.flatMap(({ code }, index) => (code === property ? [index] : [])));
  const question = Object.hasOwn(questions, op) ? questions[op]?.(value) : undefined;
  if (columns.size === 0 || question === undefined) return undefined;
  const bits = passing(source, columns, (each) => read(each).some(question.test));
  const taken = question.isNegated ? bits.map((bit) => 1 - bit) : bits;
  return selectionOf(source, ordinalsOf(taken), taken);
}
