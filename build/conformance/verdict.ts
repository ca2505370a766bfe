// Whether a row of the guide is implemented, deviates for a reason, or is missing: computed from what the rules write.
import type { IrModule, IrPackage } from '../../src/mappings/language/ir.js';
import { guideElement } from './element-path.js';
import type { GuideRow } from './guide-rows.js';
import { inlineWrites, type Typing } from './inline.js';
import { byTable } from './tables.js';
import type { Deviation, MapReview, Reading, Review } from './review.js';
import { readsOf } from './source-field.js';
import { isWithin, plain } from './spelling.js';
import { messageWrites } from './message-writes.js';
import { writesOf, type Write } from './writes.js';

export type Verdict =
  | { readonly kind: 'implemented'; readonly rules: readonly string[]; readonly reading?: string }
  | { readonly kind: 'deviates'; readonly reason: string; readonly rules: readonly string[] }
  | { readonly kind: 'missing'; readonly near?: string };

export interface JudgedRow {
  readonly row: GuideRow;
  readonly verdict: Verdict;
}

export interface Judgement {
  readonly rows: readonly JudgedRow[];
  /** Entries of the review that meet no row, or only rows that are implemented: they say what is no longer so. */
  readonly stale: readonly string[];
}

export interface Evidence {
  readonly ir: IrPackage;
  readonly review: Review;
  readonly typing: Typing;
  /** HL7 v2 datatypes without components. */
  readonly isPrimitive: (datatype: string) => boolean;
  /** Codes that a code map leads to. */
  readonly codes: (map: string) => ReadonlySet<string>;
}

/** What a row asks for, after readings: which field must lead to which element, and as what. */
interface Asked {
  readonly field: string;
  readonly path: string;
  readonly value: string | undefined;
  readonly url: string | undefined;
}

export function judge(guide: readonly GuideRow[], evidence: Evidence): Judgement {
  const used = new Set<Reading | Deviation>();
  const tables = byTable(guide, ({ map }) => map);
  const rows = [...tables.values()].flatMap((table) => judgeTable(table, evidence, used));
  const { readings, deviations } = evidence.review;
  const stale = [...readings, ...deviations].filter((entry) => !used.has(entry));
  return { rows, stale: stale.map(({ map, rows: named }) => `${map}: ${[named].flat().join(', ')}`) };
}

function judgeTable(table: readonly GuideRow[], evidence: Evidence, used: Set<Reading | Deviation>): JudgedRow[] {
  const map = table[0]?.map ?? '';
  const writes = writesFor(map, evidence);
  const { readings } = evidence.review;
  const readingOf = (row: GuideRow) => readings.find((each) => each.map === map && each.rows.includes(rowName(row)));
  const urls = extensionUrls(table, readingOf);
  return table.map((row) => {
    const reading = readingOf(row);
    if (reading !== undefined) used.add(reading);
    const asked = askedBy(row, reading, urls);
    const found = writes.filter((write) => isMeant(write, asked));
    const fitting = found.filter((write) => fits(write, asked, evidence.codes));
    if (fitting.length > 0) return { row, verdict: implemented(nearest(fitting, asked), reading) };
    const deviation = evidence.review.deviations.find((each) => each.map === map && covers(each, row));
    if (deviation === undefined) return { row, verdict: missing(found, writes, asked) };
    used.add(deviation);
    return { row, verdict: { kind: 'deviates', reason: deviation.reason, rules: otherwise(writes, asked) } };
  });
}

/** `PID-3 identifier[1]`: how the review names a row. */
export const rowName = ({ field, path }: GuideRow): string => (field === '' ? path : `${field} ${path}`);

const covers = ({ rows }: Deviation, row: GuideRow): boolean => rows === 'all' || rows.includes(rowName(row));

/** The writes of the very element where there are some, else those of what is in it. */
function nearest(writes: readonly Write[], { path }: Asked): readonly Write[] {
  const exact = writes.filter((write) => write.path === path);
  return exact.length > 0 ? exact : writes;
}

function implemented(writes: readonly Write[], reading: Reading | undefined): Verdict {
  const rules = [...new Set(writes.map(({ rule }) => rule))];
  return { kind: 'implemented', rules, ...(reading === undefined ? {} : { reading: reading.because }) };
}

/** The rules that write something else of the row's field; where it names none, of what its element stands in. */
function otherwise(writes: readonly Write[], { field, path }: Asked): string[] {
  const around = path.replace(/\.[^.]*$/, '');
  const concerned = writes.filter((write) => (field === '' ? isWithin(write.path, around) : readsField(write, field)));
  return [...new Set(concerned.map(({ rule }) => rule))];
}

/** What comes close, for whoever closes the gap. */
function missing(found: readonly Write[], writes: readonly Write[], { field, path }: Asked): Verdict {
  const elsewhere = writes.filter((write) => field !== '' && write.fields.some((read) => readsOf(read, field)));
  const others = writes.filter((write) => isWithin(write.path, path));
  const near = [
    ...found.map(
      (write) => `${write.rule} writes ${write.written.kind === 'constant' ? write.written.text : 'another value'}`,
    ),
    ...elsewhere.map((write) => `${write.rule} -> ${write.path}`),
    ...others.map((write) => `${write.rule} reads ${write.fields.join(' ')}`),
  ];
  return near.length === 0 ? { kind: 'missing' } : { kind: 'missing', near: [...new Set(near)].slice(0, 3).join('; ') };
}

