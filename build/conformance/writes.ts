// What the rules of a module write, followed through every module they call: element, fields read, constant or code map.
import type {
  IrAction,
  IrArgument,
  IrModule,
  IrPackage,
  IrRule,
  IrStep,
  IrTranslate,
} from '../../src/mappings/language/ir.js';
import type { ConstantSyntax } from '../../src/mappings/language/syntax.js';
import { mappingFunctions } from '../../src/mappings/functions/index.js';
import { conditionFields, fieldsAt } from './source-field.js';
import { isWithin, plain } from './spelling.js';

export type Written =
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'code'; readonly map: string }
  | { readonly kind: 'value' };

export interface Write {
  /** `PID[Patient]#name`: the rule of the map's own module that leads there. */
  readonly rule: string;
  /** Elements joined by dots, through references. */
  readonly path: string;
  /** Fields it depends on: `PID-5`, `PID-11.7`, or `CX.4` where a datatype module is asked. */
  readonly fields: readonly string[];
  readonly written: Written;
  /** FHIR type of the value, where the rule says it. */
  readonly type?: string;
  /** The extensions the element stands in. */
  readonly urls: readonly string[];
  /** Steps with their keys: what tells items of one list apart. */
  readonly steps: readonly string[];
  /** Written only where no other rule wrote the element. */
  readonly fallback: boolean;
  /** How many of the steps lead to what must have a value before a constant is written. */
  readonly parent: number;
}

interface Stand {
  readonly modules: ReadonlyMap<string, IrModule>;
  /** The rule of the first module that leads here. */
  readonly rule: string | undefined;
  readonly module: IrModule;
  /** The field that `.` means. */
  readonly place: string;
  readonly steps: readonly string[];
  /** Fields that decided on the way: switches, and conditions around a constant. */
  readonly guards: readonly string[];
  readonly open: readonly string[];
  readonly fallback: boolean;
  /** How many steps lead to the value that is being made. */
  readonly base: number;
  /** What the caller passes, where it is known beforehand. */
  readonly parameters: readonly (string | undefined)[];
}

const none: Written = { kind: 'value' };

const known = new WeakMap<IrModule, readonly Write[]>();

/** Everything a module writes, with the writes of the modules it calls in the place of the call. */
export function writesOf(module: IrModule, { modules }: IrPackage): readonly Write[] {
  let found = known.get(module);
  if (found === undefined) known.set(module, (found = collect(module, modules)));
  return found;
}

function collect(module: IrModule, modules: readonly IrModule[]): Write[] {
  const byName = new Map(modules.map((each) => [each.name, each]));
  const stand = standIn(module, byName);
  return withSiblings(
    module.rules.flatMap((rule) => ruleWrites(rule, stand)),
    module,
  );
}

/** What one rule of a module writes. */
export const writesOfRule = (rule: IrRule, module: IrModule, modules: ReadonlyMap<string, IrModule>): Write[] =>
  ruleWrites(rule, standIn(module, modules));

function standIn(module: IrModule, modules: ReadonlyMap<string, IrModule>): Stand {
  const place = module.source[0] ?? '';
  return {
    modules,
    rule: undefined,
    module,
    place,
    steps: [],
    guards: [],
    open: [module.name],
    fallback: false,
    base: 0,
    parameters: [],
  };
}

function ruleWrites(rule: IrRule, from: Stand): Write[] {
  const conditions = [...conditionFields(rule.when, from.place), ...conditionFields(rule.source.where, from.place)];
  const read = fieldsAt([...(rule.source.path === undefined ? [] : [rule.source.path]), ...rule.reads], from.place);
  const at: Stand = {
    ...from,
    rule: from.open.length === 1 ? `${from.module.name}#${rule.id}` : from.rule,
    steps: [...from.steps, ...rule.to.map((step) => stepText(step, rule))],
    guards: [...from.guards, ...conditions],
    fallback: rule.fallback === true,
  };
  const place = rule.source.path === undefined ? from.place : (read[0] ?? from.place);
  if (rule.source.whole === true) read.push(`${place}.*`);
  return [...extensionUrls(rule, at, read), ...actionWrites(rule.does, at, place, read)];
}

const stepText = ({ name, list, key, url }: IrStep, rule: IrRule): string => {
  if (url !== undefined) return `${name}(${url})`;
  return list === true ? `${name}[${key ?? `#${rule.id}`}]` : name;
};

function actionWrites(does: IrAction, at: Stand, place: string, read: readonly string[]): Write[] {
  switch (does.kind) {
    case 'convert':
      return [leaf(at, read, none, does.as)];
    case 'translate':
      return codeWrites(at, read, does.translate);
    case 'call':
      return [leaf(at, [...read, ...argumentFields(does.with, place)], calledConstant(does, at), does.as)];
    case 'constant':
      return constantWrites(at, [...read, ...at.guards, at.place], does.value);
    case 'use':
      return [
        ...calledWrites(does, at, place, read),
        ...(does.translate === undefined ? [] : codeWrites(at, read, does.translate)),
      ];
    case 'run':
      return calledWrites(does, at, place, read);
    case 'create':
      return [leaf(at, read, none, 'Reference'), ...calledWrites(does, at, place, read)];
    case 'refer':
      return [leaf(at, read, none, 'Reference')];
    case 'item':
      return does.rules.flatMap((rule) => ruleWrites(rule, { ...at, place, base: at.steps.length }));
    case 'scope':
      return does.rules.flatMap((rule) => ruleWrites(rule, { ...at, place }));
    case 'switch':
      return switchRules(does).flatMap((rule) => ruleWrites(rule, { ...at, guards: [...at.guards, ...read] }));
    // Instances are message modules' concern; an issue writes nothing.
    case 'into':
    case 'ref':
    case 'issue':
    case 'nothing':
      return [];
  }
}

