// SNOMED CT as a code system (http://hl7.org/fhir/R4/snomedct.html): reference sets, expression constraints, attributes and
// postcoordinated expressions, beside what every edition has.
import { evaluateEcl } from '../ecl/evaluate.js';
import type { Edition } from '../editions/edition.js';
import { editionSystem, type EditionSystem } from '../editions/edition-system.js';
import { ordinalsOf, selectionOf } from '../editions/hierarchy-selection.js';
import type { Concept, DefinedCodeSystem, Selection, SystemFilter } from './code-system.js';
import { keptSelections } from './kept-selections.js';
import { ExpressionConcept, parseExpression } from './snomed-expression.js';

function ofConstraint(system: EditionSystem, expression: string): Selection {
  const set = evaluateEcl(expression, system.edition);
  const plain = selectionOf(system, ordinalsOf(set.bits), set.bits);
  return {
    ...plain,
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
    ...plain,
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

const isPlainCode = /^\d+$/;

/** 900000000000455006 |Reference set| */
const referenceSet = '900000000000455006';

/** Does the edition have the concept, or the reference set? */
export function snomedKnows(edition: Edition, kind: 'isa' | 'refset', code: string): boolean {
  const concept = edition.find(code);
  if (concept < 0 || kind === 'isa') return concept >= 0;
  const top = edition.find(referenceSet);
  return edition.members(concept).length > 0 || (top >= 0 && edition.isA(concept, top));
}

/** Modules of the international edition: the core and the model; an extension has modules of its own beside them. */
const coreModules: ReadonlySet<string> = new Set(['900000000000207008', '900000000000012004']);

/** Are all its active concepts of the core? */
function isInternational(edition: Edition): boolean {
  const column = edition.header.properties.findIndex(({ code }) => code === 'moduleId');
  const { propertyIds, propertyValues } = edition;
  const modules = new Set(propertyValues.filter((_, row) => propertyIds[row] === column));
  return [...modules].every((each) => coreModules.has(edition.text(each)));
}

export function snomedSystem(edition: Edition): DefinedCodeSystem {
  const system = editionSystem(edition);
  const find = (code: string): Concept | undefined => {
    const plain = system.find(code);
    if (plain !== undefined || isPlainCode.test(code)) return plain;
    const parsed = parseExpression(code, edition);
    return 'fault' in parsed ? undefined : new ExpressionConcept(code, parsed, system);
  };
  const fault = (code: string): string | undefined => {
    const parsed = isPlainCode.test(code) ? undefined : parseExpression(code, edition);
    return parsed !== undefined && 'fault' in parsed ? `Not a valid expression: ${parsed.fault}` : undefined;
  };
  return {
    ...system,
    isCompositional: true,
    ...(isInternational(edition) && { versionName: 'International Edition' }),
    find,
    fault,
    concepts: () => system.concepts(),
    select: keptSelections((filter) => select(system, filter)),
  };
}
