// Golden cases of a mapping package: a payload, the Bundle it must become, and what must be true of it.
import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { printJson } from '../canonical/json.js';
import type { Envelope } from '../model/envelope.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import type { Gateway } from './gateway.js';
import type { Outcome } from './outcome.js';

export interface GoldenCase {
  readonly name: string;
  /** One sentence: what the case shows. */
  readonly shows: string;
  /** FHIRPath over the first Bundle; each must be true. */
  readonly asserts: readonly string[];
  readonly envelope: Envelope;
  /** The Bundle, or a list of them, as `printCase` prints it (so that decimals keep their text); absent until reviewed. */
  readonly expected: string | undefined;
}

export interface GoldenResult {
  readonly case: GoldenCase;
  readonly outcomes: readonly Outcome[];
  /** What the payload became, in the shape of `expected`. */
  readonly actual: JsonValue;
  /** Empty when the case holds. */
  readonly faults: readonly string[];
  /** Rules that wrote something, or led to what did. */
  readonly reached: ReadonlySet<string>;
}

/** How an expectation stands in its file. */
export const printCase = (actual: JsonValue): string => `${printJson(actual, 2)}\n`;

/** Runs a case. */
export function runGolden(golden: GoldenCase, gateway: Gateway): GoldenResult {
  const { outcomes } = gateway.normalize(golden.envelope);
  const bundles = outcomes.map(({ bundle, draft, report }) => bundle ?? draft ?? refusalOf(report.issues));
  const actual: JsonValue = bundles.length === 1 ? (bundles[0] ?? null) : bundles;
  const faults = [
    ...compare(golden.expected, actual),
    ...golden.asserts.flatMap((assert) => failing(assert, bundles[0])),
  ];
  return { case: golden, outcomes, actual, faults, reached: reachedRules(outcomes) };
}

/** A refused message's expectation: the codes of its issues and where they stand. */
const refusalOf = (issues: Outcome['report']['issues']): JsonObject => ({
  refused: issues.map(({ code, position }) => (position === undefined ? { code } : { code, at: position.path })),
});

function compare(expected: string | undefined, actual: JsonValue): string[] {
  if (expected === undefined) return ['expected.json is missing'];
  return expected === printCase(actual) ? [] : ['the Bundle differs from expected.json'];
}

function failing(assert: string, bundle: JsonObject | undefined): string[] {
  const holds = fhirpath.evaluate(JSON.parse(JSON.stringify(bundle ?? {})) as object, assert, {}, r4) as unknown[];
  return holds.length === 1 && holds[0] === true ? [] : [`does not hold: ${assert}`];
}

/** Rules that wrote something, led to what did, or raised an issue. */
export function reachedRules(outcomes: readonly Outcome[]): ReadonlySet<string> {
  const reached = new Set<string>();
  for (const outcome of outcomes) {
    for (const { leaves } of outcome.lineage())
      for (const { rule, via } of leaves) for (const name of [rule, ...(via ?? [])]) reached.add(name);
    for (const { rule } of outcome.report.issues) if (rule !== undefined) reached.add(rule);
    for (const { rule } of outcome.report.deletes) reached.add(rule);
  }
  return reached;
}
