// Code systems over compact content: which codes there are and how they are displayed. Content comes as a value; a
// system's table is made when it is first asked for.

/** http://hl7.org/fhir/R4/valueset-codesystem-content-mode.html: only `complete` can say that a code does not exist. */
export type ContentMode = 'not-present' | 'example' | 'fragment' | 'complete' | 'supplement';

/** A code system as the build writes it. */
export interface CompactCodeSystem {
  readonly version?: string;
  readonly content: ContentMode;
  readonly caseSensitive: boolean;
  /** A line per concept, `code<TAB>display`, display empty where there is none. */
  readonly concepts: string;
}

export interface CodeSystem {
  readonly url: string;
  readonly version?: string;
  readonly content: ContentMode;
  /** The display of a code; undefined when the code is not there or has none. */
  display(code: string): string | undefined;
  has(code: string): boolean;
  codes(): readonly string[];
}

export interface CodeSystems {
  get(url: string): CodeSystem | undefined;
}

interface Concept {
  readonly code: string;
  readonly display: string;
}

function conceptsOf({ concepts }: CompactCodeSystem): readonly Concept[] {
  if (concepts === '') return [];
  return concepts.split('\n').map((line) => {
    const tab = line.indexOf('\t');
    return { code: line.slice(0, tab), display: line.slice(tab + 1) };
  });
}

function codeSystem(url: string, compact: CompactCodeSystem): CodeSystem {
  const concepts = conceptsOf(compact);
  const key = compact.caseSensitive ? (code: string) => code : (code: string) => code.toLowerCase();
  const displays = new Map(concepts.map(({ code, display }) => [key(code), display]));
  return {
    url,
    ...(compact.version !== undefined && { version: compact.version }),
    content: compact.content,
    display: (code) => displays.get(key(code)) || undefined,
    has: (code) => displays.has(key(code)),
    codes: () => concepts.map(({ code }) => code),
  };
}

/** Code systems by URL. */
export function codeSystems(content: Readonly<Record<string, CompactCodeSystem>>): CodeSystems {
  const made = new Map<string, CodeSystem>();
  const make = (url: string): CodeSystem | undefined => {
    const compact = Object.hasOwn(content, url) ? content[url] : undefined;
    if (compact === undefined) return undefined;
    const system = codeSystem(url, compact);
    made.set(url, system);
    return system;
  };
  return { get: (url) => made.get(url) ?? make(url) };
}

/** The display of a code, where its system is known and has one. */
export const displayOf = (systems: CodeSystems, system: string, code: string): string | undefined =>
  systems.get(system)?.display(code);

/**
 * Is the code one of its system (CodeSystem `$validate-code`)? Undefined when that cannot be told: the system is not
 * known, or not all of it is.
 */
export function isCodeOf(systems: CodeSystems, system: string, code: string): boolean | undefined {
  const known = systems.get(system);
  if (known === undefined) return undefined;
  return known.has(code) || (known.content === 'complete' ? false : undefined);
}
