// ISO's codes of countries, their subdivisions and currencies as CodeSystem resources
// (http://hl7.org/fhir/R4/terminologies-systems.html), out of packages that follow ISO's own lists.
import currencies from 'currency-codes';
import type { CodeSystem, CodeSystemConcept } from 'fhir/r4.js';
import { iso31661 } from 'iso-3166/1.js';
import { iso31662 } from 'iso-3166/2.js';

const codeSystem = (
  more: Pick<CodeSystem, 'url' | 'version' | 'name' | 'title' | 'property' | 'concept'>,
): CodeSystem => ({
  resourceType: 'CodeSystem',
  status: 'active',
  content: 'complete',
  caseSensitive: true,
  ...more,
});

/** `QM` to `QZ` */
const range = (first: string, from: string, to: string): readonly string[] =>
  Array.from({ length: to.charCodeAt(0) - from.charCodeAt(0) + 1 }, (_, index) =>
    first.concat(String.fromCharCode(from.charCodeAt(0) + index)),
  );

/** ISO 3166-1 clause 8.1.3: never assigned by ISO, free for who needs them. */
const userAssigned = ['AA', ...range('Q', 'M', 'Z'), ...range('X', 'A', 'Z'), 'ZZ'];

/** Alpha-2, alpha-3 and numeric codes are all codes of the one system. */
const countries = (): CodeSystem =>
  codeSystem({
    url: 'urn:iso:std:iso:3166',
    version: '2020',
    name: 'ISO3166Part1',
    title: 'ISO 3166-1: codes of countries',
    concept: [
      ...iso31661.flatMap(({ alpha2, alpha3, numeric, name }) =>
        [alpha2, alpha3, numeric].map((code) => ({ code, display: name })),
      ),
      ...userAssigned.map((code) => ({ code, display: 'User-assigned' })),
    ],
  });

const isSubdivision = (code: string): boolean => code.includes('-');

const subdivision = ({ code, name, parent }: (typeof iso31662)[number]): CodeSystemConcept => ({
  code,
  display: name,
  ...(isSubdivision(parent) && { property: [{ code: 'parent', valueCode: parent }] }),
});

const subdivisions = (): CodeSystem =>
  codeSystem({
    url: 'urn:iso:std:iso:3166:-2',
    version: '2020',
    name: 'ISO3166Part2',
    title: 'ISO 3166-2: codes of subdivisions of countries',
    property: [{ code: 'parent', uri: 'http://hl7.org/fhir/concept-properties#parent', type: 'code' }],
    concept: iso31662.map(subdivision),
  });

const currency = ({
  code,
  currency: display,
  number,
  digits,
}: (typeof currencies.data)[number]): CodeSystemConcept => ({
  code,
  display,
  property: [
    { code: 'numeric', valueString: number },
    { code: 'digits', valueInteger: digits },
  ],
});

const currencyCodes = (): CodeSystem =>
  codeSystem({
    url: 'urn:iso:std:iso:4217',
    version: currencies.publishDate,
    name: 'ISO4217',
    title: 'ISO 4217: codes of currencies',
    property: [
      { code: 'numeric', description: 'Numeric code', type: 'string' },
      { code: 'digits', description: 'Digits after the decimal point', type: 'integer' },
    ],
    concept: currencies.data.map(currency),
  });

export const isoCodeSystems = (): readonly CodeSystem[] => [countries(), subdivisions(), currencyCodes()];
