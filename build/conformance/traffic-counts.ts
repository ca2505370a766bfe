// Counts over the messages of a feed: which rules fire, what stays residual, and how often.
import type { Report } from '../../src/pipeline/outcome.js';

export interface ResidualCount {
  readonly values: number;
  readonly messages: number;
}

export interface Traffic {
  messages: number;
  /** Values that a rule read and wrote, and values that none did. */
  sourced: number;
  residual: number;
  /** Messages in which a rule fired, by its name without the package. */
  readonly rules: Map<string, number>;
  /** By field and component, such as PID-13.9. */
  readonly residuals: Map<string, ResidualCount>;
  add(report: Report, fired: ReadonlySet<string>): void;
}

export function newTraffic(): Traffic {
  const rules = new Map<string, number>();
  const residuals = new Map<string, ResidualCount>();
  return {
    messages: 0,
    sourced: 0,
    residual: 0,
    rules,
    residuals,
    add(report, fired) {
      this.messages += 1;
      this.sourced += report.counts.sourced;
      this.residual += report.counts.residual;
      for (const rule of fired) rules.set(bare(rule), (rules.get(bare(rule)) ?? 0) + 1);
      countResiduals(report, residuals);
    },
  };
}

const bare = (rule: string): string => rule.replace(/^[^/[#]+\//, '');

function countResiduals(report: Report, residuals: Map<string, ResidualCount>): void {
  const seen = new Set<string>();
  for (const { path } of report.residuals) {
    const { values, messages } = residuals.get(path) ?? { values: 0, messages: 0 };
    residuals.set(path, { values: values + 1, messages: messages + (seen.has(path) ? 0 : 1) });
    seen.add(path);
  }
}
