// Why a dictionary cannot stand: told before anything relies on it, each fault with its place and its mend.
import { findSystem, type Content } from '../content.js';
import { printCanonical } from '../resources.js';
import { mayBeLoinc } from '../systems/loinc-code.js';
import { codeKey, dictionaryOf, type Dictionary, type DictionaryCode, type DictionaryConcept } from './dictionary.js';
import { unitFaults, type UnitGround } from './unit-faults.js';

export interface DictionaryGround extends UnitGround {
  /** Codes of systems that are here must be theirs. */
  readonly content: Content;
}

/** What is wrong with a concept, and where in it: `['unit', 'allowed', 1]`. */
export interface DictionaryFault {
  readonly concept: DictionaryConcept;
  readonly path: readonly (string | number)[];
  /** A sentence with its mend. */
  readonly text: string;
}

type Told = Omit<DictionaryFault, 'concept'>;

/** Everything that is wrong, in the order of the concepts. */
export function dictionaryFaults(
  concepts: readonly DictionaryConcept[],
  ground: DictionaryGround,
): readonly DictionaryFault[] {
  const dictionary = dictionaryOf(concepts);
  const owners = activeOwners(concepts);
  return concepts.flatMap((concept) =>
    [
      ...idFaults(concept, dictionary),
      ...kindFaults(concept),
      ...memberFaults(concept, dictionary),
      ...replacementFaults(concept, dictionary),
      ...concept.codes.flatMap((code, at) => codeFaults(concept, code, at, owners, ground)),
      ...(concept.unit === undefined ? [] : unitFaults(concept.unit, ground)),
    ].map((fault) => ({ concept, ...fault })),
  );
}

const idFaults = (concept: DictionaryConcept, dictionary: Dictionary): Told[] =>
  dictionary.concept(concept.id) === concept
    ? []
    : [{ path: ['id'], text: `There are two concepts ${concept.id}. Give one another id.` }];

/** The members that a kind has, and no other. */
const parts = { measurement: 'unit', panel: 'members', coded: undefined } as const;

function kindFaults(concept: DictionaryConcept): Told[] {
  const { id, kind } = concept;
  const own = parts[kind];
  const missing = own === undefined || concept[own] !== undefined ? [] : [own];
  const surplus = (['unit', 'members'] as const).filter((part) => part !== own && concept[part] !== undefined);
  return [
    ...missing.map((part) => ({ path: ['kind'], text: `${id} is of kind ${kind}, and has no ${part}. Add ${part}.` })),
    ...surplus.map((part) => ({
      path: [part],
      text: `${id} is of kind ${kind}, which has no ${part}. Remove ${part}.`,
    })),
  ];
}

function memberFaults({ id, members = [] }: DictionaryConcept, dictionary: Dictionary): Told[] {
  return members.flatMap((member, at) => {
    const found = dictionary.concept(member);
    const path = ['members', at];
    if (found === undefined) return [{ path, text: `${id} has the member ${member}, which is not in the dictionary.` }];
    if (found.kind !== 'measurement') return [{ path, text: `${member} is no measurement: it cannot be of ${id}.` }];
    return found.status === 'retired' ? [{ path, text: `${member} is retired. Remove it from ${id}.` }] : [];
  });
}

function replacementFaults({ id, status, replacedBy }: DictionaryConcept, dictionary: Dictionary): Told[] {
  if (replacedBy === undefined) return [];
  const path = ['replacedBy'];
  if (status !== 'retired')
    return [{ path, text: `${id} is ${status}: only a retired concept is replaced. Retire it, or remove replacedBy.` }];
  const other = dictionary.concept(replacedBy);
  if (other === undefined)
    return [{ path, text: `${id} is replaced by ${replacedBy}, which is not in the dictionary.` }];
  if (other.status === 'active') return [];
  return [{ path, text: `${id} is replaced by ${replacedBy}, which is ${other.status}. Name an active concept.` }];
}

/** By code, the first active concept that has it. */
function activeOwners(concepts: readonly DictionaryConcept[]): ReadonlyMap<string, DictionaryConcept> {
  const owners = new Map<string, DictionaryConcept>();
  for (const concept of concepts.filter(({ status }) => status === 'active'))
    for (const code of concept.codes) if (!owners.has(codeKey(code))) owners.set(codeKey(code), concept);
  return owners;
}

function codeFaults(
  concept: DictionaryConcept,
  code: DictionaryCode,
  at: number,
  owners: ReadonlyMap<string, DictionaryConcept>,
  ground: DictionaryGround,
): Told[] {
  // What a retired concept was written by may be gone from its system by now.
  if (concept.status === 'retired') return [];
  const path = ['codes', at, 'code'];
  const owner = owners.get(codeKey(code));
  const first = concept.codes.findIndex((each) => codeKey(each) === codeKey(code));
  if (first !== at) return [{ path, text: `${concept.id} has the code ${code.code} twice. Remove one.` }];
  if (concept.status === 'active' && owner !== undefined && owner !== concept)
    return [{ path, text: `The code ${code.code} is one of ${owner.id} already. A code has one meaning: remove one.` }];
  const why = strangeness(code, ground.content);
  return why === undefined ? [] : [{ path, text: `${why}. Correct the code.` }];
}

const loinc = 'http://loinc.org';

/** Why the code is none of its system; undefined also where nobody here can tell. */
function strangeness({ system: url, code, version }: DictionaryCode, content: Content): string | undefined {
  const system = findSystem(content, url, version)?.defined();
  if (system === undefined) {
    if (version !== undefined && findSystem(content, url) !== undefined)
      return `${printCanonical(url, version)} is not installed, and another version is`;
    return url === loinc && !mayBeLoinc(code) ? `${code} is no LOINC code: its check digit is wrong` : undefined;
  }
  if (system.find(code) !== undefined || system.content !== 'complete') return undefined;
  return `${code} is no code of ${printCanonical(url, system.version)}`;
}
