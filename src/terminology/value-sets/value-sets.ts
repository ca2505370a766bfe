// Membership in value sets (http://hl7.org/fhir/R4/valueset.html#compositions): each composition becomes a test, made when it
// is first asked. An answer may be open: a system or value set is not here, or not in full.
import type { JsonObject } from '../../model/json.js';
import { listAt, textAt, type SystemContent } from './content.js';
import { passes, type Filter } from './filters.js';

export interface Code {
  /** Absent: a `code` element, which has none; any system of the set will do. */
  readonly system?: string;
  readonly code: string;
}

/** System -> codes, of a value set that could be enumerated. */
export type EnumeratedCodes = ReadonlyMap<string, ReadonlySet<string>>;

export interface ValueSetSources {
  /** A ValueSet resource by canonical URL. */
  valueSet(url: string): JsonObject | undefined;
  /** The codes of a value set that the build enumerated. */
  codes(url: string): EnumeratedCodes | undefined;
  system(url: string): SystemContent | undefined;
  /** Systems that are a grammar, not a list (UCUM, BCP 47): is the code one? Undefined for any other system. */
  grammar(system: string, code: string): boolean | undefined;
}

/** Is the code in the value set? Undefined when that cannot be told. */
export type Membership = (code: Code) => boolean | undefined;

const not = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);

function all(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function any(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

const withoutVersion = (url: string): string => url.split('|')[0] ?? url;

const valueSetsOf = (part: JsonObject): readonly string[] =>
  Array.isArray(part.valueSet) ? (part.valueSet as readonly string[]) : [];

const hasModifier = (part: JsonObject): boolean =>
  [part, ...listAt(part, 'concept'), ...listAt(part, 'filter')].some((each) => each.modifierExtension !== undefined);

export class ValueSets {
  private readonly sources: ValueSetSources;
  private readonly tests = new Map<string, Membership | undefined>();
  private readonly modified = new Map<string, boolean>();
  constructor(sources: ValueSetSources) {
    this.sources = sources;
  }

  /** Is the value set here at all? */
  has(valueSet: string): boolean {
    return this.membership(valueSet) !== undefined;
  }

  /** Is the value set a resource of that URL? */
  isValueSet(url: string): boolean {
    return this.has(url);
  }

  /** Is the code in the value set? Undefined when that cannot be told. */
  includes(valueSet: string, code: Code): boolean | undefined {
    return this.membership(valueSet)?.(code);
  }

  system(url: string): SystemContent | undefined {
    return this.sources.system(url) ?? this.sources.system(withoutVersion(url));
  }

  /** Is the code one of its system? Undefined when the system is not known, or not in full. */
  isCode(system: string, code: string): boolean | undefined {
    const grammar = this.sources.grammar(system, code);
    if (grammar !== undefined) return grammar;
    const content = this.system(system);
    if (content === undefined || content.content === 'supplement') return undefined;
    return content.concept(code) !== undefined ? true : content.content === 'complete' ? false : undefined;
  }

  /** The test of a value set, for callers that ask it again and again; undefined when it is not here. */
  membership(url: string): Membership | undefined {
    if (this.tests.has(url)) return this.tests.get(url);
    // A value set that names itself ends here.
    this.tests.set(url, undefined);
    const test = this.make(url);
    this.tests.set(url, test);
    return test;
  }

  /**
   * Has its composition, or that of a value set it takes from, a modifier extension? "The meaning of the element cannot be
   * understood without it" (http://hl7.org/fhir/R4/extensibility.html#modifierExtension): it cannot be evaluated.
   */
  isModified(url: string): boolean {
    const known = this.modified.get(url);
    if (known !== undefined) return known;
    this.modified.set(url, false);
    const compose = this.sources.valueSet(url)?.compose ?? this.sources.valueSet(withoutVersion(url))?.compose;
    const parts = ['include', 'exclude'].flatMap((name) => listAt((compose ?? {}) as JsonObject, name));
    const found = parts.some((part) => hasModifier(part) || valueSetsOf(part).some((other) => this.isModified(other)));
    this.modified.set(url, found);
    return found;
  }

  private make(url: string): Membership | undefined {
    const plain = withoutVersion(url);
    const resource = this.sources.valueSet(url) ?? this.sources.valueSet(plain);
    if (resource !== undefined) return this.composition(resource);
    const codes = this.sources.codes(plain);
    return codes === undefined ? undefined : enumerated(codes);
  }

  private composition(resource: JsonObject): Membership {
    const { compose } = resource;
    if (typeof compose !== 'object' || compose === null) return expansion(resource);
    const included = listAt(compose as JsonObject, 'include').map((each) => this.part(each));
    const excluded = listAt(compose as JsonObject, 'exclude').map((each) => this.part(each));
    return (code) => {
      const within = any(included.map((test) => test(code)));
      return excluded.length === 0 ? within : all([within, not(any(excluded.map((test) => test(code))))]);
    };
  }

  /** One include or exclude: its system's codes, and all of its value sets. */
  private part(include: JsonObject): Membership {
    const urls = valueSetsOf(include);
    const system = textAt(include, 'system');
    const own = system === undefined ? [] : [this.ofSystem(system, include)];
    return (code) => all([...own.map((test) => test(code)), ...urls.map((url) => this.includes(url, code))]);
  }

  private ofSystem(system: string, include: JsonObject): Membership {
    const concepts = listAt(include, 'concept').map((each) => textAt(each, 'code') ?? '');
    const codes = concepts.length === 0 ? undefined : new Set(concepts);
    const filters = listAt(include, 'filter') as unknown as readonly Filter[];
    return (code) => {
      if (code.system !== undefined && code.system !== system) return false;
      if (codes !== undefined) return codes.has(code.code);
      return filters.length === 0 ? this.isCode(system, code.code) : this.filtered(system, code.code, filters);
    };
  }

  private filtered(system: string, code: string, filters: readonly Filter[]): boolean | undefined {
    const content = this.system(system);
    const concept = content?.concept(code);
    if (concept === undefined) return this.isCode(system, code) === false ? false : undefined;
    return all(filters.map((filter) => passes(concept, filter)));
  }
}

function enumerated(codes: EnumeratedCodes): Membership {
  const all = [...codes.values()];
  const [only] = codes;
  if (only !== undefined && all.length === 1) {
    const [ownSystem, own] = only;
    return ({ system, code }) => (system === undefined || system === ownSystem) && own.has(code);
  }
  return ({ system, code }) =>
    system === undefined ? all.some((each) => each.has(code)) : codes.get(system)?.has(code) === true;
}

/** A value set that only comes expanded. */
function expansion(resource: JsonObject): Membership {
  const found = new Map<string, Set<string>>();
  const add = (entries: readonly JsonObject[]): void => {
    for (const entry of entries) {
      const [system, code] = [textAt(entry, 'system'), textAt(entry, 'code')];
      if (system !== undefined && code !== undefined) found.set(system, (found.get(system) ?? new Set()).add(code));
      add(listAt(entry, 'contains'));
    }
  };
  const holder = resource.expansion;
  if (typeof holder !== 'object' || holder === null) return () => undefined;
  add(listAt(holder as JsonObject, 'contains'));
  return enumerated(found);
}
