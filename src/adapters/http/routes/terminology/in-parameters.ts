// What an operation is asked: a Parameters resource, or a query, read the same way
// (http://hl7.org/fhir/R4/operations.html#executing-synchronous).
import { TerminologyRefusal } from '../../../../terminology/issue.js';
import { messages } from '../../../../terminology/messages.js';
import { isSound } from './resource-shape.js';

export interface InParameter {
  readonly name: string;
  /** The `value[x]`, whatever its type; of a query its text. */
  readonly value?: unknown;
  readonly resource?: Readonly<Record<string, unknown>>;
  readonly part?: readonly InParameter[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parameterOf(element: unknown): InParameter {
  if (!isObject(element) || typeof element['name'] !== 'string') throw notParameters();
  const key = Object.keys(element).find((name) => name.startsWith('value'));
  const { resource, part } = element;
  return {
    name: element['name'],
    ...(key !== undefined && { value: element[key] }),
    ...(isObject(resource) && { resource }),
    ...(Array.isArray(part) && { part: part.map(parameterOf) }),
  };
}

/** A Coding, or a CodeableConcept with its codings. */
const areSound = ({ coding = [], ...value }: Readonly<Record<string, unknown>>): boolean =>
  isSound(value) && Array.isArray(coding) && coding.every((each) => isObject(each) && isSound(each));

const notParameters = (): TerminologyRefusal =>
  new TerminologyRefusal(400, 'invalid', messages.wrongParameter('body', 'a Parameters resource in JSON'));

const wrong = (name: string, expected: string): TerminologyRefusal =>
  new TerminologyRefusal(400, 'invalid', messages.wrongParameter(name, expected));

export class InParameters {
  readonly all: readonly InParameter[];
  constructor(all: readonly InParameter[]) {
    this.all = all;
  }

  /** Throws a refusal when it is no Parameters resource. */
  static fromResource(resource: unknown): InParameters {
    if (!isObject(resource) || resource['resourceType'] !== 'Parameters') throw notParameters();
    const parameter: unknown = resource['parameter'] ?? [];
    if (!Array.isArray(parameter)) throw notParameters();
    return new InParameters(parameter.map(parameterOf));
  }

  static fromQuery(query: Readonly<Record<string, readonly string[]>>): InParameters {
    const given = Object.entries(query).filter(([name]) => !name.startsWith('_'));
    return new InParameters(given.flatMap(([name, values]) => values.map((value) => ({ name, value }))));
  }

  /** These, and those of the other that are not named here. */
  over(other: InParameters): InParameters {
    const names = new Set(this.all.map(({ name }) => name));
    return new InParameters([...this.all, ...other.all.filter(({ name }) => !names.has(name))]);
  }

  named(name: string): readonly InParameter[] {
    return this.all.filter((each) => each.name === name);
  }

  texts(name: string): readonly string[] {
    return this.named(name).map(({ value }) => {
      if (typeof value !== 'string') throw wrong(name, 'text');
      return value;
    });
  }

  text(name: string): string | undefined {
    return this.texts(name)[0];
  }

  boolean(name: string): boolean | undefined {
    const value = this.named(name)[0]?.value;
    if (value === undefined || typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    throw wrong(name, 'true or false');
  }

  /** A whole number, not negative. */
  count(name: string): number | undefined {
    const value = this.named(name)[0]?.value;
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number;
    throw wrong(name, 'a whole number');
  }

  object<T extends object>(name: string): T | undefined {
    const value = this.named(name)[0]?.value;
    if (value === undefined) return undefined;
    if (isObject(value) && areSound(value)) return value as T;
    throw wrong(name, 'of its FHIR type');
  }

  resources(name: string): readonly Readonly<Record<string, unknown>>[] {
    const given = this.named(name).flatMap(({ resource }) => (resource === undefined ? [] : [resource]));
    if (given.every((resource) => resource['resourceType'] === 'Parameters' || isSound(resource))) return given;
    throw wrong(name, 'a resource as FHIR R4 defines it');
  }
}
