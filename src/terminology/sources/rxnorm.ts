// RxNorm's Rich Release Format -> an edition (https://www.nlm.nih.gov/research/umls/rxnorm/docs/techdoc.html; http://hl7.org/
// fhir/R4/rxnorm.html). Of the sources only RxNorm's own atoms become codes. Pure: rows come in as values.
import { EditionBuilder, flags } from '../editions/builder.js';
import type { PropertyColumn } from '../editions/file-format.js';
import type { BuiltEdition } from './built-edition.js';

export type RxNormKind = 'concepts' | 'relations' | 'types' | 'attributes';

export interface RxNormRelease {
  /** The rows of a file, in its columns. */
  rows(kind: RxNormKind): Iterable<readonly string[]>;
  /** Told what is done next. */
  progress(step: string): void;
}

const system = 'http://www.nlm.nih.gov/research/umls/rxnorm';

/** Term types that are the name of a concept (technical documentation, appendix 5), the best first. */
const ownNames = [
  ...['SCD', 'SBD', 'GPCK', 'BPCK', 'SCDG', 'SBDG', 'SCDF', 'SBDF', 'SCDC', 'SBDC'],
  ...['IN', 'PIN', 'MIN', 'BN', 'DF', 'DFG'],
];

/** After a concept's own name the prescribable one, then synonyms. */
function rank(type: string): number {
  const found = ownNames.indexOf(type);
  if (found >= 0) return found;
  return type === 'PSN' ? ownNames.length : ownNames.length + 1;
}

const text = (code: string, description: string): PropertyColumn => ({ code, type: 'string', description });
const columns = {
  type: text('TTY', 'Term type'),
  semantic: text('STY', 'Semantic type'),
  status: { ...text('STATUS', 'Status'), uri: 'http://hl7.org/fhir/concept-properties#status' },
};

/** Attributes of use to who looks a medicine up. */
const attributes: ReadonlySet<string> = new Set([
  ...['RXN_STRENGTH', 'RXN_AVAILABLE_STRENGTH', 'RXN_HUMAN_DRUG', 'RXN_VET_DRUG', 'RXTERM_FORM', 'NDC'],
  ...['RXN_QUANTITY', 'RXN_BN_CARDINALITY'],
]);

interface Atom {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  /** `O`: obsolete. */
  readonly suppressed: string;
}

/** RXNCONSO: RXCUI 0, SAB 11, TTY 12, STR 14, SUPPRESS 16. */
function* atomsOf(release: RxNormRelease): Iterable<Atom> {
  for (const row of release.rows('concepts'))
    if (row[11] === 'RXNORM') yield { id: row[0]!, type: row[12]!, name: row[14]!, suppressed: row[16]! };
}

/** @param version the release: `08042025`. */
export function editionOfRxNorm(release: RxNormRelease, version: string): BuiltEdition {
  release.progress('concepts');
  const atoms = [...atomsOf(release)];
  const builder = new EditionBuilder(atoms.map(({ id }) => id));
  addAtoms(builder, atoms);
  addRelations(builder, release);
  addProperties(builder, release);
  release.progress('index');
  return {
    stated: {
      url: system,
      version,
      name: 'RxNorm',
      title: 'RxNorm',
      kind: 'rxnorm',
      language: 'en',
      concepts: builder.codes.length,
      languages: ['en'],
      uses: types(atoms).map((code) => ({ system, code, display: code })),
      properties: builder.properties,
    },
    sections: builder.sections(),
  };
}

const types = (atoms: readonly Atom[]): readonly string[] => [...new Set(atoms.map(({ type }) => type))].sort();

function addAtoms(builder: EditionBuilder, atoms: readonly Atom[]): void {
  const uses = types(atoms);
  const best = new Map<number, { readonly rank: number; readonly row: number }>();
  const current = new Set<number>();
  for (const { id, type, name, suppressed } of atoms) {
    const concept = builder.ordinal(id)!;
    const row = builder.designation(concept, { value: name, language: 0, use: uses.indexOf(type), flags: 0 });
    const own = rank(type);
    if (own < (best.get(concept)?.rank ?? Number.POSITIVE_INFINITY)) best.set(concept, { rank: own, row });
    if (own < ownNames.length) builder.property(concept, columns.type, type);
    if (suppressed !== 'O') current.add(concept);
  }
  for (const [concept, { row }] of best) {
    builder.display(concept, row);
    if (current.has(concept)) continue;
    builder.flag(concept, flags.inactive);
    builder.property(concept, columns.status, 'obsolete');
  }
}

/** RXNREL: RXCUI1 0, STYPE1 2, RXCUI2 4, RELA 7, SAB 10. What is said, the second says of the first. */
function addRelations(builder: EditionBuilder, release: RxNormRelease): void {
  release.progress('relations');
  for (const row of release.rows('relations')) {
    if (row[10] !== 'RXNORM' || row[2] !== 'CUI') continue;
    const [target, source, relation] = [builder.ordinal(row[0]!), builder.ordinal(row[4]!), row[7]!];
    if (target === undefined || source === undefined || relation === '') continue;
    builder.property(source, { code: relation, type: 'code' }, row[0]!);
    if (relation === 'isa') builder.parent(source, target);
  }
}

/** RXNSTY: RXCUI 0, STY 3. RXNSAT: RXCUI 0, ATN 8, SAB 9, ATV 10. */
function addProperties(builder: EditionBuilder, release: RxNormRelease): void {
  release.progress('semantic types and attributes');
  for (const row of release.rows('types')) {
    const concept = builder.ordinal(row[0]!);
    if (concept !== undefined) builder.property(concept, columns.semantic, row[3]!);
  }
  for (const row of release.rows('attributes')) {
    const concept = row[9] === 'RXNORM' && attributes.has(row[8]!) ? builder.ordinal(row[0]!) : undefined;
    if (concept !== undefined) builder.property(concept, { code: row[8]!, type: 'string' }, row[10]!);
  }
}
