// Collections where one value is expected (http://hl7.org/fhirpath/N1/#singleton-evaluation-of-collections).
import { EvaluationFailure } from './failure.js';
import { isNumber, type Collection, type Item } from './item.js';

/** The one item; undefined when there is none. */
export function oneOf(items: Collection): Item | undefined {
  if (items.length > 1) throw new EvaluationFailure('Several items stand where one is expected.');
  return items[0];
}

/** True, false, or undefined (empty). One item that is no boolean counts as true. */
export function booleanOf(items: Collection): boolean | undefined {
  const item = oneOf(items);
  if (item === undefined) return undefined;
  return item.type.system === 'Boolean' ? (item.value as boolean | undefined) : true;
}

export function stringOf(items: Collection): string | undefined {
  const value = oneOf(items)?.value;
  if (value === undefined || typeof value === 'string') return value;
  throw new EvaluationFailure('A string is expected.');
}

export function numberOf(items: Collection): number | undefined {
  const value = oneOf(items)?.value;
  if (value === undefined) return undefined;
  if (!isNumber(value)) throw new EvaluationFailure('A number is expected.');
  return Number(value);
}
