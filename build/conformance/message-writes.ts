// What message modules write into their instances: references between them, with what stands in the instance referred to.
import type { IrAction, IrModule, IrPackage, IrRule, IrStep } from '../../src/mappings/language/ir.js';
import { conditionFields } from './source-field.js';
import { plain } from './spelling.js';
import { byTable } from './tables.js';
import { writesOf, writesOfRule, type Write } from './writes.js';

/** Instance -> modules that are run on it, as far as a scope sees. */
type Instances = ReadonlyMap<string, readonly string[]>;

interface Scope {
  readonly module: IrModule;
  readonly modules: ReadonlyMap<string, IrModule>;
  readonly ir: IrPackage;
  readonly instances: Instances;
  /** References followed already: message modules repeat each other. */
  readonly seen: Set<string>;
}

type InstanceWrite = readonly [type: string, write: Write];

const known = new WeakMap<IrPackage, ReadonlyMap<string, readonly Write[]>>();

/** Resource type -> what message modules write into its instances. */
export function messageWrites(ir: IrPackage): ReadonlyMap<string, readonly Write[]> {
  let found = known.get(ir);
  if (found === undefined) known.set(ir, (found = collect(ir)));
  return found;
}

function collect(ir: IrPackage): ReadonlyMap<string, readonly Write[]> {
  const modules = new Map(ir.modules.map((module) => [module.name, module]));
  const seen = new Set<string>();
  const writes = ir.modules
    .filter(({ layer }) => layer === 'message')
    .flatMap((module) => scopeWrites(module.rules, { module, modules, ir, seen, instances: new Map() }));
  const byType = byTable(writes, ([type]) => type);
  return new Map([...byType].map(([type, found]) => [type, found.map(([, write]) => write)]));
}

function scopeWrites(rules: readonly IrRule[], outer: Scope): InstanceWrite[] {
  const scope = { ...outer, instances: withRuns(outer.instances, rules) };
  return rules.flatMap((rule) => instanceWrites(rule, scope));
}

function withRuns(outer: Instances, rules: readonly IrRule[]): Instances {
  const instances = new Map(outer);
  for (const { does } of rules)
    if (does.kind === 'into') instances.set(does.instance, [...(instances.get(does.instance) ?? []), does.module]);
  return instances;
}

function instanceWrites(rule: IrRule, scope: Scope): InstanceWrite[] {
  const { does, instance, to } = rule;
  if (does.kind === 'scope') return scopeWrites(does.rules, scope);
  if (does.kind === 'into')
    return does.refs.flatMap((ref) => referenceWrites(rule, does.instance, ref.to, ref.instance, scope));
  if (instance === undefined) return [];
  if (does.kind === 'ref') return referenceWrites(rule, instance, to, referred(does), scope);
  return writesOfRule(rule, scope.module, scope.modules).map((write) => [typeOf(instance), write]);
}

const referred = ({ instance }: Extract<IrAction, { kind: 'ref' }>): string => instance;

const typeOf = (instance: string): string => instance.replace(/\[.*/, '');

/** The reference itself, and everything the modules write that are run on the instance it names. */
function referenceWrites(
  { id, when }: IrRule,
  holder: string,
  to: readonly IrStep[],
  target: string,
  { module, modules, ir, instances, seen }: Scope,
): InstanceWrite[] {
  const rule = `${module.name}#${id}`;
  const steps = to.map(({ name, url }) => (url === undefined ? name : `${name}(${url})`));
  const path = plain(to.map(({ name }) => name).join('.'));
  const url = to.findLast((step) => step.url !== undefined)?.url;
  const stands = { rule, steps, fallback: false, parent: steps.length };
  const urls = url === undefined ? [] : [url];
  const reference: Write = { ...stands, urls, path, fields: conditionFields(when, ''), written: { kind: 'value' } };
  const inner = (instances.get(target) ?? []).flatMap((name) => {
    const run = modules.get(name);
    const key = `${typeOf(holder)} ${steps.join('.')} ${name}`;
    if (run === undefined || seen.has(key)) return [];
    seen.add(key);
    return writesOf(run, ir);
  });
  const all = [
    reference,
    ...inner.map((write) => ({ ...write, ...stands, urls: [...urls, ...write.urls], path: `${path}.${write.path}` })),
  ];
  return [...all, ...urlOf(all, path, url)].map((write) => [typeOf(holder), write]);
}

/** The url of the extension that holds the reference. */
function urlOf(writes: readonly Write[], path: string, url: string | undefined): Write[] {
  const [first] = writes;
  if (url === undefined || first === undefined) return [];
  const fields = [...new Set(writes.flatMap((write) => write.fields))];
  return [{ ...first, path: path.replace(/[^.]*$/, 'url'), fields, written: { kind: 'constant', text: url } }];
}
