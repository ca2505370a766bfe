// The MIME type of encapsulated or referenced content.
import type { MappingFunction } from './function.js';

/** Subtypes of table 0291 that imply more than table 0834's type says. */
const known: ReadonlyMap<string, string> = new Map([
  ['pdf', 'application/pdf'],
  ['rtf', 'application/rtf'],
  ['html', 'text/html'],
  ['xml', 'application/xml'],
  ['json', 'application/json'],
  ['plain', 'text/plain'],
  ['jpeg', 'image/jpeg'],
  ['jpg', 'image/jpeg'],
  ['png', 'image/png'],
  ['gif', 'image/gif'],
  ['tiff', 'image/tiff'],
  ['dicom', 'application/dicom'],
  ['msword', 'application/msword'],
]);

/** Tables 0191 and 0834: main types that are MIME's own. */
const mainTypes: ReadonlyMap<string, string> = new Map(
  ['application', 'audio', 'image', 'text', 'video', 'model', 'multipart'].map((type) => [type, type]),
);

const token = /^[\w.+-]+$/;

function contentTypeOf(type: string | undefined, subtype: string | undefined): string | undefined {
  if (type !== undefined && /^\w+\/[\w.+-]+$/.test(type)) return type.toLowerCase();
  const sub = subtype?.toLowerCase().replace(/^\./, '');
  if (sub === undefined || !token.test(sub)) return type?.toLowerCase() === 'text' ? 'text/plain' : undefined;
  const main = mainTypes.get(type?.toLowerCase() ?? '');
  return known.get(sub) ?? (main === undefined ? undefined : `${main}/${sub}`);
}

export const contentType: MappingFunction = {
  name: 'content-type',
  version: 1,
  doc: 'The MIME type of encapsulated data (HL7 v2.5.1 ch. 2A.24, ED.2 and ED.3; ch. 2A.66, RP.3 and RP.4; tables 0191, 0834, 0291).',
  inputs: [
    { name: 'type', doc: 'Type of data (ED.2, RP.3)', optional: true },
    { name: 'subtype', doc: 'Data subtype (ED.3, RP.4)', optional: true },
  ],
  output: 'code',
  examples: [
    { given: ['AP', 'PDF'], gives: 'application/pdf', because: 'table 0191 AP: other application data' },
    { given: ['image', 'jpeg'], gives: 'image/jpeg' },
    { given: ['text', null], gives: 'text/plain' },
    { given: ['application', 'x-hl7-cda-level-one'], gives: 'application/x-hl7-cda-level-one' },
    { given: ['SD', null], gives: null, because: 'scanned document: of no known format' },
  ],
  run: ([type, subtype]) => contentTypeOf(type, subtype),
};
