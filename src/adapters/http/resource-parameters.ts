// The path parameters of a stored resource, as FHIR restricts them.
import type { Parameter } from './route.js';

export const resourceParameters: readonly Parameter[] = [
  {
    name: 'type',
    in: 'path',
    description: 'FHIR resource type',
    schema: { type: 'string', pattern: '^[A-Z][A-Za-z]{1,63}$' },
  },
  // http://hl7.org/fhir/R4/datatypes.html#id
  { name: 'id', in: 'path', description: 'Logical id', schema: { type: 'string', pattern: '^[A-Za-z0-9.-]{1,64}$' } },
];
