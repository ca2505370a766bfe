// The values of an expression: collections of typed items over plain JSON.
import { Decimal, type JsonObject, type JsonValue } from '../../model/json.js';
import type { LiteralKind } from './syntax.js';

/** The system type that operators see (http://hl7.org/fhirpath/N1/#literals). */
export type SystemKind = LiteralKind;

/** A JSON property that an element may stand in. */
export interface Property {
  readonly name: string;
  /** The element's name; of a choice, without its type. */
  readonly stem: string;
  /** Where a primitive's id and extensions stand. */
  readonly sibling: string | undefined;
  /** The type of the values; a resource's own where the element holds any resource. */
  typeOf(value: JsonValue | undefined): ItemType;
}

export interface ItemType {
  readonly name: string;
  readonly namespace: 'FHIR' | 'System';
  readonly system: SystemKind | undefined;
  /** Itself and what it is derived from. */
  readonly ancestors: ReadonlySet<string>;
  readonly isResource: boolean;
  /** Element name (a choice without its type) -> the properties that may hold it. */
  readonly members: ReadonlyMap<string, readonly Property[]>;
  /** Key in JSON, of the value or of what stands beside it -> the property. */
  readonly keys: ReadonlyMap<string, Property>;
}

export interface Item {
  readonly type: ItemType;
  /** Absent: a primitive that only has extensions. */
  readonly value: JsonValue | undefined;
  readonly sibling: JsonObject | undefined;
}

export type Collection = readonly Item[];

const systemType = (name: SystemKind): ItemType => ({
  name,
  namespace: 'System',
  system: name,
  ancestors: new Set([name, 'Any']),
  isResource: false,
  members: new Map(),
  keys: new Map(),
});

export const systemTypes: Readonly<Record<SystemKind, ItemType>> = {
  Boolean: systemType('Boolean'),
  String: systemType('String'),
  Integer: systemType('Integer'),
  Decimal: systemType('Decimal'),
  Date: systemType('Date'),
  DateTime: systemType('DateTime'),
  Time: systemType('Time'),
  Quantity: systemType('Quantity'),
};

const systemItem = (kind: SystemKind, value: JsonValue): Item => ({
  type: systemTypes[kind],
  value,
  sibling: undefined,
});

const reflected = ['namespace', 'name'].map((name): Property => ({
  name,
  stem: name,
  sibling: undefined,
  typeOf: () => systemTypes.String,
}));

/** What type() gives (http://hl7.org/fhirpath/N1/#reflection). */
const typeInfo: ItemType = {
  ...systemType('String'),
  name: 'TypeInfo',
  system: undefined,
  members: new Map(reflected.map((property) => [property.name, [property]])),
  keys: new Map(reflected.map((property) => [property.name, property])),
};

export const reflection = ({ type: { name, namespace } }: Item): Item => ({
  type: typeInfo,
  value: { namespace, name },
  sibling: undefined,
});

export const none: Collection = [];
export const yes: Collection = [systemItem('Boolean', true)];
export const no: Collection = [systemItem('Boolean', false)];

export const truth = (value: boolean): Collection => (value ? yes : no);
export const maybe = (value: boolean | undefined): Collection => (value === undefined ? none : truth(value));
export const text = (value: string): Collection => [systemItem('String', value)];
export const integer = (value: number): Collection => [systemItem('Integer', value)];
export const temporal = (kind: 'Date' | 'DateTime' | 'Time', value: string): Collection => [systemItem(kind, value)];
export const quantity = (value: number, code: string): Collection => [systemItem('Quantity', { value, code })];

/** A decimal; nothing where arithmetic left the numbers. */
export const decimal = (value: number): Collection => (Number.isFinite(value) ? [systemItem('Decimal', value)] : none);

/** A scalar as it is written; an object has no text. */
export const writtenOf = (value: JsonValue | undefined): string => {
  if (value instanceof Decimal) return value.text;
  return value === undefined || typeof value === 'object' ? '' : String(value);
};

/** A JSON number, with or without its text. */
export const isNumber = (value: JsonValue | undefined): value is number | Decimal =>
  typeof value === 'number' || value instanceof Decimal;
