// FHIRPath to closures: each node of the syntax tree becomes one function, made once.
import { negate } from './arithmetic.js';
import type { Closure } from './closure.js';
import { ucumOf } from './comparison.js';
import { SyntaxFailure } from './failure.js';
import { functions } from './functions/index.js';
import { decimal, integer, none, quantity, temporal, text, truth, type Collection, type Item } from './item.js';
import { addChildren, addFirstChild } from './navigation.js';
import { operator } from './operators.js';
import { parseExpression } from './parser.js';
import { numberOf, oneOf } from './singletons.js';
import type { Expression } from './syntax.js';
import { asType, isType } from './type-tests.js';

const self: Closure = (input) => input;

const originOf = ({ of }: { readonly of?: Expression }): Closure => (of === undefined ? self : closureOf(of));

function literal({ type, text: written, unit }: Extract<Expression, { kind: 'literal' }>): Collection {
  switch (type) {
    case 'Boolean':
      return truth(written === 'true');
    case 'String':
      return text(written);
    case 'Integer':
      return integer(Number(written));
    case 'Decimal':
      return decimal(Number(written));
    case 'Quantity':
      return quantity(Number(written), ucumOf(unit ?? '1'));
    case 'Date':
    case 'DateTime':
    case 'Time':
      return temporal(type, written);
  }
}

/** http://hl7.org/fhir/R4/fhirpath.html#vars */
const constants: Readonly<Record<string, string>> = {
  ucum: 'http://unitsofmeasure.org',
  sct: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
};

const variables: Readonly<Record<string, Closure>> = {
  context: (_, environment) => environment.context,
  resource: (_, environment) => environment.resource,
  rootResource: (_, environment) => environment.rootResource,
};

function variable(name: string): Closure {
  const constant = constants[name] ?? namedUrl(name);
  if (constant !== undefined) {
    const value = text(constant);
    return () => value;
  }
  const found = variables[name];
  if (found === undefined) throw new SyntaxFailure('The expression uses a variable that is not known.');
  return found;
}

/** `%vs-name` and `%ext-name`: HL7's value sets and extensions. */
function namedUrl(name: string): string | undefined {
  if (name.startsWith('vs-')) return `http://hl7.org/fhir/ValueSet/${name.slice(3)}`;
  return name.startsWith('ext-') ? `http://hl7.org/fhir/StructureDefinition/${name.slice(4)}` : undefined;
}

const specials: Readonly<Record<string, Closure>> = {
  $this: (_, environment) => environment.self,
  $index: (_, environment) => integer(environment.index),
  $total: (_, environment) => environment.total,
};

const startsUpper = (name: string): boolean => name.charCodeAt(0) >= 65 && name.charCodeAt(0) <= 90;

/** A path may start with the name of its context's type: `Patient.name`. */
function typeOrMember(name: string): Closure {
  const child = members(self, name);
  return (input, environment) => {
    const named = input.filter(({ type }) => type.ancestors.has(name));
    return named.length > 0 ? named : child(input, environment);
  };
}

function members(of: Closure, name: string): Closure {
  return (input, environment) => {
    const parents = of(input, environment);
    if (parents.length === 0) return none;
    const found: Item[] = [];
    for (const parent of parents) addChildren(parent, name, found);
    return found;
  };
}

/** `a.b.first()` stops at the first parent that has a child: definitions ask it of hundreds of elements. */
function firstMember(of: Closure, name: string): Closure {
  return (input, environment) => {
    const found: Item[] = [];
    for (const parent of of(input, environment)) {
      addFirstChild(parent, name, found);
      if (found.length > 0) return found;
    }
    return none;
  };
}

const isPlainMember = (of: Expression | undefined): of is Extract<Expression, { kind: 'member' }> =>
  of?.kind === 'member' && (of.of !== undefined || !startsUpper(of.name));

function member({ of, name }: Extract<Expression, { kind: 'member' }>): Closure {
  if (of === undefined && startsUpper(name)) return typeOrMember(name);
  return members(of === undefined ? self : closureOf(of), name);
}

/** The name of a type written as a parameter: `ofType(FHIR.Quantity)`. */
function typeParameter(parameter: Expression | undefined): string {
  if (parameter?.kind !== 'member') throw new SyntaxFailure('The name of a type is expected.');
  if (parameter.of === undefined) return parameter.name;
  return `${typeParameter(parameter.of)}.${parameter.name}`;
}

function call(expression: Extract<Expression, { kind: 'call' }>): Closure {
  const { of, name, parameters } = expression;
  if (name === 'first' && parameters.length === 0 && isPlainMember(of)) return firstMember(originOf(of), of.name);
  const origin = originOf(expression);
  if (name === 'is') return isType(origin, typeParameter(parameters[0]));
  if (name === 'as' || name === 'ofType') return asType(origin, typeParameter(parameters[0]));
  const definition = functions.get(name);
  if (definition === undefined) throw new SyntaxFailure('The expression calls a function that is not known.');
  const [fewest, most] = definition.arity;
  if (parameters.length < fewest || parameters.length > most)
    throw new SyntaxFailure(`${name}() takes ${fewest === most ? fewest : `${fewest} to ${most}`} parameters.`);
  const apply = definition.make(parameters.map(closureOf));
  return expression.of === undefined ? apply : (input, environment) => apply(origin(input, environment), environment);
}

function indexed(of: Closure, at: Closure): Closure {
  return (input, environment) => {
    const index = numberOf(at(environment.self, environment));
    return index === undefined ? none : of(input, environment).slice(index, index + 1);
  };
}

function signed(of: Closure, negative: boolean): Closure {
  if (negative) return (input, environment) => negate(of(input, environment));
  return (input, environment) => {
    const items = of(input, environment);
    return oneOf(items) === undefined ? none : items;
  };
}

function closureOf(expression: Expression): Closure {
  switch (expression.kind) {
    case 'literal': {
      const value = literal(expression);
      return () => value;
    }
    case 'empty':
      return () => none;
    case 'special':
      return specials[expression.name] ?? self;
    case 'variable':
      return variable(expression.name);
    case 'member':
      return member(expression);
    case 'call':
      return call(expression);
    case 'index':
      return indexed(closureOf(expression.of), closureOf(expression.at));
    case 'sign':
      return signed(closureOf(expression.of), expression.negative);
    case 'operator':
      return operator(expression.name, closureOf(expression.left), closureOf(expression.right));
    case 'type': {
      const make = expression.test === 'is' ? isType : asType;
      return make(closureOf(expression.of), expression.type);
    }
  }
}

const compiled = new Map<string, Closure>();
/** Expressions come with profiles too: those of one request do not stay forever. */
const mostKept = 5_000;

/**
 * Compiles an expression (FHIRPath N1 with FHIR R4's additions).
 *
 * @throws SyntaxFailure when the text is no FHIRPath, or calls what this engine does not have.
 */
export function compileExpression(written: string): Closure {
  const known = compiled.get(written);
  if (known !== undefined) return known;
  const closure = closureOf(parseExpression(written));
  if (compiled.size >= mostKept) compiled.clear();
  compiled.set(written, closure);
  return closure;
}
