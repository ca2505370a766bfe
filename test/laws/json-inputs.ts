// JSON documents made from known ones: members left out, moved, doubled, of another type; and some made from nothing.
import type { Random } from './random.js';
import { someCode, someIdentifier, someIsoTime, someNumber, someText } from './text.js';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A document like one of the seeds; one in ten is any JSON under a known message type. */
export function someJson(random: Random, seeds: readonly Buffer[]): Buffer {
  const document = random.chance(0.9) ? varied(parsed(random.pick(seeds)), random) : anyDocument(random, seeds);
  const payload = random.chance(0.04) ? [document, varied(document, random)] : document;
  const text = JSON.stringify(payload, null, random.pick([0, 0, 2]));
  return Buffer.from(random.chance(0.02) ? `\u{feff}${text}` : text);
}

function parsed(seed: Buffer): Json {
  try {
    return JSON.parse(seed.toString()) as Json;
  } catch {
    // A seed that shows how bad JSON is refused.
    return {};
  }
}

function anyDocument(random: Random, seeds: readonly Buffer[]): Json {
  const seed = parsed(random.pick(seeds));
  const meta = isObject(seed) ? (seed['Meta'] ?? null) : null;
  return { Meta: meta, Patient: anything(random, 4), Orders: anything(random, 4), Visit: anything(random, 3) };
}

function varied(value: Json, random: Random): Json {
  // A document has hundreds of members: few of them change.
  if (random.chance(0.004)) return anything(random, 3);
  if (Array.isArray(value)) return variedList(value, random);
  if (isObject(value)) return variedObject(value, random);
  return variedLeaf(value, random);
}

function variedList(items: readonly Json[], random: Random): Json[] {
  const list = items.map((item) => varied(item, random));
  if (random.chance(0.05)) return [...list, ...list];
  return random.chance(0.03) ? list.slice(1) : list;
}

const isType = (name: string): boolean => name === 'DataModel' || name === 'EventType';

function variedObject(object: { [name: string]: Json }, random: Random): { [name: string]: Json } {
  const members = Object.entries(object).flatMap(([name, value]): [string, Json][] => {
    if (isType(name)) return [[name, random.chance(0.99) ? value : someText(random)]];
    if (random.chance(0.02)) return [];
    if (random.chance(0.01)) return [[random.pick([`${name}X`, '__proto__', 'a/b~c', '']), value]];
    return [[name, varied(value, random)]];
  });
  return Object.fromEntries(members);
}

function variedLeaf(value: null | boolean | number | string, random: Random): Json {
  if (random.chance(0.85)) return value;
  if (typeof value === 'string' && /^\d{4}-\d\d/.test(value)) return someIsoTime(random);
  if (typeof value === 'number') return Number(random.below(9999)) / 10;
  return random.pick([someText, someIdentifier, someCode, someNumber, someIsoTime])(random);
}

function anything(random: Random, depth: number): Json {
  const kind = depth === 0 ? random.below(5) : random.below(8);
  if (kind === 0) return null;
  if (kind === 1) return random.chance(0.5);
  if (kind === 2) return Number(random.below(100_000)) / 100;
  if (kind < 5) return random.pick([someText, someIsoTime, someCode])(random);
  if (kind === 5) return random.some(3, () => anything(random, depth - 1));
  return Object.fromEntries(random.some(5, () => [random.pick(names), anything(random, depth - 1)]));
}

const names = [
  'ID',
  'IDType',
  'Identifiers',
  'Demographics',
  'Code',
  'Codeset',
  'Description',
  'Value',
  'ValueType',
  'Results',
  'Procedure',
  'Provider',
  'Address',
  'Status',
  'Extensions',
  'DOB',
];

const isObject = (value: Json): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
