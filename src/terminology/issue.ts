// One issue of an answer, before it becomes part of an OperationOutcome, and the refusal of a whole request.
import type { Message } from './messages.js';

export type Severity = 'error' | 'warning' | 'information';

/** http://hl7.org/fhir/R4/valueset-issue-type.html, the part in use. */
export type IssueType =
  | 'business-rule'
  | 'code-invalid'
  | 'exception'
  | 'informational'
  | 'invalid'
  | 'not-found'
  | 'not-supported'
  | 'processing'
  | 'required'
  | 'too-costly';

/** http://hl7.org/fhir/tools/CodeSystem/tx-issue-type */
export type TxIssueType =
  | 'cannot-infer'
  | 'code-comment'
  | 'code-rule'
  | 'display-comment'
  | 'invalid-code'
  | 'invalid-data'
  | 'invalid-display'
  | 'not-found'
  | 'not-in-vs'
  | 'process-note'
  | 'status-check'
  | 'this-code-not-in-vs'
  | 'version-error'
  | 'vs-invalid';

export interface TxIssue {
  readonly severity: Severity;
  readonly type: IssueType;
  readonly detail?: TxIssueType;
  readonly message: Message;
  /** FHIRPath in the request: `Coding.version`. */
  readonly expression?: string;
  /** The answer's `message` repeats it. Errors always are repeated. */
  readonly told?: boolean;
}

export const isError = ({ severity }: TxIssue): boolean => severity === 'error';

/** A request that cannot be answered; the HTTP surface tells its issue with its status. */
export class TerminologyRefusal extends Error {
  readonly issue: TxIssue;
  readonly status: number;
  constructor(status: number, type: IssueType, message: Message, more: Pick<TxIssue, 'detail' | 'expression'> = {}) {
    super(message.id);
    this.status = status;
    this.issue = { severity: 'error', type, message, ...more };
  }
}
