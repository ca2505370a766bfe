// Contained resources (http://hl7.org/fhir/R4/references.html#contained): each is referred to from the container or another
// contained one, or refers to its container (dom-3).
import type { JsonObject, JsonValue } from '../../../model/json.js';
import { isList, isObject } from '../../objects.js';
import { reportAt, type Inspection } from './inspection.js';

/** A reference as a whole, or a link or image of a narrative. */
const fragment = /^#[\s\S]*$|\b(?:href|src)=["']#[^"']*/g;

/** What the resource refers to within itself. */
function fragmentsOf(value: JsonValue | undefined, into: Set<string>): Set<string> {
  if (typeof value === 'string') for (const each of value.match(fragment) ?? []) into.add(each.replace(/^.*["']/, ''));
  else if (isList(value)) for (const each of value) fragmentsOf(each, into);
  else if (isObject(value)) for (const key in value) fragmentsOf(value[key], into);
  return into;
}

const refersToContainer = (resource: JsonObject): boolean => fragmentsOf(resource, new Set()).has('#');

export const containment: Inspection = ({ value }, run) => {
  if (!isObject(value) || !isList(value.contained) || run.container?.value !== value) return;
  if (run.settings.skipContained) return;
  const fragments = fragmentsOf(value, new Set());
  value.contained.forEach((each, index) => {
    if (!isObject(each) || typeof each.id !== 'string') return;
    if (fragments.has(`#${each.id}`) || refersToContainer(each)) return;
    reportAt([`contained[${index}]`], run, () => run.report('validate.contained-unused'));
  });
};
