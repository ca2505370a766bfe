// Code systems that are a grammar and no list: whether a code is one of them is told by its form.
import { mayBeLoinc } from '../../terminology/systems/loinc-code.js';
import { isConceptIdentifier } from '../../terminology/systems/snomed-identifier.js';
import { loadUcum } from './ucum.js';

const languageTag = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;
/** FHIR's own short names for its formats count (http://hl7.org/fhir/R4/http.html#mime-type). */
const mediaType = /^(?:[\w.+-]+\/[\w.+*-]+(\s*;.*)?|xml|json|ttl)$/;

let ucum: ReturnType<typeof loadUcum> | undefined;

type Test = (code: string) => boolean;

const grammars: Readonly<Record<string, Test>> = {
  'urn:ietf:bcp:47': (code) => languageTag.test(code),
  'urn:ietf:bcp:13': (code) => mediaType.test(code),
  'http://unitsofmeasure.org': (code) => (ucum ??= loadUcum())(code),
};

/** Systems that are lists, whose codes have a form: what lacks it is none of them, whatever is installed. */
const forms: Readonly<Record<string, Test>> = {
  'http://loinc.org': mayBeLoinc,
  // Expressions are no digits alone.
  'http://snomed.info/sct': (code) => !/^\d+$/.test(code) || isConceptIdentifier(code),
};

/** Is the code one of the system? Undefined for systems that are lists; of those, what cannot be a code is told. */
export function isGrammarCode(system: string, code: string): boolean | undefined {
  if (Object.hasOwn(forms, system)) return forms[system]!(code) ? undefined : false;
  return Object.hasOwn(grammars, system) ? grammars[system]!(code) : undefined;
}
