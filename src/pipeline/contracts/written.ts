// What a mapping package can write, read from its rules: elements of resources (`Patient.birthDate`) and extensions.
import { innerRules } from '../../mappings/language/compile.js';
import type { IrPackage, IrRule, IrStep } from '../../mappings/language/ir.js';

export interface WrittenContent {
  /** `Type.element`, sorted; no deeper than the resource's own members. */
  readonly elements: readonly string[];
  /** Absolute URLs, sorted: those without a scheme belong to the extension they stand in. */
  readonly extensions: readonly string[];
}

/** @param isResource tells resource types from the datatypes that modules build as well. */
export function writtenBy(ir: IrPackage, isResource: (type: string) => boolean): WrittenContent {
  const elements = new Set<string>();
  const extensions = new Set<string>();
  const note = (type: string, steps: readonly IrStep[]): void => {
    const [first] = steps;
    // `_birthDate` holds the extensions of birthDate.
    if (isResource(type) && first !== undefined) elements.add(`${type}.${first.name.replace(/^_/, '')}`);
    for (const { url } of steps) if (url !== undefined && /^[a-z]+:/.test(url)) extensions.add(url);
  };
  for (const { target, rules } of ir.modules) for (const rule of rules) follow(rule, target, [], note);
  return { elements: [...elements].sort(), extensions: [...extensions].sort() };
}

type Note = (type: string, steps: readonly IrStep[]) => void;

function follow(rule: IrRule, target: string, before: readonly IrStep[], note: Note): void {
  const type = rule.instance === undefined ? target : typeOf(rule.instance);
  const steps = [...before, ...rule.to];
  note(type, steps);
  if (rule.does.kind === 'into') for (const { to } of rule.does.refs) note(typeOf(rule.does.instance), to);
  for (const inner of innerRules(rule)) follow(inner, type, steps, note);
}

/** `Observation[OBX]` is an instance of Observation. */
const typeOf = (instance: string): string => instance.replace(/\[.*$/, '');
