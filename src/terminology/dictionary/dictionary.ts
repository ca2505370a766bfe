// The controlled dictionary: what the organization means by a term, who answers for it, and by which codes and in which units
// it is written. Contracts name its concepts instead of repeating them.

export interface DictionaryCode {
  readonly system: string;
  readonly code: string;
  /** Of the code system that the code is looked up in; absent: the newest that is installed. */
  readonly version?: string;
}

export interface DictionaryUnit {
  /** UCUM code that consumers may rely on. */
  readonly canonical: string;
  /** Further UCUM codes in which it may be sent. */
  readonly allowed?: readonly string[];
  /** Of what is measured, in g/mol: between amounts of substance and masses nothing else converts. */
  readonly molarMass?: number;
}

export interface DictionaryConcept {
  /** `blood-pressure.systolic` */
  readonly id: string;
  readonly name: string;
  /** `measurement`: one amount, with its unit. `panel`: measurements that belong together. `coded`: neither. */
  readonly kind: 'measurement' | 'panel' | 'coded';
  readonly status: 'draft' | 'active' | 'retired';
  /** Who answers for it. */
  readonly owner: string;
  /** What it means, in words that a reader without codes understands. */
  readonly definition: string;
  /** All of them mean the concept; the first is the preferred one. */
  readonly codes: readonly DictionaryCode[];
  /** Of a measurement. */
  readonly unit?: DictionaryUnit;
  /** Of a panel: ids of its measurements. */
  readonly members?: readonly string[];
  /** Of a retired concept: the id of the one that took its place. */
  readonly replacedBy?: string;
}

export interface Dictionary {
  /** By id. */
  readonly concepts: readonly DictionaryConcept[];
  readonly concept: (id: string) => DictionaryConcept | undefined;
}

/** Of concepts with one id the first counts. */
export function dictionaryOf(concepts: readonly DictionaryConcept[]): Dictionary {
  const sorted = [...concepts].sort((a, b) => (a.id < b.id ? -1 : 1));
  const byId = new Map([...concepts].reverse().map((each) => [each.id, each]));
  return { concepts: sorted, concept: (id) => byId.get(id) };
}

export const emptyDictionary = dictionaryOf([]);

export const codeKey = ({ system, code }: DictionaryCode): string => `${system}|${code}`;
