// Source paths of rules as fields of a message: `CX.4.1` read where the value of PID-3 stands is `PID-3.4.1`.
import { operandsOf, parseCondition } from '../../src/mappings/language/condition.js';

/** The field a rule's path means at a place (`PID-3`, `CX`, `PV1`); groups are left out; undefined for what is no field. */
export function fieldAt(path: string, place: string): string | undefined {
  const text = path.replace(/\[\d+\]/g, '');
  if (text === '.') return place;
  const component = /^[A-Z][A-Z0-9]*\.([\d.]+)$/.exec(text)?.[1];
  if (component !== undefined) return `${place}.${component}`;
  return /(?:^|\.)([A-Z][A-Z0-9]{2}-[\d.]+)$/.exec(text)?.[1];
}

export const fieldsAt = (paths: readonly string[], place: string): string[] =>
  paths.flatMap((path) => fieldAt(path, place) ?? []);

/** The fields a condition looks at. */
export function conditionFields(condition: string | undefined, place: string): string[] {
  if (condition === undefined) return [];
  const operands = operandsOf(parseCondition(condition));
  return fieldsAt(
    operands.flatMap((operand) => ('path' in operand ? [operand.path] : [])),
    place,
  );
}

/** True when reading `read` reads of `asked`: the field itself or one of its components; `OBX-5.*` reads all of them. */
export const readsOf = (read: string, asked: string): boolean =>
  read === asked || read.startsWith(`${asked}.`) || (read.endsWith('.*') && asked.startsWith(read.slice(0, -1)));
