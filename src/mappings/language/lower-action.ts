// What a writing rule does: convert, use, create, refer, translate, call or a constant, checked against the element.
import type { SourcePath } from '../../model/source.js';
import type { MappingFunction } from '../functions/function.js';
import { converterTypes } from '../convert/converters.js';
import { fits, isPrimitive } from './fit.js';
import type { IrAction, IrArgument, IrTranslate } from './ir.js';
import { argument, refuse, type LoweredSource, type Lowering, type ModuleHead } from './lowering.js';
import type { ActionSyntax, ArgumentSyntax, ConstantSyntax, TranslateSyntax } from './syntax.js';
import type { Target } from './target-path.js';

export function lowerConvert(at: Lowering, syntax: ActionSyntax, target: Target): IrAction | undefined {
  const as = syntax.as ?? target.type;
  if (!converterTypes.has(as)) {
    if (isPrimitive(as))
      return refuse(at, ['as'], `There is no converter to ${as}.`, `Converters: ${[...converterTypes].join(', ')}.`);
    return refuse(
      at,
      ['to'],
      `The element is a ${as}; text cannot become one by itself.`,
      'Say which module builds it with use, or go deeper in the path.',
    );
  }
  if (!fits(as, target.type))
    return refuse(at, ['as'], `A ${as} does not fit the element, a ${target.type}.`, 'Correct as or to.');
  if (requiresMap(at, target))
    return refuse(
      at,
      ['to'],
      `The element has a required binding (${target.element?.binding?.valueSet ?? ''}) and no map.`,
      'Add translate, call or fixed.',
    );
  return { kind: 'convert', as };
}

/** A code element bound with strength required to a value set whose codes are known. */
const requiresMap = (at: Lowering, target: Target): boolean => {
  const binding = target.type === 'code' ? target.element?.binding : undefined;
  return binding?.strength === 'required' && at.shared.environment.definitions.codes(binding.valueSet) !== undefined;
};

export function lowerUse(
  at: Lowering,
  syntax: ActionSyntax,
  target: Target,
  source: LoweredSource,
): IrAction | undefined {
  const module = usedModule(at, syntax, target.type);
  if (module === undefined) return undefined;
  const withArguments = moduleArguments(at, syntax, module, source.path);
  const translate = syntax.translate === undefined ? undefined : irTranslate(at, syntax.translate, target);
  if (withArguments === undefined || (syntax.translate !== undefined && translate === undefined)) return undefined;
  return { kind: 'use', module: module.name, with: withArguments, ...(translate === undefined ? {} : { translate }) };
}

function usedModule(at: Lowering, syntax: ActionSyntax, wanted: string): ModuleHead | undefined {
  const module = at.shared.heads.get(syntax.use ?? '');
  if (module === undefined)
    return refuse(at, ['use'], `There is no module "${syntax.use ?? ''}".`, 'Correct the name, or write the module.');
  if (!fits(module.target, wanted))
    return refuse(
      at,
      ['use'],
      `${module.name} makes a ${module.target}; the element is a ${wanted}.`,
      'Choose a module of that target.',
    );
  return module;
}

/**
 * Arguments in the order of the module's parameters. A parameter `table` that the caller does not pass is the HL7
 * table the dictionary gives for the field read.
 */
export function moduleArguments(
  at: Lowering,
  syntax: ActionSyntax,
  module: ModuleHead,
  path: SourcePath | undefined,
): IrArgument[] | undefined {
  const given: Readonly<Record<string, string>> = Array.isArray(syntax.with)
    ? {}
    : ((syntax.with as Record<string, string> | undefined) ?? {});
  for (const name of Object.keys(given)) {
    if (!module.parameters.includes(name))
      return refuse(
        at,
        ['with', name],
        `${module.name} has no parameter "${name}".`,
        `It has: ${module.parameters.join(', ') || 'none'}.`,
      );
  }
  return module.parameters.map((name): IrArgument => {
    const value = given[name];
    if (value === undefined) return { fixed: name === 'table' ? (path?.table ?? '') : '' };
    return value.startsWith('$') && at.head.parameters.includes(value.slice(1))
      ? { parameter: value.slice(1) }
      : { fixed: value };
  });
}

