// Element ids (http://hl7.org/fhir/R4/element.html#id): "unique within the resource", those of contained ones apart.
import type { JsonObject, JsonValue } from '../../../model/json.js';
import { isList, isObject } from '../../objects.js';
import type { FullRun } from '../run.js';
import type { Inspection } from './inspection.js';

function visit(value: JsonValue, seen: Set<string>, run: FullRun): void {
  if (!isObject(value)) return;
  if (typeof value.id === 'string') {
    if (seen.has(value.id)) run.report('validate.id-duplicate');
    seen.add(value.id);
  }
  visitMembers(value, seen, run);
}

function visitMembers(value: Readonly<Record<string, JsonValue | undefined>>, seen: Set<string>, run: FullRun): void {
  for (const name in value) {
    const member = value[name];
    if (name === 'differential') continue;
    if (typeof member !== 'object' || member === null || (isObject(member) && 'resourceType' in member)) continue;
    run.trail.enter(name.startsWith('_') ? name.slice(1) : name);
    if (!isList(member)) visit(member, seen, run);
    else if (name !== 'contained')
      member.forEach((each, index) => {
        run.trail.at(index);
        if (!(isObject(each) && 'resourceType' in each)) visit(each, seen, run);
      });
    run.trail.leave();
  }
}

/** Does an id come twice? Asked first, without a trail: it is the question for every element of every resource. */
function hasDuplicate(holder: JsonObject, seen: Set<string>): boolean {
  for (const name in holder) {
    const member = holder[name];
    if (typeof member !== 'object' || member === null || name === 'differential' || name === 'contained') continue;
    if (isList(member) ? member.some((each) => repeats(each, seen)) : repeats(member, seen)) return true;
  }
  return false;
}

function repeats(value: JsonValue, seen: Set<string>): boolean {
  if (!isObject(value) || value.resourceType !== undefined) return false;
  if (typeof value.id === 'string' && seen.size === seen.add(value.id).size) return true;
  return hasDuplicate(value, seen);
}

export const identifiers: Inspection = ({ value }, run) => {
  if (isObject(value) && hasDuplicate(value, new Set())) visitMembers(value, new Set(), run);
};
