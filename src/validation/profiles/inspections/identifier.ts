// Identifiers (http://hl7.org/fhir/R4/datatypes.html#Identifier): the system is absolute; "if the system is urn:ietf:rfc:3986 then the
// value must be a full URI".
import { isObject } from '../../objects.js';
import type { Inspection } from './inspection.js';

const isAbsolute = (uri: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri);

/** The system of values that are URIs themselves. */
const uris = 'urn:ietf:rfc:3986';

export const identifier: Inspection = ({ value: held }, run) => {
  if (!isObject(held)) return;
  const { system, value } = held;
  if (typeof system !== 'string') return;
  if (!isAbsolute(system)) run.report('validate.identifier-system');
  else if (system === uris && typeof value === 'string' && !isAbsolute(value)) run.report('validate.identifier-uri');
};
