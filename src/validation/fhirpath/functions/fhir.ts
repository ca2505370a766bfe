// What FHIR adds to FHIRPath (http://hl7.org/fhir/R4/fhirpath.html#functions).
import { isObject } from '../../objects.js';
import { nullary, plain, type Environment, type FunctionDefinition } from '../closure.js';
import { EvaluationFailure } from '../failure.js';
import { maybe, none, text, truth, writtenOf, type Collection, type Item } from '../item.js';
import { addChildren } from '../navigation.js';
import { oneOf, stringOf } from '../singletons.js';

const childrenNamed = (input: Collection, name: string): Item[] => {
  const found: Item[] = [];
  for (const item of input) addChildren(item, name, found);
  return found;
};

const referenceOf = ({ value }: Item): string | undefined => {
  if (typeof value === 'string') return value;
  return isObject(value) && typeof value.reference === 'string' ? value.reference : undefined;
};

function resolved(input: Collection, environment: Environment): Collection {
  const { resolve } = environment.host;
  if (resolve === undefined) throw new EvaluationFailure('References cannot be resolved here.');
  return input.flatMap((item) => {
    const reference = referenceOf(item);
    const resource = reference === undefined ? undefined : resolve(reference, item);
    return resource === undefined ? [] : [environment.types.resource(resource)];
  });
}

/** Asks the host of the one item; nothing when there is none, a failure when the host cannot tell. */
function asked(
  ask: ((item: Item, url: string) => boolean | undefined) | undefined,
  input: Collection,
  parameter: Collection,
): Collection {
  const [item, url] = [oneOf(input), stringOf(parameter)];
  if (item === undefined || url === undefined) return none;
  const answer = ask?.(item, url);
  if (answer === undefined) throw new EvaluationFailure('The value set or profile is not known.');
  return truth(answer);
}

const hasValue = (input: Collection): boolean =>
  input.length === 1 && input[0]?.value !== undefined && !isObject(input[0].value);

export const fhir: Readonly<Record<string, FunctionDefinition>> = {
  extension: plain([1, 1], (input, [url = none]) => {
    const wanted = stringOf(url);
    return childrenNamed(input, 'extension').filter(({ value }) => isObject(value) && value.url === wanted);
  }),
  hasValue: nullary((input) => truth(hasValue(input))),
  getValue: nullary((input) => (hasValue(input) ? input : none)),
  resolve: nullary(resolved),
  memberOf: plain([1, 1], (input, [url = none], { host }) => asked(host.memberOf, input, url)),
  conformsTo: plain([1, 1], (input, [url = none], { host }) => asked(host.conformsTo, input, url)),
  htmlChecks: nullary((input, { host }) => {
    const item = oneOf(input);
    if (host.htmlChecks === undefined) throw new EvaluationFailure('XHTML cannot be checked here.');
    return maybe(item === undefined ? undefined : host.htmlChecks(item));
  }),
  getResourceKey: nullary((input) => {
    const value = oneOf(input)?.value;
    return isObject(value) && typeof value.id === 'string'
      ? text(`${writtenOf(value.resourceType)}/${value.id}`)
      : none;
  }),
};
