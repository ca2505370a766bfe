// Times given by another time and a duration: offsets from a start, ends by duration, starts by duration before an end.
import { toInstant } from '../convert/date-time.js';
import { Refused, type FunctionExample, type MappingFunction } from './function.js';
import { timeUnitOf } from './time-unit.js';

const milliseconds: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['wk', 604_800_000],
]);

const inputs = [
  { name: 'time', doc: 'DTM, at least to the minute', optional: true },
  { name: 'quantity', doc: 'Number of units', optional: true },
  { name: 'unit', doc: 'Unit of time; minutes where absent', optional: true },
];

/** The duration in milliseconds; months and years have no fixed length. */
function lengthOf(quantity: string, unit: string | undefined): number | Refused {
  const length = milliseconds.get(timeUnitOf(unit ?? 'min') ?? '');
  if (length === undefined) return new Refused('not a unit of fixed length');
  const total = Number(quantity) * length;
  return Number.isSafeInteger(total) ? total : new Refused('not a number of units');
}

/** A moment as FHIR's instant with the offset it was given in. */
function print(moment: number, offset: string): string {
  const minutes =
    offset === 'Z' ? 0 : Number(`${offset.slice(0, 1)}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4)));
  const wall = new Date(moment + minutes * 60_000).toISOString();
  return `${wall.slice(0, 19)}${wall.slice(20, 23) === '000' ? '' : wall.slice(19, 23)}${offset}`;
}

function timeShift(name: string, sign: 1 | -1, doc: string, examples: readonly FunctionExample[]): MappingFunction {
  return {
    name,
    version: 1,
    doc,
    inputs,
    output: 'instant',
    examples,
    run: ([time, quantity, unit], { feed }) => {
      if (time === undefined || quantity === undefined) return undefined;
      const start = toInstant(time, { zone: feed.zone, format: 'hl7v2' });
      if (!('value' in start)) return new Refused('not a time to the minute');
      const length = lengthOf(quantity, unit);
      if (length instanceof Refused) return length;
      const text = String(start.value);
      const moment = Date.parse(text) + sign * length;
      const inYears = moment > -62_135_596_800_000 && moment < 253_402_300_800_000;
      return inYears
        ? print(moment, /Z$|[+-]\d\d:\d\d$/.exec(text)?.[0] ?? 'Z')
        : new Refused('not within the years of FHIR');
    },
  };
}

export const timeAfter = timeShift(
  'time-after',
  1,
  'The time so long after another, in the other’s offset (HL7 v2.8.2 ch. 10.6.5.9, AIG-9 and AIG-11).',
  [
    { given: ['202601051000+0100', '30', null], gives: '2026-01-05T10:30:00+01:00' },
    { given: ['20260105233000-0500', '1.5', 'h'], gives: '2026-01-06T01:00:00-05:00' },
    { given: ['20260105', '30', 'min'], gives: { refused: 'not a time to the minute' } },
    { given: ['202601051000+0100', '2', 'months'], gives: { refused: 'not a unit of fixed length' } },
    { given: [null, '30', null], gives: null },
  ],
);

export const timeBefore = timeShift(
  'time-before',
  -1,
  'The time so long before another, in the other’s offset (HL7 v2.8.2 ch. 4.5.4.6, TQ1-6 before TQ1-8).',
  [
    { given: ['202601051000+0100', '30', null], gives: '2026-01-05T09:30:00+01:00' },
    { given: ['20260105000000.5+0000', '1', 'd'], gives: '2026-01-04T00:00:00.500+00:00' },
    { given: ['202601051000+0100', 'some', 'd'], gives: { refused: 'not a number of units' } },
    { given: [null, null, null], gives: null },
  ],
);
