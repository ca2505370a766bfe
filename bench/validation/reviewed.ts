// What HL7's own examples are flagged for, reviewed: each with the reason why the example is at fault, or the rule differs.
import { readFileSync } from 'node:fs';
import type { Issue } from '../../src/model/issue.js';
import { benchFile } from '../bench-file.js';

export interface Reviewed {
  readonly code: string;
  /** Part of the issue's text. */
  readonly text: string;
  readonly reason: string;
}

export const reviewedIssues = (): readonly Reviewed[] =>
  JSON.parse(readFileSync(benchFile('validation', 'reviewed.json'), 'utf8')) as readonly Reviewed[];

export const isReviewed = (issue: Issue, reviewed: readonly Reviewed[]): Reviewed | undefined =>
  reviewed.find(({ code, text }) => issue.code === code && issue.text.includes(text));
