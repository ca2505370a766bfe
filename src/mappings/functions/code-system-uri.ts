// Which URI a coding system name of HL7 v2 has.
import type { Feed } from '../../model/feed.js';
import { codingSystemUri } from './coding-system-names.js';
import type { MappingFunction } from './function.js';
import { tableUriOf } from './table-uri.js';

const isUri = (text: string): boolean => /^(https?:\/\/|urn:)\S+$/i.test(text);
const isOid = (text: string): boolean => /^[0-2](\.(0|[1-9]\d*)){2,}$/.test(text);

/** `HL70001`, also as `HL7-0001` and `HL7 0001`. */
const hl7Table = (name: string): string | undefined =>
  /^HL7/i.test(name) ? tableUriOf(name.replace(/^(HL7)[-_ ]?/i, '$1')) : undefined;

const registered = (feed: Pick<Feed, 'codeSystems'>, name: string): string | undefined =>
  Object.hasOwn(feed.codeSystems, name) ? feed.codeSystems[name] : undefined;

/**
 * The URI of a coding system: the feed's entry, else the standard's (table 0396), else the table `HL7nnnn`, else the text
 * itself where it is an OID or URI. Any other name is local to the sender, so its URI stands below the feed's authority:
 * two senders' systems `L` are not the same.
 */
export function codeSystemUriOf(name: string, feed: Pick<Feed, 'codeSystems' | 'authority'>): string {
  const known = registered(feed, name) ?? codingSystemUri(name) ?? hl7Table(name);
  if (known !== undefined) return known;
  if (isUri(name)) return name;
  return isOid(name) ? `urn:oid:${name}` : `${feed.authority}#${encodeURIComponent(name)}`;
}

export const codeSystemUri: MappingFunction = {
  name: 'code-system-uri',
  version: 1,
  doc: 'The URI of a coding system by its name in table 0396 (HL7 v2.5.1 ch. 2A.13, CWE.3), or of the field’s own table where no name is given.',
  inputs: [
    { name: 'name', doc: 'Name of the coding system (CWE.3)', optional: true },
    { name: 'table', doc: 'Table the field takes its codes from', optional: true },
  ],
  output: 'uri',
  examples: [
    { given: ['LN', null], gives: 'http://loinc.org' },
    { given: ['HL70001', null], gives: 'http://terminology.hl7.org/CodeSystem/v2-0001' },
    { given: [null, '0085'], gives: 'http://terminology.hl7.org/CodeSystem/v2-0085', because: 'the field has a table' },
    { given: ['FACILITY-CODES', null], gives: 'http://site.example.org/codes', because: 'the feed registers it' },
    { given: ['2.16.840.1.113883.6.96', null], gives: 'http://snomed.info/sct', because: 'a known OID' },
    { given: ['99LAB', null], gives: 'urn:oid:2.999#99LAB', because: 'local: below the feed’s authority' },
    { given: [null, null], gives: null },
  ],
  run: ([name, table], { feed }) => {
    if (name !== undefined) return codeSystemUriOf(name, feed);
    return table === undefined || table === '' ? undefined : tableUriOf(table);
  },
};
