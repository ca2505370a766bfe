// Required bindings (http://hl7.org/fhir/R4/terminologies.html#required): the code must be one of the value set.
import type { Definitions, ElementModel } from '../model/definitions.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import { isList, isObject } from './objects.js';
import type { Run } from './run.js';

type Codes = NonNullable<ReturnType<Definitions['codes']>>;

/** A required binding of an element, whose codes are known. */
export abstract class RequiredBinding {
  readonly #valueSet: string;
  constructor(valueSet: string) {
    this.#valueSet = valueSet;
  }

  check(value: JsonValue, run: Run): void {
    if (!this.holds(value)) run.report('validate.binding', { valueSet: this.#valueSet });
  }

  protected abstract holds(value: JsonValue): boolean;
}

/** A code element has no system: it is a code of any system of the set. */
class CodeBinding extends RequiredBinding {
  readonly #all: ReadonlySet<string>;
  constructor(valueSet: string, codes: Codes) {
    super(valueSet);
    const [only, ...others] = codes.values();
    const isOne = only !== undefined && others.length === 0;
    this.#all = isOne ? only : new Set([...codes.values()].flatMap((each) => [...each]));
  }

  protected holds(value: JsonValue): boolean {
    return typeof value !== 'string' || this.#all.has(value);
  }
}

const inCodes = (codes: Codes, { system, code }: JsonObject): boolean =>
  typeof system === 'string' && typeof code === 'string' && codes.get(system)?.has(code) === true;

class CodingBinding extends RequiredBinding {
  readonly #codes: Codes;
  constructor(valueSet: string, codes: Codes) {
    super(valueSet);
    this.#codes = codes;
  }

  protected holds(value: JsonValue): boolean {
    return !isObject(value) || inCodes(this.#codes, value);
  }
}

/** At least one coding is of the set; a concept that only carries extensions (data absent) says nothing that could be. */
class ConceptBinding extends RequiredBinding {
  readonly #codes: Codes;
  constructor(valueSet: string, codes: Codes) {
    super(valueSet);
    this.#codes = codes;
  }

  protected holds(value: JsonValue): boolean {
    if (!isObject(value)) return true;
    const { coding, text } = value;
    if (isList(coding)) return coding.some((each) => isObject(each) && inCodes(this.#codes, each));
    return text === undefined;
  }
}

const bindings: Readonly<Record<string, new (valueSet: string, codes: Codes) => RequiredBinding>> = {
  code: CodeBinding,
  Coding: CodingBinding,
  CodeableConcept: ConceptBinding,
};

/** An element's required binding; undefined when it has none or its codes cannot be enumerated. */
export function requiredBinding(
  definitions: Definitions,
  { binding }: ElementModel,
  type: string,
): RequiredBinding | undefined {
  if (binding?.strength !== 'required') return undefined;
  const codes = definitions.codes(binding.valueSet);
  const Binding = bindings[type];
  return codes === undefined || Binding === undefined ? undefined : new Binding(binding.valueSet, codes);
}
