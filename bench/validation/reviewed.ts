// What HL7's own examples are flagged for, reviewed: each with the reason why the example is at fault, or the rule differs.
import { readFileSync } from 'node:fs';
import type { Issue } from '../../src/model/issue.js';
import { benchFile } from '../bench-file.js';

/** Issues of one kind: what they say, where they stand, in which examples, and how many they are. */
export interface Reviewed {
  readonly code: string;
  /** Part of the issue's text. */
  readonly text: string;
  /** Expressions without indices. */
  readonly at: readonly string[];
  /** Names of files, without `.json`. */
  readonly files: readonly string[];
  readonly count: number;
  readonly reason: string;
}

export const reviewedIssues = (): readonly Reviewed[] =>
  JSON.parse(readFileSync(benchFile('validation', 'reviewed.json'), 'utf8')) as readonly Reviewed[];

/** The review that covers an issue of an example. */
export const reviewOf = (file: string, issue: Issue, reviewed: readonly Reviewed[]): Reviewed | undefined => {
  const place = (issue.expression ?? '').replace(/\[\d+\]/g, '');
  return reviewed.find(
    ({ code, text, at, files }) =>
      issue.code === code && issue.text.includes(text) && at.includes(place) && files.includes(file),
  );
};
