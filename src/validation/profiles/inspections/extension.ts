// Extensions (http://hl7.org/fhir/R4/extensibility.html): known, and allowed where they stand
// (http://hl7.org/fhir/R4/defining-extensions.html#context).
import type { JsonObject } from '../../../model/json.js';
import type { ContextRule, StructureModel } from '../../../model/structure.js';
import { compileExpression } from '../../fhirpath/compile.js';
import { environmentOf, evaluate, verdictOf } from '../../fhirpath/evaluate.js';
import { EvaluationFailure, SyntaxFailure } from '../../fhirpath/failure.js';
import type { Item } from '../../fhirpath/item.js';
import { isObject } from '../../objects.js';
import type { FullRun } from '../run.js';
import type { Walk } from '../walk.js';
import type { Inspection } from './inspection.js';

/** HL7's tools define extensions for their own use, which are in no package of content. */
const isOfTools = (url: string): boolean => url.startsWith('http://hl7.org/fhir/tools/StructureDefinition/');

const isExample = (url: string): boolean => /^https?:\/\/(www\.)?example\.(org|com)\/|acme\.|nema\.org/.test(url);

const isAbsolute = (url: string): boolean => /^(https?:|urn:|oid:)/.test(url);

/** "Applications should not use extensions that are not defined": a URL of the web names a definition that can be loaded. */
function unknown(url: string, run: FullRun, { registry }: Walk): void {
  const otherVersion = registry.otherVersion(url);
  if (otherVersion === 'absent') return run.report('validate.extension-of-no-element', { url });
  if (otherVersion === 'unchanged') return run.report('validate.extension-of-own-element', { url });
  const isAllowed = run.settings.extensionDomains.some((domain) => url.startsWith(domain));
  const isDefined = /^https?:/.test(url) && !isExample(url) && !isOfTools(url) && otherVersion === undefined;
  if (isDefined && !isAllowed) run.report('validate.extension-unknown', { url });
  else run.report('validate.extension-unchecked');
}

/** The element that has the extension, and the elements above it. */
interface Holder {
  readonly item: Item;
  /** `Patient.contact.name`, from the resource and from each type on the way. */
  readonly paths: ReadonlySet<string>;
  /** The URL of the extension it is, or is the value of. */
  readonly within: readonly string[];
}

const urlOf = ({ value }: Item): string | undefined =>
  isObject(value) && typeof value.url === 'string' ? value.url : undefined;

function holderOf(run: FullRun): Holder | undefined {
  const { resource } = run;
  if (resource === undefined) return undefined;
  const steps = run.path.slice(0, -1);
  const items = [resource, ...steps.map(({ item }) => item)];
  const names = steps.map(({ name }) => name);
  const paths = new Set<string>();
  items.forEach(({ type }, at) => {
    for (const ancestor of type.ancestors) paths.add([ancestor, ...names.slice(at)].join('.'));
  });
  const item = items.at(-1)!;
  const within = items.slice(-2).filter(({ type }) => type.name === 'Extension');
  return { item, paths, within: within.flatMap((each) => urlOf(each) ?? []) };
}

/** R5's names for resources that have a URL, which newer extensions use as contexts. */
const isCanonical = (path: string, { item: { type } }: Holder): boolean =>
  /^(Canonical|Metadata)Resource$/.test(path) &&
  type.isResource &&
  type.members.has('url') &&
  type.members.has('status');

const withoutChoice = (path: string): string => path.replace(/\[x\]/g, '').replace(/:[^.]+/g, '');

function selects(expression: string, { item }: Holder, run: FullRun, walker: Walk): boolean {
  const resource = run.resource ?? item;
  try {
    const place = { types: walker.types, host: {}, resource, rootResource: run.container ?? resource };
    return evaluate(compileExpression(expression), resource, place).some(
      ({ value, sibling }) => value === item.value && sibling === item.sibling,
    );
  } catch (error) {
    if (error instanceof EvaluationFailure || error instanceof SyntaxFailure) return true;
    throw error;
  }
}

function isContext({ type, expression }: ContextRule, holder: Holder, run: FullRun, walker: Walk): boolean {
  if (type === 'extension') return holder.within.includes(expression.split('#')[0] ?? '');
  if (type === 'fhirpath') return selects(expression, holder, run, walker);
  const path = withoutChoice(
    expression
      .replace(/^http:\/\/hl7\.org\/fhir\/StructureDefinition\/[^#]*#/, '')
      .replace(/^http:\/\/hl7\.org\/fhir\/StructureDefinition\//, ''),
  );
  return path === '*' || path === 'Element' || holder.paths.has(path) || isCanonical(path, holder);
}

function holds(expression: string, { item }: Holder, run: FullRun, walker: Walk): boolean {
  const resource = run.resource ?? item;
  try {
    const closure = compileExpression(expression);
    const place = { types: walker.types, host: {}, resource, rootResource: resource };
    return verdictOf(closure, environmentOf(place, item)) !== 'fails';
  } catch (error) {
    if (error instanceof SyntaxFailure) return true;
    throw error;
  }
}

function checkContext(structure: StructureModel, run: FullRun, walker: Walk): void {
  const { contexts = [], contextInvariants = [], url } = structure;
  const holder = holderOf(run);
  if (holder === undefined) return;
  const expected = contexts.map(({ expression }) => expression).join(', ');
  const isAllowed = contexts.length === 0 || contexts.some((context) => isContext(context, holder, run, walker));
  const isFitting = contextInvariants.every((expression) => holds(expression, holder, run, walker));
  if (isAllowed && isFitting) return;
  const last = run.trail.pop();
  run.report('validate.extension-context', { url, expected });
  run.trail.push(last);
}

/** A modifier changes the meaning of what holds it, so the definition says so (ElementDefinition.isModifier of its root). */
function checkModifier({ root, url }: StructureModel, run: FullRun): void {
  const isModifier = root.isModifier === true;
  const stands = run.path.at(-1)?.name;
  if (isModifier && stands === 'extension') run.report('validate.extension-modifier', { url });
  if (!isModifier && stands === 'modifierExtension') run.report('validate.extension-not-modifier', { url });
}

function checkKnown(url: string, run: FullRun, walker: Walk): void {
  const structure = walker.registry.structure(url);
  if (structure === undefined) return unknown(url, run, walker);
  if (url.includes('|')) run.report('validate.extension-versioned');
  checkModifier(structure, run);
  checkContext(structure, run, walker);
}

const isWithinExtension = (run: FullRun): boolean =>
  run.path.at(-2)?.type === 'Extension' || run.resource === undefined;

function checkContent(value: JsonObject, run: FullRun): void {
  const hasValue = Object.keys(value).some((key) => /^_?value/.test(key) && value[key] !== undefined);
  if (hasValue === (value.extension !== undefined))
    run.reportAs('http://hl7.org/fhir/StructureDefinition/Extension#ext-1', 'validate.constraint', {
      key: 'ext-1',
      human: 'Must have either extensions or value[x], not both',
    });
}

export const extension: Inspection = (item, run, walker) => {
  const { value } = item;
  if (!isObject(value)) return;
  checkContent(value, run);
  const { url } = value;
  if (typeof url !== 'string' || url === '') return run.report('validate.extension-url');
  if (isAbsolute(url)) checkKnown(url, run, walker);
  else if (!isWithinExtension(run)) run.report('validate.extension-relative');
};
