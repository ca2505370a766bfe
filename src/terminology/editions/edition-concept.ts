// A concept of an edition as the operations see one: read from the columns when it is asked for.
import type { Concept, Designation } from '../code-systems/code-system.js';
import type { PropertyElement } from '../resources.js';
import { designationFlags } from './builder.js';
import type { Edition } from './edition.js';
import type { PropertyColumn } from './file-format.js';

export interface ConceptSource {
  readonly edition: Edition;
  at(ordinal: number): Concept;
}

const none: readonly never[] = [];

/** SNOMED CT's SAME AS and REPLACED BY association reference sets: the other ones tell what may be meant. */
const replacing: ReadonlySet<string> = new Set(['900000000000527005', '900000000000526001']);

function elementOf({ code, type }: PropertyColumn, value: string): PropertyElement {
  if (type === 'code') return { code, valueCode: value };
  if (type === 'boolean') return { code, valueBoolean: value === 'true' };
  if (type === 'integer') return { code, valueInteger: Number(value) };
  return type === 'dateTime' ? { code, valueDateTime: value } : { code, valueString: value };
}

export class EditionConcept implements Concept {
  readonly definition = undefined;
  readonly extensions = none;
  readonly ordinal: number;
  readonly #source: ConceptSource;

  constructor(ordinal: number, source: ConceptSource) {
    this.ordinal = ordinal;
    this.#source = source;
  }

  get #edition(): Edition {
    return this.#source.edition;
  }
  get code(): string {
    return this.#edition.code(this.ordinal);
  }
  get display(): string | undefined {
    return this.#edition.display(this.ordinal);
  }
  get inactive(): boolean {
    return this.#edition.isInactive(this.ordinal);
  }
  get parents(): readonly Concept[] {
    return Array.from(this.#edition.parents(this.ordinal), (each) => this.#source.at(each));
  }
  get children(): readonly Concept[] {
    return Array.from(this.#edition.children(this.ordinal), (each) => this.#source.at(each));
  }

  get replacements(): readonly string[] {
    return this.#edition
      .associations(this.ordinal)
      .filter(({ type }) => replacing.has(this.#edition.code(type)))
      .map(({ target }) => this.#edition.code(target));
  }

  isA(ancestor: Concept): boolean {
    return this.#edition.isA(this.ordinal, ancestor.ordinal);
  }

  /** The active ones, use by use: the fully specified name before the synonyms. */
  get designations(): readonly Designation[] {
    return this.#designated((flags) => (flags & (designationFlags.inactive | designationFlags.displayOnly)) === 0);
  }

  get retiredDesignations(): readonly Designation[] {
    return this.#designated((flags) => (flags & designationFlags.inactive) !== 0);
  }

  #designated(isWanted: (flags: number) => boolean): readonly Designation[] {
    const { header } = this.#edition;
    return Array.from(this.#edition.designationRows(this.ordinal), (row) => this.#edition.designation(row))
      .filter(({ flags }) => isWanted(flags))
      .sort((a, b) => a.use - b.use)
      .map(({ value, language, use }) => ({ language, use: header.uses[use]!, value }));
  }

  get properties(): readonly PropertyElement[] {
    const { header } = this.#edition;
    const stated = this.#edition.properties(this.ordinal);
    return [
      ...(this.inactive ? [{ code: 'status', valueCode: 'inactive' }] : []),
      ...stated.map(({ property, value }) => elementOf(header.properties[property]!, value)),
      ...this.#attributes(),
    ];
  }

  #attributes(): readonly PropertyElement[] {
    const { attributeTypes, attributeTargets } = this.#edition;
    const [from, to] = this.#edition.attributeSpan(this.ordinal);
    return Array.from({ length: to - from }, (_, index) => {
      const [code, target] = [this.#edition.code(attributeTypes[from + index]!), attributeTargets[from + index]!];
      return target < 0
        ? { code, valueString: this.#edition.text(-1 - target) }
        : { code, valueCode: this.#edition.code(target) };
    });
  }
}
