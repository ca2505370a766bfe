// Value sets in compact form: a composition where it can be asked as it stands, codes where a filter needs a hierarchy.
import type { ValueSet, ValueSetComposeInclude } from 'fhir/r4.js';
import type { CompactValueSet } from '../src/adapters/definitions/artifacts.js';
import { codesAsJson, enumerate, type Terminology } from './fhir-terminology.js';

const hasFilter = ({ compose }: ValueSet): boolean =>
  [...(compose?.include ?? []), ...(compose?.exclude ?? [])].some(({ filter }) => filter !== undefined);

const part = ({ system, concept, filter, valueSet }: ValueSetComposeInclude): ValueSetComposeInclude => ({
  ...(system !== undefined && { system }),
  ...(concept !== undefined && { concept: concept.map(({ code }) => ({ code })) }),
  ...(filter !== undefined && { filter }),
  ...(valueSet !== undefined && { valueSet }),
});

function compact(valueSet: ValueSet, terminology: Terminology): CompactValueSet | undefined {
  const { compose, url = '' } = valueSet;
  const codes = hasFilter(valueSet) ? enumerate(url, terminology) : undefined;
  if (codes !== undefined) return { codes: codesAsJson(codes) };
  if (compose === undefined) return undefined;
  const exclude = compose.exclude?.map(part);
  return { compose: { include: compose.include.map(part), ...(exclude !== undefined && { exclude }) } };
}

/** All value sets by URL; those of the older publication where the newer has none. */
export function compactValueSets(older: Terminology, newer: Terminology): Readonly<Record<string, CompactValueSet>> {
  const both: Terminology = {
    codeSystems: new Map([...newer.codeSystems, ...older.codeSystems]),
    valueSets: new Map([...newer.valueSets, ...older.valueSets]),
  };
  return Object.fromEntries(
    [...both.valueSets]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([url, valueSet]) => {
        const made = compact(valueSet, both);
        return made === undefined ? [] : [[url, made]];
      }),
  );
}
