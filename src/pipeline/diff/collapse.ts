// A difference in words: an identifier that is gone is one change, not one for its value, its system and its type.
import type { Definitions } from '../../model/definitions.js';
import { isList, isObject, type JsonValue } from '../../model/json.js';
import type { LeafLineage } from '../../model/lineage.js';
import { leavesOf, type Account } from './account.js';
import { plainName, type Cause } from './cause.js';
import type { ElementChange } from './element-change.js';
import type { Difference, Op } from './elements.js';
import { elementKind, type ChangeKind } from './kind.js';
import type { LeafRecord } from './leaf-record.js';
import { lineageOf, type Part } from './likeness.js';

export function collapse(
  difference: Difference,
  records: readonly LeafRecord[],
  definitions: Definitions,
): ElementChange[] {
  const { op, before, after } = difference;
  if (before !== undefined && after !== undefined) return [twoSided(op, before, after, records[0], definitions)];
  const part = after ?? before;
  if (part === undefined) return [];
  const causes = new Map(records.map((record) => [record.path, record]));
  return grouped(part, op, causes, definitions);
}

type Records = ReadonlyMap<string, LeafRecord>;

/** The largest elements that are of one kind and have one cause. */
function grouped(part: Part, op: Op, records: Records, definitions: Definitions): ElementChange[] {
  const causes = causesWithin(part, records);
  const kind = isList(part.value) ? undefined : wholeKind(part, definitions);
  if (kind !== undefined && causes.length === 1) return [oneSided(part, op, kind, causes[0]!)];
  const children = childrenOf(part);
  if (children.length > 0) return children.flatMap((child) => grouped(child, op, records, definitions));
  return causes.map((cause) => oneSided(part, op, elementKind(definitions, part.account.type, part.path).kind, cause));
}

function causesWithin({ value, path }: Part, records: Records): Cause[] {
  const found = leavesOf(value, path).map((leaf) => causeOf(records.get(leaf.path)));
  return [...new Map(found.map((cause) => [cause.name, cause])).values()];
}

export const causeOf = (record: LeafRecord | undefined): Cause =>
  record?.cause ?? { name: plainName((record?.after[0] ?? record?.before[0])?.rule ?? 'unknown'), change: 'none' };

/** The kind of an element that can be told as one; an extension's is that of its value. */
function wholeKind({ account, path, value }: Part, definitions: Definitions): ChangeKind | undefined {
  if (isObject(value) && isExtension(path)) {
    const kinds = Object.keys(value)
      .filter((name) => name.startsWith('value'))
      .map((name) => elementKind(definitions, account.type, `${path}.${name}`));
    return kinds.length === 1 ? kinds[0]?.kind : undefined;
  }
  const { kind, whole } = elementKind(definitions, account.type, path);
  return whole ? kind : undefined;
}

const isExtension = (path: string): boolean => /(^|\.)(modifierE|e)xtension\[\d+\]$/.test(path);

/** What stands directly in it, but for the url of an extension that has more to say. */
function childrenOf({ account, path, value }: Part): Part[] {
  if (isList(value)) return value.map((item, at) => ({ account, path: `${path}[${at}]`, value: item }));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    member === undefined || (name === 'url' && isExtension(path))
      ? []
      : [{ account, path: `${path}.${name}`, value: member }],
  );
}

function oneSided(part: Part, op: Op, kind: ChangeKind, cause: Cause): ElementChange {
  const lineage = lineageOf(part);
  return {
    op,
    kind,
    cause,
    ...placeOf(part),
    ...ruleOf(lineage),
    from: placesOf(lineage),
    ...(op === 'removed' ? { before: part.value } : { after: part.value }),
  };
}

/** A leaf that changed, or a list in other order. */
function twoSided(
  op: Op,
  before: Part,
  after: Part,
  record: LeafRecord | undefined,
  definitions: Definitions,
): ElementChange {
  const lineage = [...lineageOf(after), ...lineageOf(before)];
  return {
    op,
    kind: elementKind(definitions, after.account.type, after.path).kind,
    cause: causeOf(record),
    ...placeOf(after),
    ...ruleOf(lineage),
    from: placesOf(lineage),
    before: before.value,
    after: after.value,
  };
}

const placeOf = ({ account, path }: Part) => ({
  element: elementName(account, path),
  at: path === '' ? account.type : `${account.type}.${path}`,
});

const ruleOf = ([first]: readonly LeafLineage[]) => (first === undefined ? {} : { rule: plainName(first.rule) });

const placesOf = (lineage: readonly LeafLineage[]): string[] => [
  ...new Set(lineage.flatMap(({ from }) => from.map(({ path }) => path))),
];

/** `Patient.extension(http://…).valueCode`: without indexes, extensions by their url. */
export function elementName({ type, content }: Account, path: string): string {
  let value: JsonValue | undefined = content;
  const names =
    path === ''
      ? []
      : path.split('.').map((segment) => {
          const [, name = segment, index] = /^([^[]+)(?:\[(\d+)\])?$/.exec(segment) ?? [];
          const member: JsonValue | undefined = isObject(value) ? value[name] : undefined;
          value = index === undefined || !isList(member) ? member : member[Number(index)];
          const url = isExtension(segment) && isObject(value) ? value['url'] : undefined;
          return typeof url === 'string' ? `${name}(${url})` : name;
        });
  return [type, ...names].join('.');
}
