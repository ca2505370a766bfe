// A compiled package, ready to map: modules are linked when first run, then kept.
import { issue, type Issue } from '../../model/issue.js';
import type { Feed } from '../../model/feed.js';
import type { ElementDelete, MappedMessage, MappedResource } from '../../model/mapped.js';
import { refusal, success, type Result } from '../../model/result.js';
import type { Place, SourceContext, SourceMessage } from '../../model/source.js';
import { GatewayError } from '../../model/error.js';
import type { IrModule, IrPackage } from '../language/ir.js';
import type { Identity, LinkEnvironment, Linking, ModuleProgram } from './environment.js';
import { Ignores } from './ignore.js';
import { linkIdentity } from './identity.js';
import { linkMessage } from './message.js';
import { outlineOf } from './need.js';
import { linkElement, type Rules } from './rule.js';
import { Run, type Frame } from './run.js';

export interface MappingProgram {
  readonly package: IrPackage;
  /** Maps one message. Refused only when no module takes its structure. */
  map(message: SourceMessage, feed: Feed): Result<MappedMessage>;
}

interface MapMessage {
  readonly run: (run: Run, root: Place) => void;
  /** It takes the structures that no other module names, whatever they hold. */
  readonly anyStructure: boolean;
}

export function linkPackage(ir: IrPackage, environment: LinkEnvironment): MappingProgram {
  const modules = new Map(ir.modules.map((module) => [module.name, module]));
  const programs = new Map<string, ModuleProgram>();
  const messages = new Map<string, MapMessage>();
  const program = (name: string): ModuleProgram =>
    remember(programs, name, () => linkModule(linkingOf(known(modules, name))));
  const linkingOf = (module: IrModule): Linking => ({
    environment,
    module,
    context: contextOf(module, ir.format),
    name: `${ir.name}/${module.name}`,
    program,
  });
  const takers = messageModules(ir);
  const mapper = (structure: string): MapMessage | undefined => {
    const module = takers.get(structure) ?? takers.get('*');
    return module && remember(messages, module.name, () => linkMessageModule(linkingOf(module)));
  };
  return {
    package: ir,
    map(message, feed) {
      const map = mapper(message.structure);
      if (map === undefined)
        return refusal(...message.issues, issue('map.no-mapping', { messageType: message.structure }));
      const run = new Run(message, feed);
      map.run(run, message.root);
      if (map.anyStructure) reportUnread(run);
      return success(mapped(run));
    },
  };
}

function remember<T>(cache: Map<string, T>, name: string, make: () => T): T {
  let found = cache.get(name);
  if (found === undefined) cache.set(name, (found = make()));
  return found;
}

function known(modules: ReadonlyMap<string, IrModule>, name: string): IrModule {
  const module = modules.get(name);
  if (module === undefined) throw new GatewayError('incorrect', `there is no mapping module ${name}`);
  return module;
}

/** The first message module that names each structure; `*` stands for those that none names. */
function messageModules({ modules }: IrPackage): ReadonlyMap<string, IrModule> {
  const takers = new Map<string, IrModule>();
  for (const module of modules)
    if (module.layer === 'message')
      for (const structure of module.source) if (!takers.has(structure)) takers.set(structure, module);
  return takers;
}

function contextOf({ layer, source }: IrModule, format: IrPackage['format']): SourceContext {
  const [first = ''] = source;
  switch (layer) {
    case 'segment':
      return { kind: 'segment', segment: first };
    case 'datatype':
      return { kind: 'datatype', datatype: first };
    case 'object':
      return { kind: 'object', name: first };
    case 'row':
      return { kind: 'row', files: source };
    case 'message':
      return messageContext(source, format);
  }
}

function messageContext(source: readonly string[], format: IrPackage['format']): SourceContext {
  if (format === 'json') return { kind: 'object', name: 'message' };
  return format === 'csv' ? { kind: 'file', files: source } : { kind: 'message', structures: source };
}

function linkModule(linking: Linking): ModuleProgram {
  const { layer, rules } = linking.module;
  return new LinkedModule(linking, linkElement(linking, layer === 'message' ? [] : rules));
}

class LinkedModule implements ModuleProgram {
  readonly module: IrModule;
  readonly identity: Identity;
  readonly #ignores: Ignores;
  readonly #rules: Rules;

  constructor(linking: Linking, rules: Rules) {
    this.module = linking.module;
    this.identity = linkIdentity(linking);
    this.#ignores = new Ignores(linking);
    this.#rules = rules;
  }

  /** Ignored values first: what a rule reads all the same counts as read. */
  run(run: Run, at: Place, frame: Frame): void {
    const held = outlineOf(run, at);
    this.#ignores.mark(run, at, held);
    this.#rules.run(run, at, frame, held);
  }
}

function linkMessageModule(linking: Linking): MapMessage {
  const ignores = new Ignores(linking);
  const map = linkMessage(linking);
  return {
    run: (run, root) => {
      ignores.mark(run, root, outlineOf(run, root));
      map(run, root);
    },
    anyStructure: linking.module.source.includes('*'),
  };
}

/** What a module for any structure left aside as a whole. */
function reportUnread({ message, issues }: Run): void {
  const names = message.unread?.() ?? [];
  if (names.length > 0) issues.push(issue('map.unmapped-segments', { names: names.join(', ') }));
}

function mapped(run: Run): MappedMessage {
  const resources: MappedResource[] = run.drafts.filter(({ sourced }) => sourced);
  return {
    resources,
    issues: [...run.issues, ...deletesOfNothing(run)],
    residuals: run.message.residuals(),
    unmapped: run.unmapped,
    deletes: deletesOf(run),
  };
}

const deletesOf = ({ deletes, message }: Run): ElementDelete[] =>
  deletes
    .filter(({ resource }) => resource.sourced)
    .map(({ resource, element, rule, place }) => ({ resource, element, rule, position: message.positionOf(place) }));

/** A null is all that the message says of the resource: there is no key by which to delete anything. */
const deletesOfNothing = ({ deletes, message }: Run): Issue[] =>
  deletes
    .filter(({ resource }) => !resource.sourced)
    .map(({ resource: { type }, element, rule, place }) =>
      issue('map.delete-of-nothing', { type, element }, { position: message.positionOf(place), rule }),
    );
