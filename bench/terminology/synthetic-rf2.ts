// A release in RF2 of SNOMED CT's size, all of it invented: concepts in a hierarchy of several parents, descriptions,
// attributes. The same numbers give the same files.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface Size {
  readonly concepts: number;
  readonly descriptions: number;
  readonly attributes: number;
}

const core = '900000000000207008';
const inferred = '900000000000011006\t900000000000451002';
const syllables = ['ba', 'do', 'ke', 'li', 'mu', 'na', 'po', 'ri', 'su', 'te', 'va', 'xo', 'zi', 'gra', 'stel', 'phon'];

/** Codes of the concepts of a synthetic edition: 100000, 100001, … */
export const code = (index: number): string => String(100_000_000 + index);
const attributeTypes = 20;

/** A small linear generator: what is invented is the same at each run. */
function numbers(): (below: number) => number {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function file(folder: string, name: string, heading: string, lines: Iterable<string>): void {
  const handle = openSync(join(folder, `${name}_20250101.txt`), 'w');
  let block = `${heading}\r\n`;
  for (const line of lines) {
    block += `${line}\r\n`;
    if (block.length < 1 << 20) continue;
    writeSync(handle, block);
    block = '';
  }
  writeSync(handle, block);
  closeSync(handle);
}

function* concepts({ concepts: count }: Size): Iterable<string> {
  for (const id of fixed) yield `${id}\t20250101\t1\t${core}\t900000000000074008`;
  for (let index = 0; index < count; index += 1) yield `${code(index)}\t20250101\t1\t${core}\t900000000000073002`;
}

const fixed = ['116680003', '900000000000526001'];

function word(next: (below: number) => number): string {
  const [a, b, c] = [next(16), next(16), next(16)];
  return `${syllables[a]}${syllables[b]}${syllables[c]}`;
}

function* descriptions({ concepts: count, descriptions: all }: Size): Iterable<string> {
  const next = numbers();
  for (let index = 0; index < all; index += 1) {
    const type = index < count ? '900000000000003001' : '900000000000013009';
    const term = `${word(next)} ${word(next)} ${word(next)} of ${word(next)}`;
    yield `${200_000_000 + index}\t20250101\t1\t${core}\t${code(index % count)}\ten\t${type}\t${term}\t900000000000448009`;
  }
}

function* language({ descriptions: all }: Size): Iterable<string> {
  for (let index = 0; index < all; index += 1) {
    const acceptability = index % 3 === 0 ? '900000000000548007' : '900000000000549004';
    yield `x${index}\t20250101\t1\t${core}\t900000000000509007\t${200_000_000 + index}\t${acceptability}`;
  }
}

const row = (source: number, target: number, group: number, type: string): string =>
  `1\t20250101\t1\t${core}\t${code(source)}\t${code(target)}\t${group}\t${type}\t${inferred}`;

/** A tree of seven children to a concept, and for every third a second parent nearby. */
function* relationships({ concepts: count, attributes }: Size): Iterable<string> {
  const next = numbers();
  for (let index = 1; index < count; index += 1) {
    const parent = Math.floor((index - 1) / 7);
    yield row(index, parent, 0, '116680003');
    if (index % 3 === 0 && parent > 10) yield row(index, parent - 1 - next(9), 0, '116680003');
  }
  for (let index = 0; index < attributes; index += 1)
    yield row(next(count), next(count), 1 + next(3), code(1 + next(attributeTypes)));
}

/** Writes the release; takes some 400 MB for SNOMED CT's size. */
export function writeSyntheticRf2(folder: string, size: Size): void {
  mkdirSync(folder, { recursive: true });
  const common = 'id\teffectiveTime\tactive\tmoduleId';
  file(folder, 'sct2_Concept_Snapshot_INT', `${common}\tdefinitionStatusId`, concepts(size));
  const described = `${common}\tconceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId`;
  file(folder, 'sct2_Description_Snapshot-en_INT', described, descriptions(size));
  const accepted = `${common}\trefsetId\treferencedComponentId\tacceptabilityId`;
  file(folder, 'der2_cRefset_LanguageSnapshot-en_INT', accepted, language(size));
  const related = `${common}\tsourceId\tdestinationId\trelationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId`;
  file(folder, 'sct2_Relationship_Snapshot_INT', related, relationships(size));
}
