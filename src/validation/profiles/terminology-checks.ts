// Bindings by strength (http://hl7.org/fhir/R4/terminologies.html#strength) and codes by themselves: is the code one of its
// system, is the display one of its code?
import type { JsonObject } from '../../model/json.js';
import type { BindingRule } from '../../model/structure.js';
import type { IssueCode } from '../../model/issues.js';
import type { Code, Membership, ValueSets } from '../../terminology/value-sets/value-sets.js';
import type { Item } from '../fhirpath/item.js';
import { isList, isObject } from '../objects.js';
import type { ItemCheck } from './rule-node.js';
import type { FullRun } from './run.js';

/** The codes of a value: of a `code`, Coding, CodeableConcept or Quantity. */
export function codesOf({ value, type }: Item): readonly Code[] {
  if (typeof value === 'string') return [{ code: value }];
  if (!isObject(value)) return [];
  if (isList(value.coding)) return value.coding.filter(isObject).flatMap(codeOf);
  return type.name === 'CodeableConcept' ? [] : codeOf(value);
}

const codeOf = ({ system, code }: JsonObject): Code[] => {
  if (typeof code !== 'string') return [];
  return [typeof system === 'string' ? { system, code } : { system: '', code }];
};

/** At least one is; undefined when none is but one may be. */
function within(codes: readonly Code[], includes: Membership | undefined): boolean | undefined {
  if (includes === undefined) return undefined;
  let result: boolean | undefined = false;
  for (const code of codes) {
    const answer = includes(code);
    if (answer === true) return true;
    if (answer === undefined) result = undefined;
  }
  return result;
}

export const inValueSet = (item: Item, valueSet: string, valueSets: ValueSets): boolean | undefined =>
  within(codesOf(item), valueSets.membership(valueSet));

const missed: Readonly<Record<string, IssueCode>> = {
  required: 'validate.binding',
  extensible: 'validate.binding-extensible',
  preferred: 'validate.binding-preferred',
};

/** The reference validator's ids of a code outside of its value set, by the strength of the binding and the type of the value. */
const missedAs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  required: {
    CodeableConcept: 'Terminology_TX_NoValid_1_CC',
    Coding: 'Terminology_TX_Confirm_4a',
    Quantity: 'Terminology_TX_Confirm_4a',
    code: 'Terminology_TX_NoValid_16',
  },
  extensible: {
    CodeableConcept: 'Terminology_TX_NoValid_2_CC',
    Coding: 'Terminology_TX_NoValid_13',
    Quantity: 'Terminology_TX_Confirm_5',
    code: 'Terminology_TX_NoValid_17',
  },
};

/** A concept without codes says what it means in words, or why it does not. */
const saysNothing = ({ value }: Item, codes: readonly Code[]): boolean =>
  codes.length === 0 && isObject(value) && (value.text !== undefined || value.coding === undefined);

const bound = new Set([
  'code',
  'Coding',
  'CodeableConcept',
  'Quantity',
  'string',
  'uri',
  'Age',
  'Duration',
  'canonical',
  'url',
]);

function checkBinding(
  item: Item,
  { strength, valueSet }: BindingRule,
  includes: Membership | undefined,
  run: FullRun,
): void {
  const code = missed[strength];
  const codes = codesOf(item);
  if (code === undefined || (strength !== 'required' && codes.length === 0)) return;
  if (saysNothing(item, codes) && (strength !== 'required' || item.type.name !== 'CodeableConcept' || !hasText(item)))
    return;
  const answer = within(codes, includes);
  if (answer === false) run.reportAs(missedAs[strength]?.[item.type.name], code, { valueSet });
  else if (answer === undefined && strength === 'required') run.report('validate.binding-open', { valueSet });
}

const hasText = ({ value }: Item): boolean => isObject(value) && value.text !== undefined;

/** The check of a binding; none for examples, and for types that have no codes. */
export function bindingCheck(binding: BindingRule | undefined, valueSets: ValueSets): ItemCheck[] {
  if (binding === undefined || binding.valueSet === '') return [];
  const { maxValueSet, strength, valueSet } = binding;
  let includes: Membership | undefined | 'new' = 'new';
  let isModified = false;
  return [
    (item, run) => {
      if (item.value === undefined || !bound.has(item.type.name)) return;
      if (includes === 'new') {
        includes = valueSets.membership(valueSet);
        isModified = missed[strength] !== undefined && valueSets.isModified(valueSet);
      }
      if (isModified) return run.report('validate.value-set-modified', { valueSet });
      checkBinding(item, binding, includes, run);
      if (maxValueSet !== undefined && codesOf(item).length > 0 && inValueSet(item, maxValueSet, valueSets) === false)
        run.report('validate.binding-max', { valueSet: maxValueSet });
    },
  ];
}

const isAbsolute = (system: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(system);

/** Display terms are compared as people read them: case and runs of space do not count. */
const read = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

function at(step: string, run: FullRun, report: () => void): void {
  run.trail.enter(step);
  report();
  run.trail.leave();
}

function checkSystem(system: string, valueSets: ValueSets, run: FullRun): boolean {
  if (!isAbsolute(system)) at('system', run, () => run.report('validate.system-relative'));
  else if (valueSets.system(system)?.content === 'supplement')
    at('system', run, () => run.report('validate.system-supplement'));
  else if (valueSets.system(system) === undefined && /\/ValueSet\//.test(system) && valueSets.isValueSet(system))
    at('system', run, () => run.report('validate.system-value-set'));
  else return true;
  return false;
}

function checkDisplay(display: string, system: string, code: string, valueSets: ValueSets, run: FullRun): void {
  const displays = valueSets.system(system)?.concept(code)?.displays ?? [];
  if (displays.length === 0 || displays.some((each) => read(each) === read(display))) return;
  const severity = run.settings.lenientDisplays ? 'warning' : 'error';
  at('display', run, () => run.report('validate.display', {}, severity));
}

/** The content here is of another version than the one named: a code may be of that one alone. */
function isOtherVersion({ system, version }: JsonObject, valueSets: ValueSets): boolean {
  const known = typeof system === 'string' ? valueSets.system(system)?.version : undefined;
  return typeof version === 'string' && known !== undefined && version !== known;
}

const snomed = 'http://snomed.info/sct';
const unknownCode = 'Unknown_Code_in_Version';

/** A Coding by itself, or a Quantity's unit. */
export function checkCoding(item: Item, valueSets: ValueSets, run: FullRun): void {
  if (!isObject(item.value)) return;
  const { system, code, display } = item.value;
  if (system === undefined && code !== undefined && item.type.name === 'Coding') run.report('validate.system-missing');
  if (typeof system !== 'string') return;
  if (!checkSystem(system, valueSets, run) || typeof code !== 'string') return;
  if (isOtherVersion(item.value, valueSets)) return run.report('validate.system-unknown');
  const known = valueSets.isCode(system, code);
  if (known === false)
    at('code', run, () =>
      run.reportAs(system === snomed ? `${unknownCode}_SCT` : unknownCode, 'validate.code-unknown'),
    );
  else if (known === undefined && item.type.name === 'Coding' && valueSets.system(system) === undefined)
    run.report('validate.system-unknown');
  else if (typeof display === 'string') checkDisplay(display, system, code, valueSets, run);
}
