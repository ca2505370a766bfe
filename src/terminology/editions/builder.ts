// Builds an edition: rows are added in any order, and become the sections of its file.
import { buildHash } from './code-hash.js';
import { closureOf } from './closure.js';
import { DistinctTexts, IntColumn, TextColumn } from './columns.js';
import type { PropertyColumn, Sections } from './file-format.js';
import { arranged, groupRows, valuesByKey } from './rows-by-key.js';
import { wordsOf } from './words.js';

export const flags = { inactive: 1, abstract: 2, defined: 4 } as const;
/** `preferred`: in the edition's own dialect. `displayOnly`: it is the display, and no designation beside it. */
export const designationFlags = { inactive: 1, preferred: 2, acceptable: 4, displayOnly: 8 } as const;

export interface NewDesignation {
  readonly value: string;
  readonly language: number;
  readonly use: number;
  readonly flags: number;
}

/** Compares as bytes do, so that an edition's order is the same everywhere. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export class EditionBuilder {
  readonly codes: readonly string[];
  readonly #ordinals: ReadonlyMap<string, number>;
  readonly #flags: Uint8Array;
  readonly #display: Int32Array;
  readonly #links = { child: new IntColumn(), parent: new IntColumn() };
  readonly #attributes = {
    source: new IntColumn(),
    type: new IntColumn(),
    target: new IntColumn(),
    group: new IntColumn(),
  };
  readonly #designations = {
    concept: new IntColumn(),
    language: new IntColumn(),
    use: new IntColumn(),
    flags: new IntColumn(),
    texts: new TextColumn(),
  };
  readonly #properties = { concept: new IntColumn(), property: new IntColumn(), value: new IntColumn() };
  readonly #texts = new DistinctTexts();
  readonly #members = { set: new IntColumn(), member: new IntColumn() };
  readonly #associations = { source: new IntColumn(), type: new IntColumn(), target: new IntColumn() };
  readonly #propertyIds = new Map<string, number>();
  readonly properties: PropertyColumn[] = [];
  readonly #words = new Map<string, IntColumn>();

  constructor(codes: Iterable<string>) {
    this.codes = [...new Set(codes)].sort(byText);
    this.#ordinals = new Map(this.codes.map((code, ordinal) => [code, ordinal]));
    this.#flags = new Uint8Array(this.codes.length);
    this.#display = new Int32Array(this.codes.length).fill(-1);
  }

  /** Undefined: no such concept. */
  ordinal(code: string): number | undefined {
    return this.#ordinals.get(code);
  }

  flag(concept: number, bits: number): void {
    this.#flags[concept]! |= bits;
  }

  isInactive(concept: number): boolean {
    return (this.#flags[concept]! & flags.inactive) !== 0;
  }

  parent(child: number, parent: number): void {
    if (child === parent) return;
    this.#links.child.push(child);
    this.#links.parent.push(parent);
  }

  /** A negative target is the text `-1 - target`: a concrete value. */
  attribute(source: number, type: number, target: number, group: number): void {
    const { source: sources, type: types, target: targets, group: groups } = this.#attributes;
    sources.push(source);
    types.push(type);
    targets.push(target);
    groups.push(group);
  }

  text(value: string): number {
    return this.#texts.indexOf(value);
  }

  /** @returns the designation's row. */
  designation(concept: number, { value, language, use, flags: bits }: NewDesignation): number {
    const { concept: concepts, language: languages, use: uses, flags: all, texts } = this.#designations;
    concepts.push(concept);
    languages.push(language);
    uses.push(use);
    all.push(bits);
    if ((bits & designationFlags.inactive) === 0) this.#index(concept, value);
    return texts.push(value);
  }

  flagDesignation(row: number, bits: number): void {
    const { flags: all } = this.#designations;
    all.set(row, all.at(row) | bits);
  }

  /** Makes a designation its concept's display. */
  display(concept: number, row: number): void {
    this.#display[concept] = row;
  }

  hasDisplay(concept: number): boolean {
    return this.#display[concept]! >= 0;
  }

  property(concept: number, column: PropertyColumn, value: string): void {
    const key = `${column.type} ${column.code}`;
    let id = this.#propertyIds.get(key);
    if (id === undefined) {
      this.#propertyIds.set(key, (id = this.properties.length));
      this.properties.push(column);
    }
    this.#properties.concept.push(concept);
    this.#properties.property.push(id);
    this.#properties.value.push(this.text(value));
  }

  member(set: number, member: number): void {
    this.#members.set.push(set);
    this.#members.member.push(member);
  }

  association(source: number, type: number, target: number): void {
    this.#associations.source.push(source);
    this.#associations.type.push(type);
    this.#associations.target.push(target);
  }

  #index(concept: number, value: string): void {
    for (const word of wordsOf(value)) {
      let postings = this.#words.get(word);
      if (postings === undefined) this.#words.set(word, (postings = new IntColumn(4)));
      postings.push(concept);
    }
  }

  sections(): Sections {
    return {
      ...this.#codeSections(),
      ...this.#hierarchy(),
      ...this.#designationSections(),
      ...this.#attributeSections(),
      ...this.#propertySections(),
      ...this.#setSections(),
      ...this.#wordSections(),
    };
  }

  #codeSections(): Sections {
    const texts = new TextColumn();
    for (const code of this.codes) texts.push(code);
    return {
      'codes.bytes': texts.bytes(),
      'codes.ends': texts.ends.view(),
      'codes.hash': buildHash(this.codes),
      flags: this.#flags,
    };
  }

  #hierarchy(): Sections {
    const size = this.codes.length;
    const [child, parent] = [this.#links.child.view(), this.#links.parent.view()];
    const parents = valuesByKey(child, parent, size);
    const children = valuesByKey(parent, child, size);
    const { ancestors, descendants } = closureOf(parents, size);
    return {
      'parents.offsets': parents.offsets,
      'parents.values': parents.values,
      'children.offsets': children.offsets,
      'children.values': children.values,
      'ancestors.offsets': ancestors.offsets,
      'ancestors.values': ancestors.values,
      'descendants.offsets': descendants.offsets,
      'descendants.values': descendants.values,
    };
  }

  #designationSections(): Sections {
    const { concept, language, use, flags: all, texts } = this.#designations;
    const { offsets, order } = groupRows(concept.view(), this.codes.length);
    return {
      'designations.offsets': offsets,
      'designations.rows': order,
      'designations.language': Uint8Array.from(language.view()),
      'designations.use': Uint8Array.from(use.view()),
      'designations.flags': Uint8Array.from(all.view()),
      'designations.bytes': texts.bytes(),
      'designations.ends': texts.ends.view(),
      display: this.#display,
    };
  }

  #attributeSections(): Sections {
    const { source, type, target, group } = this.#attributes;
    const { offsets, order } = groupRows(source.view(), this.codes.length);
    return {
      'attributes.offsets': offsets,
      'attributes.type': arranged(type.view(), order),
      'attributes.target': arranged(target.view(), order),
      'attributes.group': arranged(group.view(), order),
    };
  }

  #propertySections(): Sections {
    const { concept, property, value } = this.#properties;
    const { offsets, order } = groupRows(concept.view(), this.codes.length);
    return {
      'properties.offsets': offsets,
      'properties.property': arranged(property.view(), order),
      'properties.value': arranged(value.view(), order),
      'texts.bytes': this.#texts.column.bytes(),
      'texts.ends': this.#texts.column.ends.view(),
    };
  }

  #setSections(): Sections {
    const size = this.codes.length;
    const members = valuesByKey(this.#members.set.view(), this.#members.member.view(), size);
    const { source, type, target } = this.#associations;
    const { offsets, order } = groupRows(source.view(), size);
    return {
      'members.offsets': members.offsets,
      'members.values': members.values,
      'associations.offsets': offsets,
      'associations.type': arranged(type.view(), order),
      'associations.target': arranged(target.view(), order),
    };
  }

  #wordSections(): Sections {
    const sorted = [...this.#words.keys()].sort(byText);
    const texts = new TextColumn();
    const offsets = new IntColumn();
    const values = new IntColumn();
    for (const word of sorted) {
      texts.push(word);
      offsets.push(values.length);
      for (const each of new Set(this.#words.get(word)!.view().slice().sort())) values.push(each);
    }
    offsets.push(values.length);
    return {
      'words.bytes': texts.bytes(),
      'words.ends': texts.ends.view(),
      'postings.offsets': offsets.view(),
      'postings.values': values.view(),
    };
  }
}
