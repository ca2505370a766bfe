// One input of `concord normalize`, from its bytes to its output files.
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { envelop } from '../../adapters/intake.js';
import type { Issue } from '../../model/issue.js';
import type { Gateway } from '../../pipeline/gateway.js';
import type { InputFile } from './inputs.js';
import { destinationOf, fileOutputs, lineOutputs } from './outputs.js';
import { countIssues, countOutcome, emptyTally, type Tally } from './tally.js';

export interface NormalizeJob {
  readonly feed: string;
  readonly out: string;
  readonly report?: string | undefined;
  /** ISO 8601; absent: the time each file was last changed, so that a second run gives the same bytes. */
  readonly receivedAt?: string | undefined;
  readonly base?: string | undefined;
  readonly site?: string | undefined;
}

/** Normalizes a file and writes its output; `progress` hears of every message. */
export function normalizeFile(gateway: Gateway, job: NormalizeJob, file: InputFile, progress: () => void): Tally {
  const receivedAt = job.receivedAt ?? statSync(file.path).mtime.toISOString();
  const envelope = envelop(readFileSync(file.path), { feed: job.feed, receivedAt, name: basename(file.path) });
  const { format } = gateway.release(job.feed).feed;
  const outputs = (format === 'csv' ? lineOutputs : fileOutputs)(destinationOf(file.target, job.out, job.report));
  const tally: Tally = { ...emptyTally(), inputs: 1 };
  try {
    const { issues, outcomes } = gateway.normalizeEach(envelope);
    const told = new Set<Issue>();
    for (const outcome of outcomes) {
      outputs.write(outcome);
      countOutcome(tally, outcome);
      outcome.report.issues.forEach((issue) => told.add(issue));
      progress();
    }
    tellPayload(
      tally,
      file,
      issues.filter((issue) => !told.has(issue)),
    );
  } finally {
    outputs.close();
  }
  return tally;
}

/** What is wrong with the payload as a whole (a batch trailer, a CSV header) belongs to no message's report. */
function tellPayload(tally: Tally, { path }: InputFile, issues: readonly Issue[]): void {
  countIssues(tally, issues);
  for (const { severity, code, text, position } of issues)
    tally.remarks.push(`${path}${position === undefined ? '' : ` at ${position.path}`}: ${severity} ${code}: ${text}`);
}