/** What a function makes of inputs that are all known beforehand: the URI of a table that the caller names. */
function calledConstant({ function: name, with: given }: Extract<IrAction, { kind: 'call' }>, at: Stand): Written {
  const inputs = given.map((each) => ('path' in each ? undefined : fixedText(each, at)));
  if (inputs.length === 0 || inputs.includes(undefined)) return none;
  const result = mappingFunctions.get(name.replace(/@.*/, ''))?.run(inputs, { feed: nobody });
  return typeof result === 'string' ? { kind: 'constant', text: result } : none;
}

const nobody = { authority: '', namespaces: new Map(), codeSystems: new Map(), zone: 'UTC' };

const fixedText = (given: IrArgument, at: Stand): string | undefined => {
  if ('fixed' in given) return given.fixed;
  return 'parameter' in given ? at.parameters[at.module.parameters.indexOf(given.parameter)] : undefined;
};

const switchRules = ({ cases, otherwise = [], absent = [] }: Extract<IrAction, { kind: 'switch' }>): IrRule[] => [
  ...cases.flatMap(({ rules }) => rules),
  ...otherwise,
  ...absent,
];

interface ModuleCall {
  readonly module: string;
  readonly with: readonly IrArgument[];
}

function calledWrites(call: ModuleCall, at: Stand, place: string, read: readonly string[]): Write[] {
  const module = at.modules.get(call.module);
  if (module === undefined || at.open.includes(module.name)) return [leaf(at, read, none)];
  const parameters = call.with.map((given) => fixedText(given, at));
  const inside: Stand = { ...at, module, place, parameters, base: at.steps.length, open: [...at.open, module.name] };
  return module.rules.flatMap((rule) => ruleWrites(rule, inside));
}

function codeWrites(at: Stand, read: readonly string[], { map, shape }: IrTranslate): Write[] {
  const code: Written = { kind: 'code', map };
  if (shape === 'code') return [leaf(at, read, code, 'code')];
  const coding = shape === 'Coding' ? at : { ...at, steps: [...at.steps, 'coding'] };
  return ['code', 'system', 'display'].map((name) => leaf({ ...coding, steps: [...coding.steps, name] }, read, code));
}

function constantWrites(at: Stand, read: readonly string[], value: ConstantSyntax, parent = parentOf(at)): Write[] {
  if (Array.isArray(value))
    return (value as readonly ConstantSyntax[]).flatMap((item) => constantWrites(at, read, item, parent));
  if (typeof value !== 'object') return [leaf(at, read, { kind: 'constant', text: String(value) }, undefined, parent)];
  return Object.entries(value).flatMap(([name, inner]) =>
    constantWrites({ ...at, steps: [...at.steps, name] }, read, inner, parent),
  );
}

/** The url of each extension a rule writes in is written with it. */
function extensionUrls(rule: IrRule, at: Stand, read: readonly string[]): Write[] {
  const before = at.steps.length - rule.to.length;
  return rule.to.flatMap(({ url }, index) => {
    if (url === undefined) return [];
    const steps = [...at.steps.slice(0, before + index + 1), 'url'];
    return [leaf({ ...at, steps }, [...read, ...at.guards, at.place], { kind: 'constant', text: url })];
  });
}

const argumentFields = (given: readonly IrArgument[], place: string): string[] =>
  fieldsAt(
    given.flatMap((argument) => ('path' in argument ? [argument.path] : [])),
    place,
  );

function leaf(at: Stand, fields: readonly string[], written: Written, type?: string, parent?: number): Write {
  const { rule = '', steps, fallback } = at;
  return {
    rule,
    path: plain(steps.map((step) => step.replace(/[[(].*$/, '')).join('.')),
    fields: [...new Set(fields)],
    written,
    steps,
    urls: steps.flatMap((step) => /\((.*)\)$/.exec(step)?.[1] ?? []),
    fallback,
    parent: parent ?? parentOf(at),
    ...(type === undefined ? {} : { type }),
  };
}

/** What must have a value already: items that a rule opens itself need none (src/mappings/link/write.ts). */
function parentOf({ steps, base }: Stand): number {
  const parents = steps.slice(0, -1);
  return Math.max(base, parents.findLastIndex((step) => !/\[#|\(|^_/.test(step)) + 1);
}

/**
 * A constant is written only beside values of its parent, and as a fallback only where the fields of the other rules for
 * its element are empty: it depends on the fields of both.
 */
function withSiblings(writes: readonly Write[], { layer }: IrModule): Write[] {
  const below = fieldsBelow(writes);
  return writes.map((write) => {
    if (write.written.kind !== 'constant') return write;
    const { steps, parent, fallback, path } = write;
    const beside = parent > 0 || layer === 'datatype' ? (below.get(prefix(steps, parent)) ?? []) : [];
    const instead = fallback ? writes.filter((other) => other.path !== '' && isWithin(path, other.path)) : [];
    return { ...write, fields: [...new Set([...write.fields, ...beside, ...instead.flatMap(({ fields }) => fields)])] };
  });
}

const prefix = (steps: readonly string[], length: number): string => steps.slice(0, length).join('\n');

/** The fields that the writes below each element depend on. */
function fieldsBelow(writes: readonly Write[]): ReadonlyMap<string, ReadonlySet<string>> {
  const below = new Map<string, Set<string>>();
  for (const { steps, fields } of writes) {
    for (let length = 0; length <= steps.length; length += 1) {
      const key = prefix(steps, length);
      const all = below.get(key) ?? new Set();
      for (const field of fields) all.add(field);
      below.set(key, all);
    }
  }
  return below;
}
