// Which amounts belong to one reading: a panel's components; or Observations of one subject at one time, as HL7 v2 and
// CSV send blood pressure.
import type { JsonObject, JsonValue } from '../../model/json.js';
import { isObject } from '../objects.js';
import type { Subject } from './check.js';
import type { Amount } from './measured.js';

export interface Reading {
  readonly at: number;
  readonly path: string;
  readonly amounts: readonly Amount[];
}

/** Groups amounts into readings, in the order of their first. */
export function readingsOf(amounts: readonly Amount[], resources: readonly Subject[]): Reading[] {
  const groups = new Map<string, Amount[]>();
  for (const amount of amounts) {
    const key = amount.panel ? `#${amount.at}` : occasion(resources[amount.at]!.content);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [amount]);
    else group.push(amount);
  }
  return [...groups.values()].map((group) => ({
    at: group[0]!.at,
    path: resources[group[0]!.at]!.type,
    amounts: group,
  }));
}

const occasion = ({ subject, effectiveDateTime }: JsonObject): string =>
  JSON.stringify([referenceOf(subject), effectiveDateTime ?? null]);

const referenceOf = (subject: JsonValue | undefined): JsonValue =>
  isObject(subject) ? (subject['reference'] ?? null) : null;
