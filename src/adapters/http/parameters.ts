// Checking what a request asks against what its route declares.
import { Refusal } from './failure.js';
import type { Parameter, Route } from './route.js';

type Values = Readonly<Record<string, unknown>>;

/** The parameters of a request. Throws a Refusal (400) for one that is unknown, given twice, missing, or not of its schema. */
export function checkedParameters(route: Route, path: Values, query: Values): Record<string, string> {
  const declared = new Map((route.parameters ?? []).map((parameter) => [parameter.name, parameter]));
  const checked: Record<string, string> = {};
  for (const [name, value] of [...Object.entries(path), ...Object.entries(query)]) {
    const parameter = declared.get(name);
    if (parameter === undefined) throw new Refusal(400, `There is no such parameter; known are: ${known(declared)}.`);
    if (typeof value !== 'string') throw new Refusal(400, `The parameter ${name} must be given once.`);
    if (!fits(value, parameter)) throw new Refusal(400, `The parameter ${name} must be ${expected(parameter)}.`);
    checked[name] = value;
  }
  for (const { name, required } of declared.values())
    if (required === true && checked[name] === undefined)
      throw new Refusal(400, `The parameter ${name} must be given.`);
  return checked;
}

const known = (declared: ReadonlyMap<string, Parameter>): string => [...declared.keys()].join(', ') || 'none';

function fits(value: string, { schema }: Parameter): boolean {
  if (schema.type === 'boolean') return value === 'true' || value === 'false';
  if (schema.type === 'integer') return isWithin(value, schema);
  if (schema.enum !== undefined) return schema.enum.includes(value);
  return schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(value);
}

const isWithin = (value: string, { minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Parameter['schema']): boolean =>
  /^\d{1,15}$/.test(value) && Number(value) >= minimum && Number(value) <= maximum;

function expected({ schema }: Parameter): string {
  if (schema.type === 'boolean') return 'true or false';
  if (schema.type === 'integer') return `a whole number from ${schema.minimum ?? 0} to ${schema.maximum ?? 'any'}`;
  return schema.enum === undefined ? `of the form ${schema.pattern ?? 'text'}` : `one of ${schema.enum.join(', ')}`;
}
