// Which elements FHIR R4 requires: min 1 in the resource, or in the datatype they stand in.
import type { Definitions, ElementModel, TypeModel } from '../../../src/model/definitions.js';

export interface RequiredElement {
  /** `MessageHeader.source.endpoint`: the required element that the path leads to or into. */
  readonly path: string;
  /** The path is the element itself, or says why it has no value. */
  readonly itself: boolean;
  /** Every resource of the type has it, and not only where an optional element around it is written. */
  readonly always: boolean;
}

/** The required element that a fact's path leads to or into; a backbone element is written for what stands in it. */
export function requiredElement(path: string, definitions: Definitions): RequiredElement | undefined {
  const [type = '', ...steps] = stepsOf(path);
  let model = definitions.type(type);
  let always = true;
  for (const [index, step] of steps.entries()) {
    const element = model === undefined ? undefined : elementNamed(step, model);
    if (element === undefined) return undefined;
    model = definitions.type(typeOf(step, element));
    always &&= element.min > 0;
    if (element.min > 0 && model?.kind !== 'backbone') {
      const rest = steps.slice(index + 1);
      const itself = rest.length === 0 || isAbsence(rest);
      return { path: [type, ...steps.slice(0, index + 1)].join('.'), itself, always };
    }
  }
  return undefined;
}

/** The FHIR type at a path of element names. */
export function elementType([type = '', ...steps]: readonly string[], definitions: Definitions): string | undefined {
  return steps.reduce<string | undefined>((at, step) => {
    const model = at === undefined ? undefined : definitions.type(at);
    const element = model === undefined ? undefined : elementNamed(step, model);
    return element === undefined ? undefined : typeOf(step, element);
  }, type);
}

/** Dots part steps, but not within an extension's url. */
const stepsOf = (path: string): string[] => path.match(/(?:\([^)]*\)|[^.(])+/g) ?? [];

const isAbsence = ([first = '']: readonly string[]): boolean =>
  first === 'extension(http://hl7.org/fhir/StructureDefinition/data-absent-reason)';

const elementNamed = (step: string, { elements }: TypeModel): ElementModel | undefined =>
  elements.find(({ name }) => name === step || (name.endsWith('[x]') && step.startsWith(name.slice(0, -3))));

function typeOf(step: string, { name, types, children }: ElementModel): string {
  if (children !== undefined) return children;
  const stem = name.slice(0, -3);
  const chosen = types.find(({ code }) => step === stem + code.charAt(0).toUpperCase() + code.slice(1));
  return (name.endsWith('[x]') ? chosen : types[0])?.code ?? '';
}
