// The files that `concord normalize` writes for one input: a Bundle a message, or lines of them for CSV.
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { printJson } from '../../canonical/json.js';
import type { JsonObject, JsonValue } from '../../model/json.js';
import { operationOutcome } from '../../pipeline/operation-outcome.js';
import type { Outcome } from '../../pipeline/outcome.js';

/** Where the output of one input goes: paths without extension. */
export interface Destination {
  readonly bundles: string;
  /** Where reports are asked for too. */
  readonly reports?: string | undefined;
}

export interface Outputs {
  write(outcome: Outcome): void;
  close(): void;
}

/**
 * A file for each message: `name.json`, or `name.refused.json` with an OperationOutcome. Where the input holds several
 * messages they are numbered, `name-1.json` and so on; so the first is kept back until it is known to be the only one.
 */
export function fileOutputs(destination: Destination): Outputs {
  prepare(destination);
  let first: Outcome | undefined;
  let count = 0;
  const writeNumbered = (outcome: Outcome) => writeMessage(destination, `-${outcome.index + 1}`, outcome);
  return {
    write: (outcome) => {
      count++;
      if (count === 1) first = outcome;
      else {
        if (count === 2) writeNumbered(first!);
        writeNumbered(outcome);
      }
    },
    close: () => {
      if (count === 1) writeMessage(destination, '', first!);
    },
  };
}

/** One file of lines (NDJSON), as a CSV row is too small for a file: `name.ndjson`, `name.refused.ndjson`. */
export function lineOutputs({ bundles, reports }: Destination): Outputs {
  prepare({ bundles, reports });
  const published = lineFile(`${bundles}.ndjson`);
  const refused = lineFile(`${bundles}.refused.ndjson`);
  const reported = reports === undefined ? undefined : lineFile(`${reports}.ndjson`);
  return {
    write: (outcome) => {
      if (outcome.bundle === undefined) refused.write(refusalOf(outcome));
      else published.write(outcome.bundle);
      reported?.write(reportOf(outcome));
    },
    close: () => [published, refused, reported].forEach((file) => file?.close()),
  };
}

/** What an earlier run left under these names must not be taken for this one's. */
function prepare({ bundles, reports }: Destination): void {
  const endings = ['.json', '.refused.json', '.ndjson', '.refused.ndjson'];
  for (const ending of endings) rmSync(bundles + ending, { force: true });
  mkdirSync(dirname(bundles), { recursive: true });
  if (reports !== undefined) mkdirSync(dirname(reports), { recursive: true });
}

function writeMessage({ bundles, reports }: Destination, number: string, outcome: Outcome): void {
  if (outcome.bundle === undefined) writeJson(`${bundles}${number}.refused.json`, refusalOf(outcome));
  else writeJson(`${bundles}${number}.json`, outcome.bundle);
  if (reports !== undefined) writeJson(`${reports}${number}.json`, reportOf(outcome));
}

const writeJson = (path: string, value: JsonObject): void => writeFileSync(path, `${printJson(value, 2)}\n`);

const refusalOf = ({ report }: Outcome): JsonObject => operationOutcome(report.issues);

// A report is plain JSON; only its declaration lacks the index signature.
const reportOf = ({ messageId, index, disposition, digest, pins, report }: Outcome): JsonObject => {
  const mapping = `${pins.mapping.name}@${pins.mapping.version}:${pins.mapping.digest}`;
  return { messageId, index, disposition, digest, mapping, report: report as unknown as JsonObject };
};

const flushAt = 1 << 20;

/** A file of lines that comes into being with the first of them. */
function lineFile(path: string) {
  let descriptor: number | undefined;
  let waiting = '';
  const flush = () => {
    if (waiting !== '') writeSync((descriptor ??= openSync(path, 'w')), waiting);
    waiting = '';
  };
  return {
    write: (value: JsonValue) => {
      waiting += `${printJson(value)}\n`;
      if (waiting.length >= flushAt) flush();
    },
    close: () => {
      flush();
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
}

export const destinationOf = (target: string, out: string, reports: string | undefined): Destination => ({
  bundles: join(out, target),
  ...(reports !== undefined && { reports: join(reports, target) }),
});
