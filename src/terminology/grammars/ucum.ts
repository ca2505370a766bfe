// UCUM, the Unified Code for Units of Measure (http://hl7.org/fhir/R4/ucum.html): every expression of its syntax is a code,
// displayed as it is written. The filter `canonical` takes the units of one dimension.
import type { Concept, Restriction } from '../code-systems/code-system.js';
import type { ValueSetResource } from '../resources.js';
import { canonicalUcum, parseUcum, ucumName, type UcumTables, type UcumTerm } from '../units/ucum-expression.js';
import { grammarConcept, type Grammar } from './grammar.js';

export interface UcumSources {
  /** The release of UCUM the tables are of. */
  readonly version: string;
  tables(): UcumTables;
  /** FHIR's list of common units, with their common names. */
  common(): ValueSetResource | undefined;
}

/** The use of a designation that says the same in other words, as SNOMED CT codes it. */
const synonym = { system: 'http://snomed.info/sct', code: '900000000000013009' };

function namesOf(common: ValueSetResource | undefined): ReadonlyMap<string, string> {
  const concepts = (common?.compose?.include ?? []).flatMap(({ concept }) => concept ?? []);
  return new Map(concepts.flatMap(({ code, display }) => (display === undefined ? [] : [[code, display] as const])));
}

export function ucumGrammar(sources: UcumSources): Grammar {
  let names: ReadonlyMap<string, string> | undefined;
  const commonName = (code: string) => (names ??= namesOf(sources.common())).get(code);
  const parse = (code: string) => parseUcum(code, sources.tables());
  return {
    url: 'http://unitsofmeasure.org',
    version: sources.version,
    name: 'UCUM',
    title: 'Unified Code for Units of Measure',
    language: 'en',
    properties: [],
    base: () => sources.common(),
    find(code) {
      const term = parse(code);
      return term.kind === 'fault' ? undefined : unit(code, term, commonName(code));
    },
    fault(code) {
      const fault = parse(code);
      if (fault.kind !== 'fault') return undefined;
      return `Error processing unit '${code}': ${fault.why} at character ${fault.position}`;
    },
    select: ({ property, op, value }) =>
      property === 'canonical' && op === '=' ? ofDimension(value, parse) : undefined,
  };
}

const unit = (code: string, term: UcumTerm, commonName: string | undefined): Concept =>
  grammarConcept({
    code,
    display: code,
    designations: [
      { language: 'en', value: ucumName(term) },
      ...(commonName === undefined ? [] : [{ language: 'en', use: synonym, value: commonName }]),
    ],
  });

type Parse = (code: string) => ReturnType<typeof parseUcum>;

/** Units whose base units are those of the value, itself a unit. */
function ofDimension(value: string, parse: Parse): Restriction {
  const canonicalOf = (code: string): string | undefined => {
    const term = parse(code);
    return term.kind === 'fault' ? undefined : canonicalUcum(term);
  };
  const wanted = canonicalOf(value);
  const takes = ({ code }: Concept): boolean => wanted !== undefined && canonicalOf(code) === wanted;
  return {
    takes,
    remark: (concept) =>
      takes(concept)
        ? undefined
        : `Code ${concept.code} has canonical form ${canonicalOf(concept.code) ?? 'none'}, not ${wanted ?? value} as required`,
  };
}
