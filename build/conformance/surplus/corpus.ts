// A corpus of HL7 v2 messages with Bundles that other engines print for them, and the scorer that stands beside it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GatewayError } from '../../../src/model/error.js';

/** A fact as the scorer prints it: `Patient.name.family`, or a type that `exists`; references are `->Type`. */
export interface ScoredFact {
  readonly path: string;
  readonly v: string;
  /** It stands in a resource that has no counterpart. */
  readonly res?: true;
}

export interface Score {
  readonly tp: number;
  readonly fn: number;
  readonly fp: number;
  readonly missed: readonly ScoredFact[];
  readonly extra: readonly ScoredFact[];
}

export interface CorpusCase {
  readonly source: string;
  readonly name: string;
  readonly input: Uint8Array;
  /** Compares a Bundle, or what stands for none, with the expectation. */
  readonly score: (actual: unknown) => Score;
}

interface Scorer {
  scoreBundle(expected: unknown, actual: unknown, options: object): Score;
  loadIgnore(file: string): unknown;
}

/** The cases of `cases/SOURCE/NAME` that have an expectation, but for those that the index calls unverified. */
export async function readCorpus(folder: string): Promise<CorpusCase[]> {
  if (!existsSync(join(folder, 'score.mjs'))) throw new GatewayError('not-found', `${folder} has no score.mjs.`);
  const scorer = (await import(pathToFileURL(join(folder, 'score.mjs')).href)) as Scorer;
  const ignore = scorer.loadIgnore(join(folder, 'ignore-default.json'));
  const cases = join(folder, 'cases');
  const unverified = unverifiedIn(cases);
  return foldersIn(cases).flatMap((source) =>
    foldersIn(join(cases, source))
      .filter((name) => existsSync(join(cases, source, name, 'expected.json')) && !unverified.has(`${source}/${name}`))
      .map((name) => caseIn(join(cases, source, name), { source, name }, scorer, ignore)),
  );
}

function caseIn(
  folder: string,
  names: Pick<CorpusCase, 'source' | 'name'>,
  scorer: Scorer,
  ignore: unknown,
): CorpusCase {
  const input = readFileSync(join(folder, 'input.hl7'));
  const expected: unknown = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
  const options = { source: names.source, input: input.toString('utf8'), ignore };
  return { ...names, input, score: (actual) => scorer.scoreBundle(expected, actual, options) };
}

const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

interface Index {
  readonly cases: readonly { readonly source: string; readonly case: string; readonly expected_verified?: boolean }[];
}

function unverifiedIn(cases: string): ReadonlySet<string> {
  const path = join(cases, 'index.json');
  if (!existsSync(path)) return new Set();
  const index = JSON.parse(readFileSync(path, 'utf8')) as Index;
  const named = index.cases.filter(({ expected_verified: verified }) => verified === false);
  return new Set(named.map((each) => `${each.source}/${each.case}`));
}
