// Target paths: parsed, typed against the FHIR definitions, and lowered to steps.
import type { Definitions, ElementModel, TypeModel } from '../../model/definitions.js';
import type { IrStep } from './ir.js';

export interface Target {
  readonly steps: readonly IrStep[];
  /** FHIR type codes the value may have: one, or several where the element is a choice named by its type. */
  readonly type: string;
  /** Resource types a Reference may name; undefined: any. */
  readonly targets?: readonly string[];
  readonly list: boolean;
  readonly element: ElementModel | undefined;
}

export interface TargetRefusal {
  readonly reason: string;
  readonly mend: string;
}

interface Part {
  readonly name: string;
  readonly key?: string;
  readonly url?: string;
}

const part = /\.?(_?[A-Za-z$][A-Za-z0-9]*)(?:\[([^\]]+)\]|\(([^)]*)\))?/y;

/** `contact[nk].name.family`, `extension(http://…).valueCode` -> parts; undefined when it is not a path. */
function split(path: string): Part[] | undefined {
  const parts: Part[] = [];
  part.lastIndex = 0;
  while (part.lastIndex < path.length) {
    const match = part.exec(path);
    if (match?.[1] === undefined) return undefined;
    const [, name, key, url] = match;
    parts.push({ name, ...(key === undefined ? {} : { key }), ...(url === undefined ? {} : { url }) });
  }
  return parts.length === 0 ? undefined : parts;
}

/** Elements of every extension and of extended primitives, which the type's own list need not repeat. */
const extensionElement: ElementModel = { name: 'extension', min: 0, max: -1, types: [{ code: 'Extension' }] };

export function resolveTarget(path: string, typeName: string, definitions: Definitions): Target | TargetRefusal {
  if (path === '$this') return { steps: [], type: typeName, list: false, element: undefined };
  const parts = split(path);
  if (parts === undefined)
    return {
      reason: `"${path}" is not a target path.`,
      mend: 'Write elements joined by dots, with [key] for an item and (url) for an extension.',
    };
  const steps: IrStep[] = [];
  let type = definitions.type(typeName);
  let last: { element: ElementModel; type: string } | undefined;
  for (const each of parts) {
    if (type === undefined)
      return {
        reason: `${last?.type ?? typeName} has no elements below it.`,
        mend: 'End the path earlier, or extend the primitive with _name.extension(url).',
      };
    const found = findElement(each.name, type);
    if (found === undefined)
      return { reason: `${type.name} has no element "${each.name}".`, mend: nearest(each.name, type) };
    const list = isList(found.element);
    steps.push({
      name: each.name,
      ...(list ? { list: true as const } : {}),
      ...(each.key === undefined ? {} : { key: each.key }),
      ...(each.url === undefined ? {} : { url: each.url }),
    });
    last = found;
    type = childType(found, each.name, definitions);
  }
  if (last === undefined) return { reason: 'The target path is empty.', mend: 'Name an element.' };
  const targets = last.element.types.find(({ code }) => code === last.type)?.targets;
  return {
    steps,
    type: last.type,
    list: steps.at(-1)?.list === true && steps.at(-1)?.key === undefined,
    element: last.element,
    ...(targets === undefined ? {} : { targets }),
  };
}

export const isList = (element: ElementModel): boolean => element.max === -1 || element.max > 1;

function findElement(name: string, type: TypeModel): { element: ElementModel; type: string } | undefined {
  if (name === 'extension' || name === 'modifierExtension')
    return { element: { ...extensionElement, name }, type: 'Extension' };
  if (name.startsWith('_')) return primitiveExtension(name.slice(1), type);
  for (const element of type.elements) {
    if (element.name === name) return { element, type: element.children ?? element.types[0]?.code ?? 'Element' };
    const chosen = choice(name, element);
    if (chosen !== undefined) return { element, type: chosen };
  }
  return undefined;
}

/** `valueQuantity` for `value[x]` with type Quantity. */
function choice(name: string, element: ElementModel): string | undefined {
  if (!element.name.endsWith('[x]')) return undefined;
  const stem = element.name.slice(0, -3);
  if (!name.startsWith(stem)) return undefined;
  return element.types.find(({ code }) => name === stem + code.charAt(0).toUpperCase() + code.slice(1))?.code;
}

/** `_birthDate`: an Element that may hold extensions beside the primitive. */
function primitiveExtension(name: string, type: TypeModel): { element: ElementModel; type: string } | undefined {
  const found = findElement(name, type);
  if (found === undefined || !/^[a-z]/.test(found.type)) return undefined;
  return { element: { name: `_${name}`, min: 0, max: 1, types: [{ code: 'Element' }] }, type: 'Element' };
}

function childType(
  found: { element: ElementModel; type: string },
  _name: string,
  definitions: Definitions,
): TypeModel | undefined {
  const model = definitions.type(found.type);
  return model === undefined || model.kind === 'primitive-type' ? undefined : model;
}

function nearest(name: string, type: TypeModel): string {
  const names = type.elements.map((element) => element.name);
  const close = names.find((each) => each.toLowerCase().startsWith(name.slice(0, 3).toLowerCase()));
  return close === undefined ? `It has ${names.slice(0, 12).join(', ')} …` : `Did you mean "${close}"?`;
}
