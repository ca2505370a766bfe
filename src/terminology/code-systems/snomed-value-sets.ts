// The value sets that a SNOMED CT edition has by nature (http://hl7.org/fhir/R4/snomedct.html#implicit).
import type { FilterElement, ValueSetResource } from '../resources.js';

const pattern = /^(http:\/\/snomed\.info\/x?sct(?:\/\d+(?:\/version\/\d+)?)?)\?fhir_vs(?:=(isa|refset|ecl)\/(.+))?$/;

const filters: Readonly<Record<string, (value: string) => FilterElement>> = {
  isa: (value) => ({ property: 'concept', op: 'is-a', value }),
  refset: (value) => ({ property: 'concept', op: 'in', value }),
  ecl: (value) => ({ property: 'constraint', op: '=', value }),
};

const names: Readonly<Record<string, string>> = {
  isa: 'concepts subsumed by',
  refset: 'concepts in the reference set',
  ecl: 'concepts that satisfy',
};

/**
 * Undefined: the URL names no such value set.
 *
 * @param knows is there such a concept, or reference set? Of one that is not here there is no value set either.
 */
export function snomedValueSet(
  url: string,
  knows: (kind: 'isa' | 'refset', code: string) => boolean,
): ValueSetResource | undefined {
  const [, edition = '', kind = '', value = ''] = pattern.exec(url) ?? [];
  if (edition === '' || ((kind === 'isa' || kind === 'refset') && !knows(kind, value))) return undefined;
  const filter = filters[kind]?.(decoded(value));
  const isVersioned = edition.includes('/version/');
  return {
    resourceType: 'ValueSet',
    url,
    status: 'active',
    name: 'SNOMEDCT',
    title: `SNOMED CT ${names[kind] ?? 'concepts'} ${decoded(value)}`.trim(),
    compose: {
      include: [
        {
          system: 'http://snomed.info/sct',
          ...(isVersioned && { version: edition }),
          ...(filter !== undefined && { filter: [filter] }),
        },
      ],
    },
  };
}

/** A URL that came in a query is decoded once already; a stray percent sign then stands for itself. */
const decoded = (value: string): string => (/%[0-9A-Fa-f]{2}/.test(value) ? decodeURIComponent(value) : value);
