// One rule of YAML to one rule of IR: its source, its target and what it does, each checked.
import { issueCatalogue } from '../../model/issues.js';
import type { SourcePath } from '../../model/source.js';
import { instanceType } from './instance.js';
import type { IrAction, IrCase, IrRef, IrRule } from './ir.js';
import {
  lowerCall,
  lowerConstant,
  lowerConvert,
  lowerCreate,
  lowerRefer,
  lowerTranslate,
  lowerUse,
  moduleArguments,
} from './lower-action.js';
import { condition, refuse, sourcePath, type LoweredSource, type Lowering } from './lowering.js';
import type { ActionSyntax, CaseSyntax } from './syntax.js';
import { resolveTarget, type Target } from './target-path.js';

const writes = [
  'to',
  'use',
  'create',
  'refer',
  'translate',
  'call',
  'fixed',
  'assumed',
  'ref',
  'into',
  'switch',
  'issue',
  'rules',
  'as',
] as const;

export function lowerRule(at: Lowering, syntax: ActionSyntax): IrRule | undefined {
  if (!writes.some((word) => syntax[word] !== undefined))
    return refuse(
      at,
      [],
      'The rule does nothing.',
      'Give it to, use, switch, rules, ref or issue; or move the path to ignore.',
    );
  const target = lowerTarget(at, syntax);
  if (target === null) return undefined;
  const source = lowerSource(at, syntax, target);
  if (source === undefined) return undefined;
  const does = lowerDoes(at, syntax, target, source);
  if (does === undefined) return undefined;
  const when = condition(at, ['when'], syntax.when);
  return {
    id: at.rule,
    ...(when === undefined ? {} : { when }),
    source: source.reads,
    reads: (syntax.reads ?? []).filter((path) => sourcePath(at, ['reads'], path) !== undefined),
    to: target?.steps ?? [],
    ...(syntax.into !== undefined && syntax.to !== undefined ? { instance: syntax.into } : {}),
    ...(syntax.fallback === true ? { fallback: true as const } : {}),
    ...(syntax.qualifies === true ? { qualifies: true as const } : {}),
    does,
  };
}

/** The target, undefined where the rule has none, null where it is wrong. */
function lowerTarget(at: Lowering, syntax: ActionSyntax): Target | undefined | null {
  if (syntax.to === undefined) return undefined;
  const type = syntax.into === undefined ? at.element : instanceType(syntax.into);
  if (type === '') {
    refuse(at, ['to'], 'A message module has no element of its own.', 'Name the instance: into: "Type[1]".');
    return null;
  }
  const target = resolveTarget(syntax.to, type, at.shared.environment.definitions);
  if ('mend' in target) {
    refuse(at, ['to'], target.reason, target.mend);
    return null;
  }
  return target;
}

function lowerSource(at: Lowering, syntax: ActionSyntax, target: Target | undefined): LoweredSource | undefined {
  const written = syntax.each ?? syntax.from ?? syntax.switch;
  if (written === undefined || Array.isArray(written))
    return { reads: { pick: 'all' }, path: undefined, within: at.context };
  const text = written as string;
  const path = sourcePath(
    at,
    [syntax.each !== undefined ? 'each' : syntax.from !== undefined ? 'from' : 'switch'],
    text,
  );
  if (path === undefined) return undefined;
  const within = at.shared.description.within(path, at.context);
  const pick = pickOf(at, syntax, target, path);
  if (pick === undefined) return undefined;
  const where = condition(at, ['where'], syntax.where, within);
  return {
    reads: {
      path: text,
      pick,
      ...(where === undefined ? {} : { where }),
      ...(syntax.read === 'whole' ? { whole: true as const } : {}),
    },
    path,
    within,
  };
}

