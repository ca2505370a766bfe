// The value sets that a LOINC edition has by nature (http://hl7.org/fhir/R4/loinc.html#4.2.1.0.4): all codes, the answers of
// a list, what lies below a part.
import type { FilterElement, ValueSetResource } from '../resources.js';

const pattern = /^http:\/\/loinc\.org\/vs(?:\/(L[LP]\d+-\d))?$/;

function filterOf(code: string): FilterElement {
  return code.startsWith('LL')
    ? { property: 'LIST', op: '=', value: code }
    : { property: 'ancestor', op: '=', value: code };
}

/**
 * Undefined: the URL names no such value set.
 *
 * @param displayOf the display of a list or part; undefined: it is not here, and neither is its value set.
 */
export function loincValueSet(
  url: string,
  displayOf: (code: string) => string | undefined,
): ValueSetResource | undefined {
  const [whole, code] = pattern.exec(url) ?? [];
  const display = code === undefined ? 'all codes' : displayOf(code);
  if (whole === undefined || display === undefined) return undefined;
  return {
    resourceType: 'ValueSet',
    url,
    status: 'active',
    name: `LOINC_${code?.replace('-', '_') ?? 'all'}`,
    title: `LOINC: ${display}`,
    compose: { include: [{ system: 'http://loinc.org', ...(code !== undefined && { filter: [filterOf(code)] }) }] },
  };
}
