// References (http://hl7.org/fhir/R4/references.html): what they name can be found, is of a type that is allowed, conforms to
// the profile that is asked for, and stands where the aggregation allows.
import type { TypeRule } from '../../../model/structure.js';
import type { Item } from '../../fhirpath/item.js';
import { isObject } from '../../objects.js';
import { isProfile } from '../../structures/structure.js';
import { entryOf, resolveReference } from '../reference-resolution.js';
import type { FullRun } from '../run.js';
import type { Walk } from '../walk.js';
import type { Inspection } from './inspection.js';

const restful = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?(?:#.*)?$/;

/** The type that the reference itself tells. */
function toldType(reference: string | undefined, type: unknown, walker: Walk): string | undefined {
  const named = reference === undefined ? undefined : restful.exec(reference)?.[1];
  const told = named ?? (typeof type === 'string' ? type : undefined);
  return told !== undefined && walker.types.has(told) ? told : undefined;
}

/** What can be read without asking anybody, and what may be asked for. */
const found = (reference: string, run: FullRun) =>
  reference.startsWith('#') || run.settings.checkReferences
    ? resolveReference(reference, run)
    : entryOf(reference, run);

function checkFound(reference: string, target: object | undefined, run: FullRun): void {
  if (reference.startsWith('#')) {
    if (target === undefined) run.report('validate.reference-missing');
    return;
  }
  if (target === undefined && run.settings.checkReferences && !/^urn:/.test(reference))
    run.report('validate.reference-missing');
}

/** Searches and absolute URLs may be of another server; what a document or message names it holds. */
function checkInBundle(reference: string, run: FullRun): void {
  const { bundle } = run;
  if (bundle === undefined || reference.startsWith('#') || reference.includes('?')) return;
  const found = bundle.find(reference, run.fullUrl);
  if (found.kind === 'many') run.report('validate.bundle-ambiguous');
  else if (found.kind === 'elsewhere' && run.fullUrl !== undefined)
    run.report('validate.bundle-reference', {}, run.bundle?.type === 'document' ? 'error' : 'warning');
  else if (found.kind === 'none' && /^urn:(uuid|oid):/.test(reference))
    run.report('validate.reference-missing', {}, 'warning');
}

const referenceRules = (types: readonly TypeRule[]): readonly TypeRule[] =>
  types.filter(({ code }) => code === 'Reference');

function checkTargets(
  types: readonly TypeRule[],
  type: string | undefined,
  target: Item | undefined,
  run: FullRun,
  walker: Walk,
): void {
  const rules = referenceRules(types);
  if (rules.length === 0 || type === undefined || rules.some(({ targets }) => targets === undefined)) return;
  const targets = rules.flatMap((rule) => rule.targets ?? []);
  const structures = targets.map((url) => walker.registry.structure(url));
  if (structures.includes(undefined)) return;
  const ancestors = walker.types.type(type).ancestors;
  const fitting = structures.filter((structure) => structure !== undefined && ancestors.has(structure.type));
  if (fitting.length === 0) {
    const expected = [...new Set(structures.map((structure) => structure?.type ?? ''))].join(', ');
    return run.report('validate.reference-target', { expected });
  }
  if (target === undefined || fitting.some((structure) => structure !== undefined && !isProfile(structure))) return;
  const profiles = fitting.map((structure) => structure?.url ?? '');
  if (!profiles.some((profile) => walker.conforms(target, profile, run) !== false))
    run.report('validate.reference-profile', { profiles: profiles.join(', ') });
}

type Aggregation = 'contained' | 'bundled' | 'referenced';

function aggregationOf(reference: string, run: FullRun): Aggregation {
  if (reference.startsWith('#')) return 'contained';
  return entryOf(reference, run) === undefined ? 'referenced' : 'bundled';
}

function checkAggregation(types: readonly TypeRule[], reference: string, run: FullRun): void {
  const modes = referenceRules(types).flatMap(({ aggregation = [] }) => aggregation);
  if (modes.length === 0) return;
  const stands = aggregationOf(reference, run);
  // "referenced" includes what the Bundle holds: the reference still has to be resolved.
  if (modes.includes(stands) || (stands === 'bundled' && modes.includes('referenced'))) return;
  if (stands !== 'contained' && run.bundle === undefined && !run.settings.aggregationEverywhere) return;
  run.report('validate.reference-aggregation', { expected: modes.join(' or ') });
}

export const reference: Inspection = ({ value }, run, walker, nodes) => {
  if (!isObject(value)) return;
  const literal = typeof value.reference === 'string' ? value.reference : undefined;
  const resource = literal === undefined ? undefined : found(literal, run);
  const target = resource === undefined ? undefined : walker.types.resource(resource);
  if (literal !== undefined) {
    checkFound(literal, resource, run);
    checkInBundle(literal, run);
  }
  const isTrusted = run.settings.trustReferences || run.settings.checkReferences;
  const type = target?.type.name ?? (isTrusted ? toldType(literal, value.type, walker) : undefined);
  if (type !== undefined && typeof value.type === 'string' && value.type !== type)
    run.report('validate.reference-type');
  for (const { rule } of nodes) {
    checkTargets(rule.types, type, target, run, walker);
    if (literal !== undefined) checkAggregation(rule.types, literal, run);
  }
};
