// The differences of many messages, counted: by the change of the mapping that is the cause, by kind, by element.
import { printJson } from '../../canonical/json.js';
import type { Disposition } from '../outcome.js';
import type { Cause } from './cause.js';
import type { ElementChange } from './element-change.js';
import type { Op } from './elements.js';
import type { IssueChange, ResidualChange } from './findings.js';
import { changeKinds, type ChangeKind } from './kind.js';

/** One place where it shows. Values only where they were asked for: a corpus may hold patients' data. */
export interface Example {
  /** The input's name, with the number of the message where it holds several. */
  readonly input: string;
  /** The element with indexes; for issues and residuals the place. */
  readonly at: string;
  /** Source places. */
  readonly from: readonly string[];
  /** JSON text of the value: decimals keep their digits. */
  readonly before?: string;
  readonly after?: string;
}

export interface Counted {
  readonly count: number;
  /** In how many messages. */
  readonly messages: number;
  readonly examples: readonly Example[];
}

export interface ElementDiff extends Counted {
  readonly kind: ChangeKind;
  readonly op: Op;
  readonly element: string;
}

export interface IssueDiff extends Counted {
  readonly change: 'new' | 'gone';
  readonly code: string;
  readonly severity: string;
}

export interface ResidualDiff extends Counted {
  readonly change: 'new' | 'gone';
  readonly path: string;
}

/** All that one change of the mapping did. */
export interface CauseDiff {
  readonly cause: Cause;
  readonly messages: number;
  /** By kind in the order of `changeKinds`, then the most frequent first. */
  readonly elements: readonly ElementDiff[];
  readonly issues: readonly IssueDiff[];
  readonly residuals: readonly ResidualDiff[];
}

export interface DispositionDiff extends Counted {
  readonly before: Disposition | 'no message';
  readonly after: Disposition | 'no message';
  /** The code of the issue that decided the later one, else the earlier one. */
  readonly decidedBy?: string;
}

export interface BehaviourDiff {
  readonly messages: number;
  readonly changed: number;
  readonly dispositions: readonly DispositionDiff[];
  /** Those that touch most messages first. */
  readonly causes: readonly CauseDiff[];
}

/** What one message brings. */
export interface MessageChanges {
  readonly input: string;
  readonly elements: readonly ElementChange[];
  readonly issues: readonly IssueChange[];
  readonly residuals: readonly ResidualChange[];
  readonly disposition?: Pick<DispositionDiff, 'before' | 'after' | 'decidedBy'>;
}

export interface TallyOptions {
  /** How many examples of each difference are kept. */
  readonly examples: number;
  readonly showValues: boolean;
}

/** Counts one difference and keeps its first examples, of different messages as long as there are. */
class Count {
  count = 0;
  readonly #inputs = new Set<string>();
  readonly #examples: Example[] = [];

  add(example: Example, limit: number): void {
    this.count += 1;
    if (this.#examples.length < limit && !this.#inputs.has(example.input)) this.#examples.push(example);
    this.#inputs.add(example.input);
  }

  counted(): Counted {
    return { count: this.count, messages: this.#inputs.size, examples: this.#examples };
  }
}

/** Counts by a heading; the heading is what the first of each key said. */
class Counts<H> {
  readonly #counts = new Map<string, { readonly heading: H; readonly count: Count }>();

  add(key: string, heading: H, example: Example, limit: number): void {
    let found = this.#counts.get(key);
    if (found === undefined) this.#counts.set(key, (found = { heading, count: new Count() }));
    found.count.add(example, limit);
  }

  /** The most frequent first. */
  list(): (H & Counted)[] {
    return [...this.#counts.values()]
      .map(({ heading, count }) => ({ ...heading, ...count.counted() }))
      .sort((a, b) => b.count - a.count);
  }
}

class CauseTally {
  readonly cause: Cause;
  readonly inputs = new Set<string>();
  readonly elements = new Counts<Pick<ElementDiff, 'kind' | 'op' | 'element'>>();
  readonly issues = new Counts<Pick<IssueDiff, 'change' | 'code' | 'severity'>>();
  readonly residuals = new Counts<Pick<ResidualDiff, 'change' | 'path'>>();

  constructor(cause: Cause) {
    this.cause = cause;
  }

  result(): CauseDiff {
    return {
      cause: this.cause,
      messages: this.inputs.size,
      elements: this.elements.list().sort((a, b) => changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind)),
      issues: this.issues.list(),
      residuals: this.residuals.list(),
    };
  }
}

export class BehaviourTally {
  readonly #options: TallyOptions;
  readonly #causes = new Map<string, CauseTally>();
  readonly #dispositions = new Counts<Pick<DispositionDiff, 'before' | 'after' | 'decidedBy'>>();
  #messages = 0;
  #changed = 0;

  constructor(options: TallyOptions) {
    this.#options = options;
  }

  add({ input, elements, issues, residuals, disposition }: MessageChanges): void {
    const { examples } = this.#options;
    this.#messages += 1;
    if (elements.length + issues.length + residuals.length > 0 || disposition !== undefined) this.#changed += 1;
    for (const change of elements) {
      const { kind, op, element } = change;
      this.#of(change.cause, input).elements.add(
        `${op} ${element}`,
        { kind, op, element },
        this.#example(input, change),
        examples,
      );
    }
    for (const { cause, change, code, severity, at } of issues)
      this.#of(cause, input).issues.add(
        `${change} ${code} ${severity}`,
        { change, code, severity },
        { input, at, from: [] },
        examples,
      );
    for (const { cause, change, path, at } of residuals)
      this.#of(cause, input).residuals.add(`${change} ${path}`, { change, path }, { input, at, from: [] }, examples);
    if (disposition !== undefined)
      this.#dispositions.add(Object.values(disposition).join(' '), disposition, { input, at: '', from: [] }, examples);
  }

  #of(cause: Cause, input: string): CauseTally {
    const key = `${cause.change === 'none' ? 'none ' : ''}${cause.name}`;
    let tally = this.#causes.get(key);
    if (tally === undefined) this.#causes.set(key, (tally = new CauseTally(cause)));
    tally.inputs.add(input);
    return tally;
  }

  #example(input: string, { at, from, before, after }: ElementChange): Example {
    if (!this.#options.showValues) return { input, at, from };
    return {
      input,
      at,
      from,
      ...(before !== undefined && { before: printJson(before) }),
      ...(after !== undefined && { after: printJson(after) }),
    };
  }

  result(): BehaviourDiff {
    return {
      messages: this.#messages,
      changed: this.#changed,
      dispositions: this.#dispositions.list(),
      causes: [...this.#causes.values()].map((tally) => tally.result()).sort((a, b) => b.messages - a.messages),
    };
  }
}