export function lowerCreate(
  at: Lowering,
  syntax: ActionSyntax,
  target: Target,
  source: LoweredSource,
): IrAction | undefined {
  const type = syntax.create ?? '';
  if (!pointsAt(at, ['create'], target, type)) return undefined;
  const module = usedModule(at, syntax, type);
  const withArguments = module === undefined ? undefined : moduleArguments(at, syntax, module, source.path);
  return module === undefined || withArguments === undefined
    ? undefined
    : { kind: 'create', type, module: module.name, with: withArguments };
}

export function lowerRefer(at: Lowering, syntax: ActionSyntax, target: Target): IrAction | undefined {
  const type = syntax.refer ?? '';
  return pointsAt(at, ['refer'], target, type)
    ? { kind: 'refer', type, authority: syntax.authority ?? 'feed' }
    : undefined;
}

function pointsAt(at: Lowering, node: readonly string[], target: Target, type: string): boolean {
  if (target.type !== 'Reference')
    return (
      refuse(at, ['to'], `The element is a ${target.type}, not a Reference.`, 'Name a Reference element.') ?? false
    );
  if (at.shared.environment.definitions.type(type)?.kind !== 'resource')
    return refuse(at, node, `${type} is no resource type.`, 'See http://hl7.org/fhir/R4/resourcelist.html.') ?? false;
  if (target.targets === undefined || target.targets.includes(type) || target.targets.includes('Resource')) return true;
  return (
    refuse(
      at,
      node,
      `The element may refer to ${target.targets.join(', ')}, not to ${type}.`,
      'Choose another element.',
    ) ?? false
  );
}

export function lowerTranslate(at: Lowering, syntax: TranslateSyntax, target: Target): IrAction | undefined {
  const translate = irTranslate(at, syntax, target);
  return translate === undefined ? undefined : { kind: 'translate', translate };
}

function irTranslate(at: Lowering, syntax: TranslateSyntax, target: Target): IrTranslate | undefined {
  const name = syntax.map.replace(/@.*$/, '');
  const map = at.shared.environment.codeMaps.get(name);
  if (map === undefined)
    return refuse(at, ['translate', 'map'], `There is no code map "${name}".`, `Add valuesets/${name}.json.`);
  const shape = target.type === 'Coding' || target.type === 'CodeableConcept' ? target.type : 'code';
  if (shape === 'code' && !fits('code', target.type))
    return refuse(
      at,
      ['to'],
      `A code does not fit the element, a ${target.type}.`,
      'Name a code, Coding or CodeableConcept.',
    );
  const required = target.element?.binding?.strength === 'required';
  const unmapped = syntax.unmapped ?? (required ? 'hold' : 'pass-original');
  if (unmapped === 'pass-original' && shape === 'code')
    return refuse(
      at,
      ['translate', 'unmapped'],
      'A code element cannot keep the original code: it would pass for one of the target system.',
      'Say hold, absent or default.',
    );
  if (unmapped === 'default' && (syntax.default === undefined || syntax.because === undefined))
    return refuse(at, ['translate'], 'A default code needs the code and a reason.', 'Add default and because.');
  const foreign = map.targetCodes().find((code) => !allowed(at, target, code));
  if (foreign !== undefined)
    return refuse(
      at,
      ['translate', 'map'],
      `The map gives "${foreign}", which the element's value set does not have.`,
      'Correct the map, or choose another.',
    );
  if (syntax.default !== undefined && !allowed(at, target, syntax.default))
    return refuse(
      at,
      ['translate', 'default'],
      `"${syntax.default}" is not in the element's value set.`,
      'Choose a code of the value set.',
    );
  return {
    map: name,
    unmapped,
    ...(syntax.default === undefined ? {} : { default: syntax.default }),
    ...(syntax.because === undefined ? {} : { because: syntax.because }),
    ...(syntax.original === 'drop' ? { dropOriginal: true as const } : {}),
    shape,
  };
}

