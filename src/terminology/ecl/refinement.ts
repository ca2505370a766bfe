// A refinement as a test of a concept's attributes: rows of type, target and role group.
import type { Edition } from '../editions/edition.js';
import type { Cardinality, Constraint, Refinement } from './syntax.js';

export interface Attributes {
  readonly types: ArrayLike<number>;
  /** Negative: the text -1 - target, a concrete value. */
  readonly targets: ArrayLike<number>;
  readonly groups: ArrayLike<number>;
}

/** What constraints within a refinement are resolved with. */
export interface Resolver {
  readonly edition: Edition;
  of(constraint: Constraint): { readonly bits: Uint8Array };
}

export type AttributeTest = (rows: Attributes, from: number, to: number) => boolean;

const fits = (count: number, { least, most }: Cardinality = { least: 1 }): boolean =>
  count >= least && (most === undefined || count <= most);

export function attributeTest(refinement: Refinement, evaluation: Resolver): AttributeTest {
  if (refinement.kind === 'attribute') return ofAttribute(refinement, evaluation);
  if (refinement.kind === 'group') return ofGroup(refinement, evaluation);
  const tests = refinement.of.map((each) => attributeTest(each, evaluation));
  return refinement.kind === 'and'
    ? (rows, from, to) => tests.every((test) => test(rows, from, to))
    : (rows, from, to) => tests.some((test) => test(rows, from, to));
}

type Attribute = Extract<Refinement, { kind: 'attribute' }>;

function ofAttribute({ name, value, isEqual, cardinality }: Attribute, evaluation: Resolver): AttributeTest {
  const { bits: names } = evaluation.of(name);
  const isMeant = valueTest(value, evaluation);
  return (rows, from, to) => {
    let count = 0;
    for (let row = from; row < to; row += 1)
      if (names[rows.types[row]!] === 1 && isMeant(rows.targets[row]!) === isEqual) count += 1;
    return fits(count, cardinality);
  };
}

function valueTest(value: Attribute['value'], evaluation: Resolver): (target: number) => boolean {
  if (typeof value === 'string') {
    const { edition } = evaluation;
    return (target) => target < 0 && edition.text(-1 - target) === value;
  }
  // Every value, the concrete ones as well.
  if (value.kind === 'any') return () => true;
  const { bits } = evaluation.of(value);
  return (target) => bits[target] === 1;
}

type Group = Extract<Refinement, { kind: 'group' }>;

// Attributes of role group 0 are not grouped: each stands for itself.
function ofGroup({ of, cardinality }: Group, evaluation: Resolver): AttributeTest {
  const test = attributeTest(of, evaluation);
  return (rows, from, to) => {
    let count = 0;
    for (const group of groupsOf(rows, from, to)) if (test(group, 0, group.types.length)) count += 1;
    return fits(count, cardinality);
  };
}

interface Growing {
  readonly types: number[];
  readonly targets: number[];
  readonly groups: number[];
}

function groupsOf(rows: Attributes, from: number, to: number): Iterable<Attributes> {
  const groups = new Map<number, Growing>();
  for (let row = from; row < to; row += 1) {
    const number = rows.groups[row]!;
    const key = number === 0 ? -1 - row : number;
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { types: [], targets: [], groups: [] }));
    group.types.push(rows.types[row]!);
    group.targets.push(rows.targets[row]!);
    group.groups.push(number);
  }
  return groups.values();
}
