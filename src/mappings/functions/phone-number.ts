// A telephone number as one text.
import type { MappingFunction } from './function.js';

function fromParts(country?: string, area?: string, local?: string, extension?: string): string | undefined {
  if (local === undefined) return undefined;
  const parts = [
    country === undefined || area === undefined ? undefined : `+${country.replace(/^\+/, '')}`,
    area,
    local,
    extension === undefined ? undefined : `X${extension}`,
  ];
  return parts.filter((part) => part !== undefined).join(' ');
}

export const phoneNumber: MappingFunction = {
  name: 'phone-number',
  version: 1,
  doc: 'A telephone number: unformatted as sent, else composed of its parts, else the text of older versions (HL7 v2.5.1 ch. 2A.89, XTN).',
  inputs: [
    { name: 'text', doc: 'Telephone number as of v2.2 (XTN.1)', optional: true },
    { name: 'country', doc: 'Country code (XTN.5)', optional: true },
    { name: 'area', doc: 'Area or city code (XTN.6)', optional: true },
    { name: 'local', doc: 'Local number (XTN.7)', optional: true },
    { name: 'extension', doc: 'Extension (XTN.8)', optional: true },
    { name: 'unformatted', doc: 'Unformatted telephone number (XTN.12)', optional: true },
  ],
  output: 'string',
  examples: [
    { given: [null, '1', '555', '5550100', null, null], gives: '+1 555 5550100' },
    { given: [null, null, '555', '5550100', '12', null], gives: '555 5550100 X12' },
    {
      given: ['(555)555-0100', null, null, null, null, null],
      gives: '(555)555-0100',
      because: 'v2.2 had one text only',
    },
    { given: [null, '1', '555', '5550100', null, '+15555550100'], gives: '+15555550100' },
    {
      given: ['(555)555-0100', null, '555', '5550100', null, null],
      gives: '555 5550100',
      because: 'XTN.1 is kept for older receivers only',
    },
    { given: [null, '1', '555', null, null, null], gives: null, because: 'a prefix is no number' },
  ],
  run: ([text, country, area, local, extension, unformatted]) =>
    unformatted ?? fromParts(country, area, local, extension) ?? text,
};
