// LOINC as a code system (http://hl7.org/fhir/R4/loinc.html): filters on its axes by part or by name, on its answer lists and
// along its hierarchy, beside what every edition has.
import type { Edition } from '../editions/edition.js';
import { editionSystem, type EditionSystem } from '../editions/edition-system.js';
import { selectByHierarchy, selectionOf } from '../editions/hierarchy-selection.js';
import { selectByProperty } from '../editions/property-selection.js';
import type { PropertyElement } from '../resources.js';
import { keptSelections } from './kept-selections.js';
import type { DefinedCodeSystem, Selection, SystemFilter } from './code-system.js';

type Select = (system: EditionSystem, value: string) => Selection | undefined;

/** The answers of a list, in no order. */
function answersOf(system: EditionSystem, list: string): readonly number[] {
  const ordinal = system.edition.find(list);
  return ordinal < 0 ? [] : Array.from(system.edition.members(ordinal));
}

const selectionOfAll = (system: EditionSystem, ordinals: readonly number[]): Selection =>
  selectionOf(
    system,
    [...new Set(ordinals)].sort((a, b) => a - b),
  );

/** Of a list its answers; of a term those of all its lists. */
function answersFor(system: EditionSystem, value: string): Selection {
  const lists = system
    .find(value)
    ?.properties.flatMap(({ code, valueCode }) =>
      code === 'AnswerList' && valueCode !== undefined ? [valueCode] : [],
    );
  return selectionOfAll(
    system,
    [value, ...(lists ?? [])].flatMap((list) => answersOf(system, list)),
  );
}

/** Terms with a notice of somebody else's rights, or without. */
function byCopyright(system: EditionSystem, value: string): Selection | undefined {
  const isForeign = { '3rdParty': 'true', LOINC: 'false' }[value];
  if (isForeign === undefined) return undefined;
  const filter = { property: 'EXTERNAL_COPYRIGHT_NOTICE', op: 'exists', value: isForeign };
  const has = selectByProperty(system, filter) ?? selectionOf(system, isForeign === 'true' ? [] : everything(system));
  // Parts and answers have no notice of their own: the filter speaks of terms.
  return selectionOfAll(
    system,
    has.concepts().flatMap(({ code, ordinal }) => (isTerm(code) ? [ordinal] : [])),
  );
}

const everything = ({ edition }: EditionSystem): readonly number[] =>
  Array.from({ length: edition.size }, (_, each) => each);

const isTerm = (code: string): boolean => /^\d/.test(code);

const alongHierarchy =
  (op: string): Select =>
  (system, value) =>
    selectByHierarchy(system, op, value);

/** Filters by `=` that are no plain property. */
const filters: Readonly<Record<string, Select>> = {
  parent: alongHierarchy('child-of'),
  ancestor: alongHierarchy('descendent-of'),
  child: (system, value) => {
    const ordinal = system.edition.find(value);
    return selectionOfAll(system, ordinal < 0 ? [] : Array.from(system.edition.parents(ordinal)));
  },
  LIST: (system, value) => selectionOfAll(system, answersOf(system, value)),
  'answers-for': answersFor,
  copyright: byCopyright,
};

const partPattern = /^LP\d/;
const folded = (text: string): string => text.toLowerCase();

/** On an axis: by the part's code, or by its name in whatever case. */
function onAxis(system: EditionSystem, filter: SystemFilter): Selection | undefined {
  const nameOf = (value: string): string => (partPattern.test(value) ? (system.find(value)?.display ?? value) : value);
  const isByName = filter.op === '=' || filter.op === 'in' || filter.op === 'not-in';
  if (!isByName || partPattern.test(filter.value))
    return selectByProperty(system, filter, (value) => [value, nameOf(value)]);
  return selectByProperty(system, { ...filter, value: folded(filter.value) }, (value) => [folded(nameOf(value))]);
}

const select = (system: EditionSystem, filter: SystemFilter): Selection | undefined => {
  const { property, op, value } = filter;
  const own = op === '=' && Object.hasOwn(filters, property) ? filters[property] : undefined;
  if (own !== undefined) return own(system, value);
  return property === 'concept' || property === 'code' ? system.select(filter) : onAxis(system, filter);
};

/** LOINC Users' Guide, Appendix A, CLASSTYPE. */
const classTypes: Readonly<Record<string, string>> = {
  1: 'Laboratory class',
  2: 'Clinical class',
  3: 'Claims attachment',
  4: 'Surveys',
};

const meaningOf = ({ code, valueString = '' }: PropertyElement): string | undefined =>
  code === 'CLASSTYPE' && Object.hasOwn(classTypes, valueString) ? classTypes[valueString] : undefined;

export function loincSystem(edition: Edition): DefinedCodeSystem {
  const system = editionSystem(edition);
  return { ...system, meaningOf, select: keptSelections((filter) => select(system, filter)) };
}
