// Which URI a coding system name of HL7 v2 has.
import type { Feed } from '../../model/feed.js';
import { codingSystemUri, hl7TableUri } from '../../terminology/systems/coding-system-names.js';
import type { MappingFunction } from './function.js';

const isUri = (text: string): boolean => /^(https?:\/\/|urn:)\S+$/i.test(text);
const isOid = (text: string): boolean => /^[0-2](\.(0|[1-9]\d*)){2,}$/.test(text);

/** The standards' name for it, or a bare table number as modules and some senders write it. */
const standard = (name: string): string | undefined =>
  codingSystemUri(name) ?? (/^\d{4}$/.test(name) ? hl7TableUri(name) : undefined);

/**
 * The URI of a coding system: the feed's entry, else the standard's (table 0396, tables by number, well-known OIDs), else
 * the text itself where it is an OID or URI. Any other name is local to the sender, so its URI stands below the feed's
 * authority: two senders' systems `L` are not the same.
 */
export function codeSystemUriOf(name: string, feed: Pick<Feed, 'codeSystems' | 'authority'>): string {
  const known = feed.codeSystems.get(name) ?? standard(name.includes(':') ? name.replace(/^urn:oid:/i, '') : name);
  if (known !== undefined) return known;
  if (isUri(name)) return name;
  return isOid(name) ? `urn:oid:${name}` : `${feed.authority}#${encodeURIComponent(name)}`;
}

export const codeSystemUri: MappingFunction = {
  name: 'code-system-uri',
  version: 1,
  doc: 'The URI of a coding system by its name in table 0396 (HL7 v2.5.1 ch. 2A.13, CWE.3), or of the field’s own table where no name is given.',
  inputs: [
    { name: 'name', doc: 'Name of the coding system (CWE.3), or a table number', optional: true },
    { name: 'table', doc: 'Table the field takes its codes from', optional: true },
  ],
  output: 'uri',
  examples: [
    { given: ['LN', null], gives: 'http://loinc.org' },
    { given: ['HL70001', null], gives: 'http://terminology.hl7.org/CodeSystem/v2-0001' },
    { given: ['0203', null], gives: 'http://terminology.hl7.org/CodeSystem/v2-0203' },
    { given: [null, '0085'], gives: 'http://terminology.hl7.org/CodeSystem/v2-0085', because: 'the field has a table' },
    { given: ['FACILITY-CODES', null], gives: 'http://site.example.org/codes', because: 'the feed registers it' },
    { given: ['2.16.840.1.113883.6.96', null], gives: 'http://snomed.info/sct', because: 'a known OID' },
    { given: ['99LAB', null], gives: 'urn:oid:2.999#99LAB', because: 'local: below the feed’s authority' },
    { given: ['', ''], gives: null, because: 'neither a name nor a table' },
  ],
  run: ([name, table], { feed }) => {
    const text = name?.trim() || table?.trim();
    return text === undefined || text === '' ? undefined : codeSystemUriOf(text, feed);
  },
};