/** Law 3: no scalar from a list without saying which. */
function pickOf(
  at: Lowering,
  syntax: ActionSyntax,
  target: Target | undefined,
  path: SourcePath,
): 'only' | 'first' | 'all' | undefined {
  if (syntax.switch !== undefined) return 'first';
  if (syntax.expect !== undefined && syntax.expect !== 'all') return syntax.expect;
  if (syntax.each !== undefined || syntax.issue !== undefined) return 'all';
  const single =
    syntax.into !== undefined && syntax.use !== undefined
      ? syntax.merge !== true
      : target !== undefined && !opensItems(target);
  if (!single) return 'all';
  if (!path.repeats) return syntax.expect ?? 'only';
  if (syntax.into !== undefined && syntax.use !== undefined)
    return refuse(
      at,
      ['from'],
      `${path.text} repeats, but ${syntax.into} is one instance.`,
      'Open a scope with each, or say merge: true when every repetition writes the same instance.',
    );
  return refuse(
    at,
    ['from'],
    `${path.text} repeats, but ${syntax.to ?? 'the target'} takes one value.`,
    'Say expect: only or expect: first, with where if it depends on the value.',
  );
}

/** A path that makes a new item for each value: some repeating step has no key. */
const opensItems = (target: Target): boolean =>
  target.steps.some((step) => step.list === true && step.key === undefined);

function lowerDoes(
  at: Lowering,
  syntax: ActionSyntax,
  target: Target | undefined,
  source: LoweredSource,
): IrAction | undefined {
  if (syntax.issue !== undefined) return lowerIssue(at, syntax);
  if (syntax.switch !== undefined) return lowerSwitch(at, syntax);
  if (syntax.rules !== undefined) return lowerScope(at, syntax, target, source);
  if (syntax.into !== undefined && syntax.use !== undefined) return lowerInto(at, syntax, syntax.into, syntax.use);
  if (syntax.ref !== undefined) return lowerRef(at, target, syntax.ref);
  if (target === undefined) return lowerRun(at, syntax);
  if (syntax.fixed !== undefined || syntax.assumed !== undefined) return lowerConstant(at, syntax, target);
  if (syntax.create !== undefined) return lowerCreate(at, syntax, target, source);
  if (syntax.refer !== undefined) return lowerRefer(at, syntax, target);
  if (syntax.use !== undefined) return lowerUse(at, syntax, target, source);
  if (syntax.translate !== undefined) return lowerTranslate(at, syntax.translate, target);
  if (syntax.call !== undefined) return lowerCall(at, syntax, target, source);
  return source.path === undefined
    ? refuse(at, [], 'The rule writes an element but reads nothing.', 'Give it from, fixed, assumed or ref.')
    : lowerConvert(at, syntax, target);
}

function lowerIssue(at: Lowering, { issue = '' }: ActionSyntax): IrAction | undefined {
  return Object.hasOwn(issueCatalogue, issue)
    ? { kind: 'issue', code: issue }
    : refuse(at, ['issue'], `"${issue}" is no issue code.`, 'See docs/generated/issues.md.');
}

function lowerScope(at: Lowering, syntax: ActionSyntax, target: Target | undefined, source: LoweredSource): IrAction {
  const element = target?.type ?? (syntax.to === undefined ? at.element : '');
  const inner = { ...at, context: source.within, element };
  const rules = (syntax.rules ?? []).flatMap(
    (rule, index) => lowerRule({ ...inner, path: [...at.path, 'rules', index], rule: rule.id }, rule) ?? [],
  );
  return { kind: target === undefined ? 'scope' : 'item', rules };
}

function lowerSwitch(at: Lowering, syntax: ActionSyntax): IrAction {
  const cases: IrCase[] = [];
  let otherwise: readonly IrRule[] | undefined;
  let absent: readonly IrRule[] | undefined;
  for (const [name, written] of Object.entries(syntax.cases ?? {})) {
    const rules = lowerCase(at, name, written);
    if (name === 'default') otherwise = rules;
    else if (name === 'absent') absent = rules;
    else cases.push({ values: name.split('|').map((value) => value.trim()), rules });
  }
  if (otherwise === undefined) checkValueTypes(at, syntax, cases);
  return {
    kind: 'switch',
    cases,
    ...(otherwise === undefined ? {} : { otherwise }),
    ...(absent === undefined ? {} : { absent }),
  };
}

