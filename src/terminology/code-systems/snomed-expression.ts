// Postcoordinated expressions of SNOMED CT's compositional grammar, as far as a focus with attributes goes
// (https://docs.snomed.org/snomed-ct-specifications/snomed-ct-compositional-grammar). Nested values are not read.
import type { Expression } from '../ecl/evaluate.js';
import type { Edition } from '../editions/edition.js';
import type { ConceptSource } from '../editions/edition-concept.js';
import type { PropertyElement } from '../resources.js';
import type { Concept } from './code-system.js';

export interface ParsedExpression extends Expression {
  /** As it is written, every concept with its display. */
  readonly display: string;
}

export interface ExpressionFault {
  readonly fault: string;
}

const token = /\s+|(\d{6,18})(?:\s*\|\s*([^|]*?)\s*\|)?|([:+,={}])/y;

interface Part {
  readonly concept?: number;
  readonly mark?: string;
  readonly text: string;
}

/** The parts, or why there are none: a character out of place, a concept that is not here, a term that is none of it. */
function partsOf(text: string, edition: Edition): readonly Part[] | ExpressionFault {
  const parts: Part[] = [];
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) return { fault: outOfPlace(text, at) };
    const [, code, term, mark] = found;
    if (mark !== undefined) parts.push({ mark, text: mark });
    if (code === undefined) continue;
    const concept = edition.find(code);
    if (concept < 0) return { fault: `Concept ${code} not found` };
    if (!isTermOf(concept, term, edition)) return { fault: `The term "${term ?? ''}" is none of concept ${code}` };
    parts.push({ concept, text: `${code}|${edition.display(concept) ?? code}|` });
  }
  return parts;
}

const outOfPlace = (text: string, at: number): string =>
  `Concept not found (next char = "${text[at] ?? ''}", in "${text}") at character ${at + 1}`;

const isTermOf = (concept: number, term: string | undefined, edition: Edition): boolean =>
  term === undefined ||
  Array.from(edition.designationRows(concept)).some(
    (row) => edition.designation(row).value.toLowerCase() === term.toLowerCase(),
  );

interface Rows {
  readonly types: number[];
  readonly targets: number[];
  readonly groups: number[];
}

/** The expression, or why the text is none. */
export function parseExpression(text: string, edition: Edition): ParsedExpression | ExpressionFault {
  const parts = partsOf(text, edition);
  if ('fault' in parts) return parts;
  const colon = parts.findIndex(({ mark }) => mark === ':');
  const focus = focusOf(colon < 0 ? parts : parts.slice(0, colon));
  const rows: Rows = { types: [], targets: [], groups: [] };
  if (focus === undefined || (colon >= 0 && !readAttributes(parts.slice(colon + 1), rows)))
    return { fault: 'concepts, attributes and marks are out of order' };
  return { focus, attributes: rows, display: parts.map((part) => part.text).join('') };
}

function focusOf(parts: readonly Part[]): readonly number[] | undefined {
  const isWellFormed =
    parts.length % 2 === 1 && parts.every(({ mark }, index) => mark === (index % 2 === 1 ? '+' : undefined));
  return isWellFormed ? parts.flatMap(({ concept }) => concept ?? []) : undefined;
}

function readAttributes(parts: readonly Part[], { types, targets, groups }: Rows): boolean {
  let [group, groupsSeen] = [0, 0];
  for (let index = 0; index < parts.length;) {
    const { mark, concept } = parts[index]!;
    if (mark === '{') group = groupsSeen += 1;
    else if (mark === '}') group = 0;
    if (mark === '{' || mark === '}' || mark === ',') index += 1;
    else {
      const target = parts[index + 2]?.concept;
      if (concept === undefined || parts[index + 1]?.mark !== '=' || target === undefined) return false;
      types.push(concept);
      targets.push(target);
      groups.push(group);
      index += 3;
    }
  }
  return types.length > 0 && group === 0;
}

/** A concept that somebody put together: below its focus. */
export class ExpressionConcept implements Concept {
  readonly definition = undefined;
  readonly designations = [];
  readonly extensions = [];
  readonly children = [];
  readonly ordinal = -1;
  readonly inactive = false;
  readonly note =
    'The expression is grammatically correct and the concepts are valid, but the expression has not been checked against the SNOMED CT concept model (MRCM)';
  readonly code: string;
  readonly display: string;
  readonly expression: Expression;
  readonly #source: ConceptSource;

  constructor(code: string, { display, ...expression }: ParsedExpression, source: ConceptSource) {
    this.code = code;
    this.display = display;
    this.expression = expression;
    this.#source = source;
  }

  get parents(): readonly Concept[] {
    return this.expression.focus.map((each) => this.#source.at(each));
  }

  isA(ancestor: Concept): boolean {
    if (ancestor.code === this.code) return true;
    return this.expression.focus.some(
      (each) => ancestor.ordinal >= 0 && this.#source.edition.isA(each, ancestor.ordinal),
    );
  }

  get properties(): readonly PropertyElement[] {
    const { types, targets } = this.expression.attributes;
    const { edition } = this.#source;
    return Array.from(types, (type, index) => ({ code: edition.code(type), valueCode: edition.code(targets[index]!) }));
  }
}
