// What one version says of a message that the other does not: issues, values left over, elements to delete.
import type { Issue } from '../../model/issue.js';
import type { Severity } from '../../model/issues.js';
import type { Residual } from '../../model/source.js';
import type { Outcome } from '../outcome.js';
import { withoutIndexes } from './account.js';
import { plainName, type Cause } from './cause.js';
import type { MessageDiff } from './message-diff.js';
import type { Reasons, SideName } from './reasons.js';
import { Sources } from './sources.js';

export interface IssueChange {
  readonly change: 'new' | 'gone';
  readonly code: string;
  readonly severity: Severity;
  /** The element concerned, or the source place; '' where the issue is about the message. */
  readonly at: string;
  readonly cause: Cause;
}

export interface ResidualChange {
  readonly change: 'new' | 'gone';
  /** As residuals are counted: `PID-13.4`. */
  readonly path: string;
  readonly at: string;
  readonly cause: Cause;
}

/** They count what is told of one by one. */
const sums: ReadonlySet<string> = new Set(['map.residual', 'feed.loss-budget']);

export class Findings {
  readonly #before: Outcome | undefined;
  readonly #after: Outcome | undefined;
  readonly #reasons: Reasons;
  readonly #message: MessageDiff;
  #found: Sources | undefined;

  constructor(before: Outcome | undefined, after: Outcome | undefined, message: MessageDiff, reasons: Reasons) {
    this.#before = before;
    this.#after = after;
    this.#reasons = reasons;
    this.#message = message;
  }

  /** Made when first asked for: it takes the lineage of the whole message. */
  get #sources(): Sources {
    return (this.#found ??= new Sources(this.#before, this.#after, this.#message, this.#reasons));
  }

  issues(): IssueChange[] {
    const { gone, come } = multisetDiff(issuesOf(this.#before), issuesOf(this.#after), issueKey);
    const still = saidOnce(gone, come);
    return [
      ...gone.filter(({ code }) => !still.has(code)).map((each) => this.#issueChange(each, 'before')),
      ...come.filter(({ code }) => !still.has(code)).map((each) => this.#issueChange(each, 'after')),
    ];
  }

  #issueChange(each: Issue, side: SideName): IssueChange {
    const { code, severity, position, expression, rule } = each;
    return {
      change: side === 'before' ? 'gone' : 'new',
      code,
      severity,
      at: position?.path ?? expression ?? '',
      cause: this.#issueCause(each, side) ?? { name: rule === undefined ? code : plainName(rule), change: 'none' },
    };
  }

  #issueCause({ code, position, expression, rule, text }: Issue, side: SideName): Cause | undefined {
    const named = (type: string): boolean => new RegExp(`\\b${type}\\b`).test(text);
    return (
      (rule === undefined ? undefined : this.#reasons.rule(rule, side)) ??
      (rule !== undefined && code.startsWith('terminology.') ? this.#reasons.onlyRow(rule) : undefined) ??
      (position === undefined ? undefined : this.#sources.causeAt(position.path)) ??
      (expression === undefined ? undefined : this.#sources.causeOfElement(expression, text)) ??
      (code.startsWith('identity.') ? this.#message.identityCause(named) : undefined) ??
      this.#message.wholeCause()
    );
  }

  residuals(): ResidualChange[] {
    const { gone, come } = multisetDiff(
      residualsOf(this.#before),
      residualsOf(this.#after),
      ({ position }) => position.path,
    );
    return [
      ...gone.map((each) => this.#residualChange(each, 'before')),
      ...come.map((each) => this.#residualChange(each, 'after')),
    ];
  }

  /** What is left over now was read before, and the other way round. */
  #residualChange({ path, position }: Residual, side: SideName): ResidualChange {
    const cause =
      this.#sources.readerChange(position.path, side === 'after' ? 'before' : 'after') ??
      this.#sources.passedOver(position.path) ??
      this.#sources.causeAt(position.path) ??
      this.#message.wholeCause();
    return {
      change: side === 'before' ? 'gone' : 'new',
      path,
      at: position.path,
      cause: cause ?? { name: path, change: 'none' },
    };
  }
}

const issuesOf = (outcome: Outcome | undefined): readonly Issue[] =>
  (outcome?.report.issues ?? []).filter(({ code }) => !sums.has(code));

const residualsOf = (outcome: Outcome | undefined): readonly Residual[] => outcome?.report.residuals ?? [];

/** Without indexes: an element that comes or goes must not move the issues of the others. What has no place has its words. */
const issueKey = ({ code, severity, rule, position, expression, text }: Issue): string =>
  [
    code,
    severity,
    rule === undefined ? '' : plainName(rule),
    position?.path ?? (expression === undefined ? text : withoutIndexes(expression)),
  ].join(' ');

/** What is said once of a message, of the first value concerned, is no news when that value is another. */
function saidOnce(gone: readonly Issue[], come: readonly Issue[]): ReadonlySet<string> {
  const once = (issues: readonly Issue[], wanted: string): boolean =>
    issues.filter(({ code, severity }) => code === wanted && severity === 'information').length === 1;
  const codes = new Set(gone.map(({ code }) => code));
  return new Set([...codes].filter((code) => once(gone, code) && once(come, code)));
}

function multisetDiff<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string) {
  const come = new Map<string, T[]>();
  for (const item of after) come.set(keyOf(item), [...(come.get(keyOf(item)) ?? []), item]);
  const gone = before.filter((item) => come.get(keyOf(item))?.shift() === undefined);
  return { gone, come: [...come.values()].flat() };
}