function lowerCase(at: Lowering, name: string, written: CaseSyntax): IrRule[] {
  const list: readonly ActionSyntax[] = Array.isArray(written)
    ? (written as readonly ActionSyntax[])
    : [written as ActionSyntax];
  const single = !Array.isArray(written);
  return list.flatMap((action, index) => {
    const rule = action.id ?? `${at.rule}/${name}${single ? '' : `.${index + 1}`}`;
    return lowerRule({ ...at, rule, path: [...at.path, 'cases', name, ...(single ? [] : [index])] }, action) ?? [];
  });
}

/** The compiler refuses a switch over OBX-2 that forgets a type of table 0125. */
function checkValueTypes(at: Lowering, syntax: ActionSyntax, cases: readonly IrCase[]): void {
  if (syntax.switch !== 'OBX-2') return;
  const handled = new Set(cases.flatMap(({ values }) => values));
  const missing = at.shared.environment.valueTypes.filter((type) => !handled.has(type));
  if (missing.length > 0)
    refuse(
      at,
      ['cases'],
      `The value types ${missing.join(', ')} of table 0125 are not handled.`,
      'Add cases, or a default.',
    );
}

function lowerInto(at: Lowering, syntax: ActionSyntax, instance: string, use: string): IrAction | undefined {
  if (at.head.layer !== 'message')
    return refuse(at, ['into'], 'Instances belong to message modules.', 'Use create for a resource of its own.');
  const module = at.shared.heads.get(use);
  if (module === undefined)
    return refuse(at, ['use'], `There is no module "${use}".`, 'Correct the name, or write the module.');
  if (module.target !== instanceType(instance))
    return refuse(
      at,
      ['use'],
      `${use} makes a ${module.target}, not a ${instanceType(instance)}.`,
      'Choose a module of that target.',
    );
  const withArguments = moduleArguments(at, syntax, module, undefined);
  const refs = Object.entries(syntax.refs ?? {}).flatMap(([element, instances]) =>
    lowerRefs(at, element, instance, instances),
  );
  return withArguments && { kind: 'into', instance, module: use, with: withArguments, refs, ...joining(syntax) };
}

const joining = ({ join }: ActionSyntax): { join?: true } => (join === true ? { join } : {});

function lowerRefs(at: Lowering, element: string, instance: string, instances: string | readonly string[]): IrRef[] {
  const target = resolveTarget(element, instanceType(instance), at.shared.environment.definitions);
  if ('mend' in target) {
    refuse(at, ['refs', element], target.reason, target.mend);
    return [];
  }
  return [instances]
    .flat()
    .flatMap((each) => (mayRefer(at, ['refs', element], target, each) ? [{ to: target.steps, instance: each }] : []));
}

function mayRefer(at: Lowering, node: readonly string[], target: Target, instance: string): boolean {
  const type = instanceType(instance);
  if (target.type !== 'Reference')
    return refuse(at, node, `The element is a ${target.type}, not a Reference.`, 'Name a Reference element.') ?? false;
  if (target.targets === undefined || target.targets.includes(type) || target.targets.includes('Resource')) return true;
  return (
    refuse(
      at,
      node,
      `The element may refer to ${target.targets.join(', ')}, not to ${type}.`,
      'Choose another element or instance.',
    ) ?? false
  );
}

function lowerRef(at: Lowering, target: Target | undefined, instance: string): IrAction | undefined {
  if (at.head.layer !== 'message' || target === undefined)
    return refuse(at, ['ref'], 'ref writes an element of an instance in a message module.', 'Give into and to.');
  return mayRefer(at, ['ref'], target, instance) ? { kind: 'ref', instance } : undefined;
}

function lowerRun(at: Lowering, syntax: ActionSyntax): IrAction | undefined {
  const module = syntax.use === undefined ? undefined : at.shared.heads.get(syntax.use);
  if (module === undefined)
    return refuse(
      at,
      ['use'],
      `There is no module "${syntax.use ?? ''}".`,
      'Correct the name, or give the rule a target with to.',
    );
  if (module.target !== at.element)
    return refuse(
      at,
      ['use'],
      `${module.name} makes a ${module.target}; here stands a ${at.element || 'message'}.`,
      'Give the rule a target with to or into.',
    );
  const withArguments = moduleArguments(at, syntax, module, undefined);
  return withArguments && { kind: 'run', module: module.name, with: withArguments, ...joining(syntax) };
}
