// ValueSet and CodeSystem $validate-code.
import type { JsonObject } from '../../../../model/json.js';
import { isError, TerminologyRefusal } from '../../../../terminology/issue.js';
import { messages } from '../../../../terminology/messages.js';
import { validate, type Subject, type Validation } from '../../../../terminology/operations/validate.js';
import {
  parseCanonical,
  type CodeableConcept,
  type Coding,
  type ValueSetResource,
} from '../../../../terminology/resources.js';
import { scopeOf } from '../../../../terminology/scope.js';
import type { InParameters } from './in-parameters.js';
import type { OperationRequest, TerminologyOperation } from './operation.js';
import { out, outResource, parameters as parametersOf } from './out-parameters.js';
import { outcomeOf } from './outcome.js';
import { optionsOf } from './request-options.js';
import { contentFor } from './tx-resources.js';
import { valueSetAsked } from './value-set-asked.js';

/** @param system the code system that `url` names, where the request is about one. */
function subjectOf(parameters: InParameters, system: Coding): Subject {
  const concept = parameters.object<CodeableConcept>('codeableConcept');
  if (concept !== undefined) return { kind: 'codeableConcept', concept };
  const coding = parameters.object<Coding>('coding');
  if (coding !== undefined) return { kind: 'coding', coding };
  const code = parameters.text('code');
  const inferSystem = parameters.boolean('inferSystem') ?? false;
  const bare = { ...system, ...bareCoding(parameters) };
  if (code === undefined || (bare.system === undefined && !inferSystem)) throw nothing();
  return { kind: 'code', coding: { ...bare, code }, inferSystem };
}

const nothing = () => new TerminologyRefusal(400, 'invalid', messages.nothingToValidate());

function bareCoding(parameters: InParameters): Coding {
  const [system, version, display] = [
    parameters.text('system'),
    parameters.text('systemVersion') ?? parameters.text('version'),
    parameters.text('display'),
  ];
  return {
    ...(system !== undefined && { system }),
    ...(version !== undefined && { version }),
    ...(display !== undefined && { display }),
  };
}

const checkOptions = (parameters: InParameters, valueSet: ValueSetResource | undefined) => ({
  valueSet,
  abstractAllowed: parameters.boolean('abstract') ?? true,
  lenientDisplay: parameters.boolean('lenient-display-validation') ?? false,
  membershipOnly: parameters.boolean('valueset-membership-only') ?? false,
});

/** A code in a value set. */
export function validateInValueSet(request: OperationRequest): JsonObject {
  const { parameters } = request;
  const subject = subjectOf(parameters, {});
  const content = contentFor(parameters, request.installed);
  const names = { resource: 'valueSet', url: 'url', version: 'valueSetVersion' };
  const valueSet = valueSetAsked(parameters, content, names);
  if (valueSet === undefined) throw missing();
  const scope = scopeOf(content, optionsOf(request, valueSet), valueSet);
  return answerOf(validate(subject, scope, checkOptions(parameters, valueSet)));
}

const missing = () => new TerminologyRefusal(400, 'invalid', messages.missingParameter('a url or valueSet'));

function systemNamed(parameters: InParameters): Coding {
  const [given] = parameters.resources('codeSystem');
  const url = parameters.text('url') ?? (typeof given?.['url'] === 'string' ? given['url'] : undefined);
  if (url === undefined) return {};
  const canonical = parseCanonical(url);
  return { system: canonical.url, ...(canonical.version !== undefined && { version: canonical.version }) };
}

/** A code in its code system. */
export function validateInCodeSystem(request: OperationRequest): JsonObject {
  const { parameters } = request;
  const subject = subjectOf(parameters, systemNamed(parameters));
  const scope = scopeOf(contentFor(parameters, request.installed), optionsOf(request));
  return answerOf(validate(subject, scope, checkOptions(parameters, undefined)));
}

/** Every error, and what else was found to be worth telling, in one text. */
function messageOf({ issues, remarks }: Pick<Validation, 'issues' | 'remarks'>): string | undefined {
  const told = issues.filter((issue) => isError(issue) || issue.told === true).map(({ message }) => message.text);
  const texts = [...told, ...remarks];
  return texts.length === 0 ? undefined : [...new Set(texts)].sort().join('; ');
}

function answerOf(validation: Validation): JsonObject {
  const { issues, unknownSystems, causedBy, codeableConcept } = validation;
  return parametersOf([
    ...out('result', 'Boolean', validation.result),
    ...out('code', 'Code', validation.code),
    ...out('codeableConcept', 'CodeableConcept', codeableConcept),
    ...out('display', 'String', validation.display),
    ...out('inactive', 'Boolean', validation.inactive),
    ...(issues.length === 0 ? [] : [outResource('issues', outcomeOf(issues))]),
    ...out('message', 'String', messageOf(validation)),
    ...out('normalized-code', 'Code', validation.normalizedCode),
    ...out('status', 'Code', validation.status),
    ...out('system', 'Uri', validation.system),
    ...out('version', 'String', validation.version),
    ...causedBy.flatMap((each) => out('x-caused-by-unknown-system', 'Canonical', each)),
    ...unknownSystems.flatMap((each) => out('x-unknown-system', 'Canonical', each)),
  ]);
}

export const valueSetValidateCode: TerminologyOperation = {
  type: 'ValueSet',
  name: 'validate-code',
  instance: 'url',
  definition: 'http://hl7.org/fhir/OperationDefinition/ValueSet-validate-code',
  summary: 'Is a code in a value set, and is its display right?',
  run: validateInValueSet,
};

export const codeSystemValidateCode: TerminologyOperation = {
  type: 'CodeSystem',
  name: 'validate-code',
  instance: 'url',
  definition: 'http://hl7.org/fhir/OperationDefinition/CodeSystem-validate-code',
  summary: 'Is a code one of its code system, and is its display right?',
  run: validateInCodeSystem,
};
