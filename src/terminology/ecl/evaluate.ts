// Expression constraint + edition -> the concepts it takes. A set is one byte for each concept; expressions, which no
// edition lists, are tested by their focus and attributes.
import type { Edition } from '../editions/edition.js';
import { parseEcl } from './parse.js';
import { attributeTest, type AttributeTest, type Attributes, type Resolver } from './refinement.js';
import { eclFault, type Constraint, type HierarchyOperator, type History } from './syntax.js';

/** A postcoordinated expression: below its focus, with attributes of its own. */
export interface Expression {
  readonly focus: readonly number[];
  readonly attributes: Attributes;
}

export interface ConceptSet {
  /** 1 for the concepts that are in. */
  readonly bits: Uint8Array;
  readonly takesExpression: (expression: Expression) => boolean;
}

/** 138875005 |SNOMED CT Concept| */
const root = '138875005';

const never = (): boolean => false;

/** Throws a refusal for what cannot be read, and for a concept the edition does not have. */
export const evaluateEcl = (expression: string, edition: Edition): ConceptSet =>
  new Evaluation(edition, expression).of(parseEcl(expression));

class Evaluation implements Resolver {
  readonly edition: Edition;
  readonly #expression: string;
  constructor(edition: Edition, expression: string) {
    this.edition = edition;
    this.#expression = expression;
  }

  of(constraint: Constraint): ConceptSet {
    switch (constraint.kind) {
      case 'concept':
        return { bits: this.#bitsOf([this.#known(constraint.code)]), takesExpression: never };
      case 'any':
        return { bits: this.#active(), takesExpression: () => true };
      case 'hierarchy':
        return this.#along(constraint.operator, constraint.of);
      case 'members':
        return { bits: this.#members(constraint.of), takesExpression: never };
      case 'history':
        return this.#withHistory(this.of(constraint.of), constraint.depth);
      case 'targets':
        return { bits: this.#targets(constraint.of, constraint.attribute), takesExpression: never };
      case 'minus':
        return minus(this.of(constraint.of), this.of(constraint.without));
      case 'refined':
        return this.#refined(this.of(constraint.of), attributeTest(constraint.by, this));
      default:
        return constraint.of.map((each) => this.of(each)).reduce(constraint.kind === 'and' ? both : either);
    }
  }

  #known(code: string): number {
    const ordinal = this.edition.find(code);
    if (ordinal < 0) throw eclFault(this.#expression, `unknown concept ${code}`);
    return ordinal;
  }

  #bitsOf(ordinals: Iterable<number>): Uint8Array {
    const bits = new Uint8Array(this.edition.size);
    for (const ordinal of ordinals) bits[ordinal] = 1;
    return bits;
  }

  /**
   * Every active concept. Where there is the root, those below it (ECL 2.2 section 6.1: `*` is `<< 138875005`): a subset
   * may have concepts that stand outside of the hierarchy.
   */
  #active(): Uint8Array {
    const top = this.edition.find(root);
    if (top >= 0) return this.#bitsOf([top, ...this.edition.descendants(top)]);
    const bits = new Uint8Array(this.edition.size);
    for (let ordinal = 0; ordinal < bits.length; ordinal += 1) if (!this.edition.isInactive(ordinal)) bits[ordinal] = 1;
    return bits;
  }

  #along(operator: HierarchyOperator, of: Constraint): ConceptSet {
    if (of.kind === 'any') return { bits: this.#active(), takesExpression: () => operator.startsWith('<') };
    const { bits: around } = this.of(of);
    const bits = new Uint8Array(this.edition.size);
    for (let ordinal = around.indexOf(1); ordinal >= 0; ordinal = around.indexOf(1, ordinal + 1)) {
      if (withItself.has(operator)) bits[ordinal] = 1;
      for (const each of this.#next(operator, ordinal)) bits[each] = 1;
    }
    const isBelow = operator === '<' || operator === '<<';
    return {
      bits,
      takesExpression: ({ focus }) => isBelow && focus.some((each) => around[each] === 1 || bits[each] === 1),
    };
  }

  #next(operator: HierarchyOperator, ordinal: number): Int32Array {
    const { edition } = this;
    if (operator.endsWith('!')) return operator.startsWith('<') ? edition.children(ordinal) : edition.parents(ordinal);
    return operator.startsWith('<') ? edition.descendants(ordinal) : edition.ancestors(ordinal);
  }

  #members(of: Constraint): Uint8Array {
    const { bits: sets } = this.of(of);
    const bits = new Uint8Array(this.edition.size);
    sets.forEach((isIn, set) => {
      if (isIn === 1) for (const member of this.edition.members(set)) bits[member] = 1;
    });
    return bits;
  }

  #withHistory({ bits, takesExpression }: ConceptSet, depth: History): ConceptSet {
    const types = historyTypes[depth]?.map((code) => this.edition.find(code));
    const extended = bits.slice();
    for (let ordinal = 0; ordinal < bits.length; ordinal += 1) {
      const replaced = this.edition.associations(ordinal);
      if (replaced.some(({ type, target }) => bits[target] === 1 && (types?.includes(type) ?? true)))
        extended[ordinal] = 1;
    }
    return { bits: extended, takesExpression };
  }

