// Texts that sources send: names, numbers, times and codes, some of them wrong.
import type { Random } from './random.js';

/** Stands in many generated values and must never stand in an issue: issues carry no content. */
export const canary = 'Zqxvanary';

const words = [
  canary,
  'Lindqvist',
  'Astrid',
  'Zoë',
  'O’Neil',
  'von der Höhe',
  '渡辺',
  'Þór',
  'a',
  'north wing',
  '12 Main',
];
const odd = [
  ' ',
  '  x ',
  '"quoted"',
  "it's",
  '\\',
  '&',
  '^',
  '~',
  '|',
  ',',
  ';',
  '<b>&amp;</b>',
  '\u{1F600}',
  '\u200b',
  '-',
  '=1+1',
];

export const someText = (random: Random): string =>
  random.chance(0.85) ? random.pick(words) : `${random.pick(words)}${random.pick(odd)}${random.pick(words)}`;

const numbers = [
  '0',
  '1',
  '7.0',
  '-0',
  '102',
  '1.50',
  '.5',
  '5.',
  '1e3',
  '1e400',
  '-12',
  '007',
  '+3',
  '1,5',
  'NaN',
  '99999999999999999999.5',
  '>5',
];

export const someNumber = (random: Random): string =>
  random.chance(0.6) ? String(random.below(500)) : random.pick(numbers);

const two = (n: number): string => String(n).padStart(2, '0');

/** HL7 v2 DTM at any precision; one in eight is no time at all. */
export function someTimestamp(random: Random): string {
  if (random.chance(0.12))
    return random.pick([
      '0000',
      '20261301',
      '20260230',
      '2026023',
      '2026-01-31',
      '20260131246060',
      'today',
      '00000000',
      '20260329023000',
    ]);
  const whole = `${random.between(1890, 2040)}${two(random.between(1, 12))}${two(random.between(1, 28))}${two(random.below(24))}${two(random.below(60))}${two(random.below(60))}.${random.below(9999)}`;
  const text = whole.slice(0, random.pick([4, 6, 8, 8, 8, 12, 14, 14, whole.length]));
  return text.length > 8 && random.chance(0.4) ? text + random.pick(['+0100', '-0500', '+0545', '+9999', 'Z']) : text;
}

/** ISO 8601 as JSON and CSV senders write it; one in eight is none. */
export function someIsoTime(random: Random): string {
  if (random.chance(0.12))
    return random.pick([
      '2026-02-30',
      '2026-13-01T00:00:00Z',
      '31/01/2026',
      'yesterday',
      '2026-01-31T25:00:00Z',
      '2026',
      '0000-00-00',
      '2026-03-29T02:30:00',
    ]);
  const date = `${random.between(1890, 2040)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
  if (random.chance(0.4)) return date;
  return `${date}T${two(random.below(24))}:${two(random.below(60))}:${two(random.below(60))}${random.pick(['Z', '.000Z', '', '+05:45', '.1234567Z'])}`;
}

const codes = [
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
  'I',
  'L',
  'M',
  'N',
  'O',
  'P',
  'R',
  'S',
  'U',
  'W',
  'X',
  'Y',
  'H',
  'HH',
  'LN',
  'MR',
  'VN',
  'SS',
  'PRN',
  'PH',
  'NET',
  'CP',
  'ISO',
  'DNS',
  'GUID',
  'SCT',
  'NW',
  'RE',
  'CA',
  'ASN',
  'final',
  'Final',
  'Male',
  '1',
  '01',
  'zz9',
];

export const someCode = (random: Random): string => random.pick(codes);

export const someIdentifier = (random: Random): string =>
  random.pick([
    `P${random.below(100_000)}`,
    String(random.below(1_000_000)),
    `ORD-${random.below(99)}`,
    `2.999.${random.below(50)}`,
    'a b',
    someText(random),
  ]);
