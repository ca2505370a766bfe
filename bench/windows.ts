// Measures work in windows of CPU time. Each round gives every subject one window, so that whatever else the machine does
// falls on all of them alike; odd rounds go backwards, so that a drift falls on neither side.
import type { Subject } from './subject.js';

export interface Schedule {
  readonly rounds: number;
  /** CPU time of one window, in milliseconds; as much more as whole turns of a subject need. */
  readonly windowMs: number;
  /** CPU time each subject runs before each window, in milliseconds. */
  readonly leadInMs: number;
  /** CPU time each subject runs before the first round, in milliseconds. */
  readonly warmUpMs: number;
}

/** Messages per CPU second, one figure for each round, by subject. */
export type Figures = ReadonlyMap<string, readonly number[]>;

/** Looking at the clock costs a system call: it is looked at about this often, in milliseconds. */
const lookEveryMs = 2;

export async function measure(subjects: readonly Subject[], schedule: Schedule): Promise<Figures> {
  const rounds = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  const batches = new Map<Subject, number>();
  for (const subject of subjects) batches.set(subject, await warmUp(subject, schedule.warmUpMs));
  for (let round = 0; round < schedule.rounds; round++) {
    for (const subject of round % 2 === 0 ? subjects : subjects.toReversed())
      rounds.get(subject.name)?.push(await measureAfresh(subject, batches.get(subject) ?? 1, schedule));
  }
  return rounds;
}

/** Runs until the compiler has had its time, then tells how many runs fit between two looks at the clock: whole turns. */
async function warmUp(subject: Subject, ms: number): Promise<number> {
  const perSecond = await measureWindow(subject, 1, ms);
  const { turn = 1 } = subject;
  return turn * Math.max(1, Math.round((perSecond * lookEveryMs) / 1000 / turn));
}

/**
 * A window that is not counted comes first: what the other subjects ran meanwhile, and full collections, made the engine
 * forget code and hidden classes of this one. A gateway does one thing all day.
 */
async function measureAfresh(subject: Subject, batch: number, { leadInMs, windowMs }: Schedule): Promise<number> {
  await measureWindow(subject, batch, leadInMs);
  return measureWindow(subject, batch, windowMs);
}

/**
 * CPU time is the process's: user and system, of all its threads, the collector's and the compiler's too. No collection is
 * forced between windows: a full one drops the hidden classes of what died, and with them the code compiled for those.
 */
async function measureWindow({ run }: Subject, batch: number, ms: number): Promise<number> {
  const start = process.cpuUsage();
  let messages = 0;
  for (;;) {
    for (let i = 0; i < batch; i++) {
      const result = run();
      if (result instanceof Promise) await result;
    }
    messages += batch;
    const { user, system } = process.cpuUsage(start);
    const microseconds = user + system;
    if (microseconds >= ms * 1000) return messages / (microseconds / 1e6);
  }
}

export const best = (figures: readonly number[]): number => Math.max(...figures);

export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