/** Is the code in the element's required value set, as far as its codes are known? */
function allowed(at: Lowering, target: Target, code: string): boolean {
  const binding = target.element?.binding;
  const systems =
    binding?.strength === 'required' ? at.shared.environment.definitions.codes(binding.valueSet) : undefined;
  return systems === undefined || [...systems.values()].some((codes) => codes.has(code));
}

export function lowerCall(
  at: Lowering,
  syntax: ActionSyntax,
  target: Target,
  source: LoweredSource,
): IrAction | undefined {
  const name = syntax.call ?? '';
  const called = at.shared.environment.functions.get(name);
  if (called === undefined)
    return refuse(at, ['call'], `There is no function "${name}".`, 'See docs/generated/functions.md.');
  if (!fits(called.output, target.type))
    return refuse(
      at,
      ['call'],
      `${name} gives a ${called.output}; the element is a ${target.type}.`,
      'Correct call or to.',
    );
  const withArguments = callArguments(at, syntax, called, source);
  if (withArguments === undefined) return undefined;
  return { kind: 'call', function: `${name}@${called.version}`, with: withArguments, as: target.type };
}

/**
 * Inputs in the function's order. `with` as a list or `from` as a list give them by position, `with` as an object by
 * name; the first input an object leaves open takes the place that `from` selects.
 */
function callArguments(
  at: Lowering,
  syntax: ActionSyntax,
  called: MappingFunction,
  source: LoweredSource,
): IrArgument[] | undefined {
  const written = argumentList(syntax, called);
  const unknown = Array.isArray(syntax.with)
    ? undefined
    : Object.keys(syntax.with ?? {}).find((name) => !called.inputs.some((input) => input.name === name));
  if (unknown !== undefined || written.length > called.inputs.length)
    return refuse(
      at,
      ['with'],
      `${called.name} does not take ${unknown === undefined ? `${written.length} inputs` : `"${unknown}"`}.`,
      `It takes: ${called.inputs.map(({ name }) => name).join(', ')}.`,
    );
  const lowered = written.map((each, index) =>
    each === undefined ? { fixed: '' } : argument(at, ['with', index], each, each === '.' ? source.within : at.context),
  );
  return lowered.every((each) => each !== undefined) ? lowered : undefined;
}

function argumentList(syntax: ActionSyntax, called: MappingFunction): (ArgumentSyntax | undefined)[] {
  if (Array.isArray(syntax.with)) return [...(syntax.with as readonly ArgumentSyntax[])];
  if (Array.isArray(syntax.from)) return [...(syntax.from as readonly string[])];
  const named = (syntax.with ?? {}) as Readonly<Record<string, string>>;
  const alone = syntax.with === undefined && syntax.from !== undefined ? called.inputs[0]?.name : undefined;
  return called.inputs.map(({ name }) => literal(named[name] ?? (name === alone ? '.' : undefined)));
}

const literal = (text: string | undefined): ArgumentSyntax | undefined =>
  text?.startsWith("'") === true ? { fixed: text.slice(1, -1) } : text;

export function lowerConstant(at: Lowering, syntax: ActionSyntax, target: Target): IrAction | undefined {
  const assumed = syntax.assumed !== undefined;
  if (assumed && syntax.because === undefined)
    return refuse(at, ['assumed'], 'An assumed value needs its reason.', 'Add because: "…".');
  const value = (syntax.fixed ?? syntax.assumed) as ConstantSyntax;
  if (typeof value === 'string' && !allowed(at, target, value) && target.type === 'code')
    return refuse(
      at,
      [assumed ? 'assumed' : 'fixed'],
      `"${value}" is not in the element's value set.`,
      'Choose a code of the value set.',
    );
  if (isPrimitive(target.type) === (typeof value === 'object'))
    return refuse(
      at,
      [assumed ? 'assumed' : 'fixed'],
      `The element is a ${target.type}.`,
      'Write a value of that type.',
    );
  return {
    kind: 'constant',
    value,
    ...(assumed ? { assumed: true as const } : {}),
    ...(syntax.because === undefined ? {} : { because: syntax.because }),
    ...(syntax.always === true ? { always: true as const } : {}),
  };
}
