// What becomes of a message, decided by its issues and by nothing else. This is the one place that decides it.
import type { Issue } from '../model/issue.js';
import type { IssueCode, Severity } from '../model/issues.js';
import type { Disposition } from './outcome.js';

/** A disposition, and the issue that decided it; a plain publish was decided by none. */
export interface Decision {
  readonly disposition: Disposition;
  readonly decidedBy?: Issue;
}

const bySeverity: Readonly<Record<Severity, Disposition>> = {
  // There is no message to keep: the sender has to send it again.
  fatal: 'reject',
  // What was read cannot be relied upon: kept for a person, out of everybody's sight.
  error: 'quarantine',
  warning: 'publish-with-warnings',
  information: 'publish',
};

/** Errors that weigh otherwise than an error does. */
const ofErrors: Partial<Readonly<Record<IssueCode, Disposition>>> = {
  // Somebody adds the row to the code map, and the message goes on by itself.
  'terminology.unmapped-held': 'hold',
  // Likewise a mapping for the message type.
  'map.no-mapping': 'hold',
  // The incomplete resource is left out; what else the message says stands on its own.
  'map.required-missing': 'publish-with-warnings',
};

const gravest: readonly Disposition[] = ['reject', 'quarantine', 'hold', 'publish-with-warnings', 'publish'];

/** Decides by the gravest issue; of several as grave, by the first. A hold that would end in quarantine is a quarantine. */
export function decide(issues: readonly Issue[]): Decision {
  let decision: Decision = { disposition: 'publish' };
  for (const issue of issues) {
    const disposition = weigh(issue);
    if (graver(disposition, decision.disposition)) decision = { disposition, decidedBy: issue };
  }
  return decision;
}

/** True when the message becomes canonical resources that others may read. */
export const isPublished = (disposition: Disposition): boolean =>
  disposition === 'publish' || disposition === 'publish-with-warnings';

const weigh = ({ code, severity }: Issue): Disposition =>
  (severity === 'error' ? ofErrors[code] : undefined) ?? bySeverity[severity];

const graver = (a: Disposition, b: Disposition): boolean => gravest.indexOf(a) < gravest.indexOf(b);