  #targets(of: Constraint, attribute: Constraint): Uint8Array {
    const { edition } = this;
    const [sources, types] = [this.of(of).bits, this.of(attribute).bits];
    const bits = new Uint8Array(edition.size);
    sources.forEach((isIn, source) => {
      const [from, to] = isIn === 1 ? edition.attributeSpan(source) : [0, 0];
      for (let row = from; row < to; row += 1) {
        const target = edition.attributeTargets[row]!;
        if (types[edition.attributeTypes[row]!] === 1 && target >= 0) bits[target] = 1;
      }
    });
    return bits;
  }

  #refined({ bits: from, takesExpression }: ConceptSet, test: AttributeTest): ConceptSet {
    const { edition } = this;
    const bits = new Uint8Array(from.length);
    const columns = {
      types: edition.attributeTypes,
      targets: edition.attributeTargets,
      groups: edition.attributeGroups,
    };
    for (let ordinal = from.indexOf(1); ordinal >= 0; ordinal = from.indexOf(1, ordinal + 1)) {
      const [start, end] = edition.attributeSpan(ordinal);
      if (test(columns, start, end)) bits[ordinal] = 1;
    }
    return {
      bits,
      takesExpression: (expression) =>
        takesExpression(expression) && test(expression.attributes, 0, expression.attributes.types.length),
    };
  }
}

const withItself: ReadonlySet<HierarchyOperator> = new Set<HierarchyOperator>(['<<', '<<!', '>>', '>>!']);

/** SAME AS; then REPLACED BY, WAS A and PARTIALLY EQUIVALENT TO as well; `max`: whatever the association. */
const historyTypes: Readonly<Record<History, readonly string[] | undefined>> = {
  min: ['900000000000527005'],
  mod: ['900000000000527005', '900000000000526001', '900000000000528000', '1186924009'],
  max: undefined,
};

const both = (a: ConceptSet, b: ConceptSet): ConceptSet => ({
  bits: a.bits.map((bit, index) => bit & b.bits[index]!),
  takesExpression: (each) => a.takesExpression(each) && b.takesExpression(each),
});

const either = (a: ConceptSet, b: ConceptSet): ConceptSet => ({
  bits: a.bits.map((bit, index) => bit | b.bits[index]!),
  takesExpression: (each) => a.takesExpression(each) || b.takesExpression(each),
});

const minus = (a: ConceptSet, b: ConceptSet): ConceptSet => ({
  bits: a.bits.map((bit, index) => bit & ~b.bits[index]!),
  takesExpression: (each) => a.takesExpression(each) && !b.takesExpression(each),
});
