// POST /fhir/{type}/$validate (http://hl7.org/fhir/R4/resource-operation-validate.html): what is wrong with a resource.
import { validateOperation } from '../../validation/validate-operation.js';
import { fhir } from '../answer.js';
import { Refusal } from '../failure.js';
import type { Route, Services } from '../route.js';

/** Bytes of a request: a resource with the profiles and value sets that it brings along. */
const bodyLimit = 32 * 1024 * 1024;

const outcome = 'OperationOutcome';

export function validate({ validation }: Services): Route {
  return {
    method: 'post',
    path: '/fhir/{type}/$validate',
    tag: 'FHIR',
    summary: 'Validates a resource, or Parameters with a resource, against FHIR R4 and profiles',
    parameters: [
      {
        name: 'type',
        in: 'path',
        description: 'Type of the resource',
        schema: { type: 'string', pattern: '^[A-Z][A-Za-z]{1,63}$' },
      },
      {
        name: 'profile',
        in: 'query',
        description: 'Canonical URL to validate against besides the type and meta.profile',
        schema: { type: 'string' },
      },
    ],
    bodyLimit: () => bodyLimit,
    replies: {
      200: { description: 'What was found, valid or not', content: { 'application/fhir+json': outcome } },
      400: { description: 'The request is no such operation', content: { 'application/fhir+json': outcome } },
    },
    handle: ({ body, parameters }) => {
      if (body.length === 0) throw new Refusal(400, 'The request has no body.');
      return fhir(validateOperation(body, parameters['profile'], validation(), bodyLimit));
    },
  };
}
