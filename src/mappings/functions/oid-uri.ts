// OIDs as URIs.
import { Refused, type MappingFunction } from './function.js';

export const oidUri: MappingFunction = {
  name: 'oid-uri',
  version: 1,
  doc: 'An OID as the URI FHIR wants (RFC 3061).',
  inputs: [{ name: 'oid', doc: 'Dotted digits, with or without `urn:oid:`' }],
  output: 'uri',
  examples: [
    { given: ['2.16.840.1.113883.6.1'], gives: 'urn:oid:2.16.840.1.113883.6.1' },
    { given: ['urn:oid:2.999.5'], gives: 'urn:oid:2.999.5' },
    { given: ['1.02.3'], gives: { refused: 'not an OID' }, because: 'arcs have no leading zeros' },
    { given: [null], gives: null },
  ],
  run: ([text]) => {
    if (text === undefined) return undefined;
    const oid = text.replace(/^urn:oid:/i, '');
    return /^[0-2](\.(0|[1-9]\d*))+$/.test(oid) ? `urn:oid:${oid}` : new Refused('not an OID');
  },
};
