// The FHIR types as FHIRPath navigates them (http://hl7.org/fhir/R4/fhirpath.html#types), made from the definitions when
// first met.
import type { Definitions, ElementModel, ElementType, TypeModel } from '../../model/definitions.js';
import type { JsonObject, JsonValue } from '../../model/json.js';
import { isObject } from '../objects.js';
import type { Item, ItemType, Property, SystemKind } from './item.js';

const systemKinds: Readonly<Record<string, SystemKind>> = {
  boolean: 'Boolean',
  integer: 'Integer',
  unsignedInt: 'Integer',
  positiveInt: 'Integer',
  decimal: 'Decimal',
  date: 'Date',
  dateTime: 'DateTime',
  instant: 'DateTime',
  time: 'Time',
  Quantity: 'Quantity',
  Age: 'Quantity',
  Count: 'Quantity',
  Distance: 'Quantity',
  Duration: 'Quantity',
  MoneyQuantity: 'Quantity',
  SimpleQuantity: 'Quantity',
};

const capitalized = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1);

export class FhirTypes {
  private readonly definitions: Definitions;
  private readonly known = new Map<string, ItemType>();
  constructor(definitions: Definitions) {
    this.definitions = definitions;
  }

  /** A type by name: `Patient`, `code`, `Patient.contact`. One that the definitions lack has no members. */
  type(name: string): ItemType {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const type = this.make(name, this.definitions.type(name));
    this.known.set(name, type);
    return type;
  }

  has(name: string): boolean {
    return this.definitions.type(name) !== undefined;
  }

  /** A resource as an item, of its own type. */
  resource(value: JsonObject): Item {
    return { type: this.typeOfResource(value), value, sibling: undefined };
  }

  private typeOfResource(value: JsonValue | undefined): ItemType {
    const name = isObject(value) && typeof value.resourceType === 'string' ? value.resourceType : 'Resource';
    return this.type(name);
  }

  private make(name: string, model: TypeModel | undefined): ItemType {
    const isPrimitive = model?.kind === 'primitive-type';
    const system = systemKinds[name] ?? (isPrimitive ? 'String' : undefined);
    const members = () => (model === undefined ? new Map<string, never>() : this.members(model));
    return new FhirType(name, system, this.ancestors(model, name), model?.kind === 'resource', members);
  }

  private ancestors(model: TypeModel | undefined, name: string): ReadonlySet<string> {
    const names = new Set([name]);
    for (let each = model; each?.base !== undefined; each = this.definitions.type(each.base)) names.add(each.base);
    return names;
  }

  private members(model: TypeModel): ReadonlyMap<string, readonly Property[]> {
    return new Map(model.elements.map((element) => [element.name.replace('[x]', ''), this.properties(element)]));
  }

  private properties(element: ElementModel): readonly Property[] {
    const stem = element.name.replace('[x]', '');
    const isChoice = stem !== element.name;
    return element.types.map((type) => {
      const name = isChoice ? stem + capitalized(type.code) : stem;
      const isPrimitive = this.definitions.type(type.code)?.kind === 'primitive-type';
      return { name, stem, sibling: isPrimitive ? `_${name}` : undefined, typeOf: this.typeOf(element, type) };
    });
  }

  private typeOf(element: ElementModel, { code }: ElementType): Property['typeOf'] {
    if (this.definitions.type(code)?.kind === 'resource') return (value) => this.typeOfResource(value);
    const name = element.children ?? code;
    let type: ItemType | undefined;
    return () => (type ??= this.type(name));
  }
}

const keysOf = (members: ItemType['members']): ItemType['keys'] =>
  new Map(
    [...members.values()].flat().flatMap((property) => {
      const { name, sibling } = property;
      return [name, ...(sibling === undefined ? [] : [sibling])].map((key) => [key, property] as const);
    }),
  );

/** Types contain each other: their members are made when first asked for. */
class FhirType implements ItemType {
  readonly name: string;
  readonly namespace = 'FHIR';
  readonly system: SystemKind | undefined;
  readonly ancestors: ReadonlySet<string>;
  readonly isResource: boolean;
  private readonly makeMembers: () => ItemType['members'];
  private ownMembers: ItemType['members'] | undefined;
  private ownKeys: ItemType['keys'] | undefined;
  constructor(
    name: string,
    system: SystemKind | undefined,
    ancestors: ReadonlySet<string>,
    isResource: boolean,
    makeMembers: () => ItemType['members'],
  ) {
    this.name = name;
    this.system = system;
    this.ancestors = ancestors;
    this.isResource = isResource;
    this.makeMembers = makeMembers;
  }

  get members(): ItemType['members'] {
    return (this.ownMembers ??= this.makeMembers());
  }

  get keys(): ItemType['keys'] {
    return (this.ownKeys ??= keysOf(this.members));
  }
}
