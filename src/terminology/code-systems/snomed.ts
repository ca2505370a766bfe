// SNOMED CT as a code system (http://hl7.org/fhir/R4/snomedct.html): reference sets, expression constraints, attributes and
// postcoordinated expressions, beside what every edition has.
import { evaluateEcl } from '../ecl/evaluate.js';
import type { Edition } from '../editions/edition.js';
import { editionSystem, type EditionSystem } from '../editions/edition-system.js';
import { ordinalsOf, selectionOf } from '../editions/hierarchy-selection.js';
import type { Concept, DefinedCodeSystem, Selection, SystemFilter } from './code-system.js';
import { ExpressionConcept, parseExpression } from './snomed-expression.js';

function ofConstraint(system: EditionSystem, expression: string): Selection {
  const set = evaluateEcl(expression, system.edition);
  const plain = selectionOf(system, ordinalsOf(set.bits), set.bits);
  return {
    concepts: () => plain.concepts(),
    takes: (concept) =>
      concept instanceof ExpressionConcept ? set.takesExpression(concept.expression) : plain.takes(concept),
  };
}

/** Filters on the hierarchy, of a concept and of an expression below it. */
function alongHierarchy(system: EditionSystem, filter: SystemFilter): Selection | undefined {
  const plain = system.select(filter);
  if (plain === undefined) return undefined;
  const isBelow = filter.op === 'is-a' || filter.op === 'descendent-of';
  const top = system.edition.find(filter.value);
  return {
    concepts: () => plain.concepts(),
    takes: (concept) =>
      concept instanceof ExpressionConcept
        ? isBelow && concept.expression.focus.some((each) => top >= 0 && system.edition.isA(each, top))
        : plain.takes(concept),
  };
}

function members(system: EditionSystem, set: string): Selection {
  const ordinal = system.edition.find(set);
  return selectionOf(system, ordinal < 0 ? [] : [...new Set(system.edition.members(ordinal))].sort((a, b) => a - b));
}

const attributePattern = /^\d{6,18}$/;

function select(system: EditionSystem, filter: SystemFilter): Selection | undefined {
  const { property, op, value } = filter;
  if (property === 'constraint' && op === '=') return ofConstraint(system, value);
  if (property === 'concept' && op === 'in') return members(system, value);
  if (property === 'expressions' && op === '=') return expressions(system, value === 'true');
  if (attributePattern.test(property) && op === '=' && attributePattern.test(value))
    return ofConstraint(system, `* : ${property} = ${value}`);
  return alongHierarchy(system, filter);
}

/** http://hl7.org/fhir/R4/snomedct.html, filter `expressions`: may postcoordinated expressions be taken? */
const expressions = (system: EditionSystem, areTaken: boolean): Selection => ({
  concepts: () => system.concepts() ?? [],
  takes: (concept) => areTaken || !(concept instanceof ExpressionConcept),
});

const isPostcoordinated = /[:|+={]/;

export function snomedSystem(edition: Edition): DefinedCodeSystem {
  const system = editionSystem(edition);
  const find = (code: string): Concept | undefined => {
    const plain = system.find(code);
    if (plain !== undefined || !isPostcoordinated.test(code)) return plain;
    const parsed = parseExpression(code, edition);
    return parsed && new ExpressionConcept(code, parsed, system);
  };
  const selections = new Map<string, Selection | undefined>();
  return {
    ...system,
    isCompositional: true,
    find,
    concepts: () => system.concepts(),
    select(filter) {
      const key = `${filter.property} ${filter.op} ${filter.value}`;
      if (selections.has(key)) return selections.get(key);
      if (selections.size >= mostKept) selections.clear();
      const selection = select(system, filter);
      selections.set(key, selection);
      return selection;
    },
  };
}

/** Filters kept in computed form. */
const mostKept = 100;
