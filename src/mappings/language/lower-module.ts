// A placed module to IR: its rules, identity and ignores.
import { isRefusal } from '../../model/source.js';
import type { IrCandidate, IrModule, IrRule } from './ir.js';
import { lowerRule } from './lower-rule.js';
import { condition, refuse, sourcePath, type Lowering, type ModuleHead, type PackageLowering } from './lowering.js';
import type { PlacedModule } from './overlay.js';
import type { CandidateSyntax, IgnoreSyntax } from './syntax.js';

export function lowerModule(module: PlacedModule, head: ModuleHead, shared: PackageLowering): IrModule {
  const at: Lowering = {
    shared,
    module,
    head,
    context: head.context,
    element: head.target,
    located: module.located,
    path: [],
    rule: 'module',
  };
  if (head.layer !== 'message' && shared.environment.definitions.type(head.target) === undefined)
    refuse(at, ['target'], `"${head.target}" is no FHIR R4 type.`, 'Give target: { type: … }.');
  checkIds(at, module);
  const rules = module.rules.flatMap(
    ({ rule, located, path }) => lowerRule({ ...at, located, path, rule: rule.id }, rule) ?? [],
  );
  if (rules.length === module.rules.length) checkRequired(at, rules);
  return {
    name: head.name,
    origin: module.origin,
    layer: head.layer,
    source: head.source,
    target: head.target,
    parameters: head.parameters,
    identity: lowerIdentity(at, module),
    rules,
    ignore: (module.syntax.ignore ?? []).flatMap((ignore, index) => lowerIgnore(at, ignore, index) ?? []),
  };
}

function checkIds(at: Lowering, module: PlacedModule): void {
  const seen = new Set<string>();
  for (const { rule, located, path } of module.rules) {
    if (seen.has(rule.id))
      refuse(
        { ...at, located, path, rule: rule.id },
        ['id'],
        `The id "${rule.id}" stands twice in the module.`,
        'Give every rule its own id.',
      );
    seen.add(rule.id);
  }
}

function lowerIgnore(
  at: Lowering,
  { path, reason, when }: IgnoreSyntax,
  index: number,
): IrModule['ignore'][number] | undefined {
  if (sourcePath(at, ['ignore', index, 'path'], path) === undefined) return undefined;
  const guard = condition(at, ['ignore', index, 'when'], when);
  return { path, reason, ...(guard === undefined ? {} : { when: guard }) };
}

function lowerIdentity(at: Lowering, module: PlacedModule): IrCandidate[] {
  const written = module.syntax.identity;
  if (written === undefined) return [];
  const list = (Array.isArray(written) ? written : [written]) as readonly (string | CandidateSyntax)[];
  return list.flatMap((candidate, index) => {
    if (typeof candidate === 'string') return [{ scope: candidate === 'content' ? 'content' : 'message' } as const];
    return (
      lowerCandidate(
        { ...at, path: Array.isArray(written) ? ['identity', index] : ['identity'], rule: 'identity' },
        candidate,
      ) ?? []
    );
  });
}

function lowerCandidate(at: Lowering, syntax: CandidateSyntax): IrCandidate | undefined {
  const picked = syntax.pick === undefined ? undefined : sourcePath(at, ['pick'], syntax.pick);
  if (syntax.pick !== undefined && picked === undefined) return undefined;
  const context = picked === undefined ? at.context : at.shared.description.within(picked, at.context);
  if (syntax.authority === undefined)
    return refuse(
      at,
      [],
      "The key has no authority: two senders' equal keys would collide.",
      "Give authority: a path, a URI, or feed for the feed's own.",
    );
  if (!isAuthorityWord(syntax.authority)) sourcePath(at, ['authority'], syntax.authority, context);
  const where = condition(at, ['where'], syntax.where, context);
  const when = condition(at, ['when'], syntax.when);
  const known = syntax.key.filter((path, index) => keyPath(at, path, index, context));
  if (known.length < syntax.key.length) return undefined;
  return {
    scope: 'business',
    ...(syntax.pick === undefined ? {} : { pick: syntax.pick }),
    ...(where === undefined ? {} : { where }),
    ...(when === undefined ? {} : { when }),
    ...(syntax.expect === 'only' ? { only: true as const } : {}),
    authority: syntax.authority,
    key: syntax.key,
  };
}

/** A key part is a path of the picked value, or else of the module (`?`: may be empty); or a quoted constant. */
function keyPath(at: Lowering, written: string, index: number, context: Lowering['context']): boolean {
  if (written.startsWith("'")) return true;
  const path = written.replace(/\?$/, '');
  if (!isRefusal(at.shared.description.path(path, context))) return true;
  return sourcePath(at, ['key', index], path) !== undefined;
}

export const isAuthorityWord = (authority: string): boolean => authority === 'feed' || /^(urn|https?):/.test(authority);

/** A resource's required elements must be written by some rule of its module, or of a module it runs. */
function checkRequired(at: Lowering, rules: readonly IrRule[]): void {
  const type = at.shared.environment.definitions.type(at.head.target);
  if (type?.kind !== 'resource' || at.head.layer === 'message') return;
  at.shared.required.push({
    at,
    missing: type.elements
      .filter(({ min, name }) => min > 0 && !rules.some((rule) => writesElement(rule, name)))
      .map(({ name }) => name),
  });
}

/** Does the rule, or a rule within it, write the element `name` (or a choice of it)? */
export function writesElement(rule: IrRule, name: string): boolean {
  const [first] = rule.to;
  if (first !== undefined)
    return (
      first.name === name ||
      (name.endsWith('[x]') && first.name.startsWith(name.slice(0, -3))) ||
      first.name === `_${name}`
    );
  if (rule.does.kind === 'scope') return rule.does.rules.some((inner) => writesElement(inner, name));
  if (rule.does.kind !== 'switch') return false;
  const branches = [...rule.does.cases.map((each) => each.rules), rule.does.otherwise ?? [], rule.does.absent ?? []];
  return branches.some((branch) => branch.some((inner) => writesElement(inner, name)));
}