function askedBy(row: GuideRow, reading: Reading | undefined, urls: ReadonlyMap<string, string>): Asked {
  const element = guideElement(reading?.path ?? row.path);
  return {
    field: reading?.field ?? row.field,
    path: plain(element.path),
    value: reading?.value === null ? undefined : (reading?.value ?? element.value ?? row.literal),
    url: urls.get(extensionKey(row)),
  };
}

/** The guide names an extension's url and its value in rows of their own, held together by field and index. */
function extensionUrls(
  table: readonly GuideRow[],
  readingOf: (row: GuideRow) => Reading | undefined,
): ReadonlyMap<string, string> {
  return new Map(
    table.flatMap((row) => {
      const url = readingOf(row)?.value ?? row.literal;
      return /extension[^.]*\.ur[il]$/.test(row.path) && url != null ? [[extensionKey(row), url] as const] : [];
    }),
  );
}

const extensionKey = ({ field, path }: GuideRow): string => `${field} ${path.replace(/\.[^.]*$/, '')}`;

function isMeant(write: Write, { field, path }: Asked): boolean {
  const reaches = isWithin(write.path, path) || (isOpaque(write) && isWithin(path, write.path));
  return reaches && (field === '' || readsField(write, field));
}

/** A function makes the whole of a Quantity or Range. */
const isOpaque = ({ type = '' }: Write): boolean => /^[A-Z]/.test(type) && type !== 'Reference';

function fits({ written, urls, path }: Write, { value, url: askedUrl }: Asked, codes: Evidence['codes']): boolean {
  if (askedUrl !== undefined && !path.endsWith('.url') && !urls.some((url) => isSame(url, askedUrl))) return false;
  if (value === undefined) return true;
  if (written.kind === 'constant') return isSame(written.text, value);
  return written.kind === 'code' && codes(written.map).has(value);
}

/** Canonical URLs of HL7 start with http:, whatever a browser shows. */
const isSame = (written: string, asked: string): boolean =>
  written.replace(/^https:/, 'http:') === asked.replace(/^https:/, 'http:');

/** Writes of the modules that carry a table, their fields spelled with the table's own datatype. */
function writesFor(map: string, evidence: Evidence): Write[] {
  const { ir, review, typing } = evidence;
  const reviewed = review.maps.find((each) => each.map === map);
  const source = map.slice(0, map.indexOf('['));
  const modules = modulesFor(map, ir, reviewed);
  if (reviewed?.at !== undefined) {
    const writes = modules.flatMap((module) => writesOf(module, ir));
    return reviewed.at
      .flatMap((place) => writesAt(writes, place, source))
      .map((write) => asComponent(write, source, evidence));
  }
  const own = modules.flatMap((module) =>
    writesOf(module, ir).map((write) => asComponent(spelledFor(write, module, source), source, evidence)),
  );
  if (reviewed?.inline !== undefined) return [...own, ...inlineWrites(source, reviewed.inline, ir, typing)];
  return source.length === 3 ? [...own, ...(messageWrites(ir).get(targetOf(map)) ?? [])] : own;
}

/** `PV1[Basic-EncounterHistory]` -> `Basic`. */
const targetOf = (map: string): string => /\[(\w+)/.exec(map)?.[1] ?? '';

function modulesFor(map: string, ir: IrPackage, reviewed: MapReview | undefined): readonly IrModule[] {
  const [source] = map.split('[');
  if (reviewed?.modules !== undefined) return ir.modules.filter(({ name }) => reviewed.modules?.includes(name));
  return ir.modules.filter((module) => module.source.includes(source ?? '') && module.target === targetOf(map));
}

/** What a segment's module writes of one field into one element, as the writes of the field's datatype. */
function writesAt(
  writes: readonly Write[],
  { field, element }: NonNullable<MapReview['at']>[number],
  source: string,
): Write[] {
  return writes
    .filter((write) => isWithin(write.path, element) && (isOwnConstant(write) || readsField(write, field)))
    .map((write) => ({
      ...write,
      path: element === '' ? write.path : write.path.slice(element.length + 1),
      fields: write.fields.map((read) => (readsOf(read, field) ? source + read.slice(field.length) : read)),
    }));
}

const readsField = ({ fields }: Write, field: string): boolean => fields.some((read) => readsOf(read, field));

/** What a module writes whatever its fields say. */
const isOwnConstant = ({ written, parent }: Write): boolean => written.kind === 'constant' && parent === 0;

/** CE, CNE and CF are read by the modules of CWE. */
function spelledFor(write: Write, { layer, source: [own = ''] }: IrModule, source: string): Write {
  if (layer !== 'datatype' || own === source) return write;
  const fields = write.fields.map((field) => (field === own ? source : field.replace(`${own}.`, `${source}.`)));
  return { ...write, fields };
}

/** A datatype without components is its own first one. */
function asComponent(write: Write, source: string, { isPrimitive }: Evidence): Write {
  if (!isPrimitive(source)) return write;
  return { ...write, fields: write.fields.map((field) => (field === source ? `${source}.1` : field)) };
}
