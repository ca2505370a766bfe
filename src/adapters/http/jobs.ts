// Work that goes on after the answer (RFC 7240, respond-async). A job is a convenience of this process: what it did is in
// the store, so that nothing is lost with it.
import NodeCache from 'node-cache';
import { randomUUID } from 'node:crypto';

export type Job =
  | { readonly state: 'running'; readonly messages: number }
  | { readonly state: 'done'; readonly result: object }
  | { readonly state: 'failed'; readonly status: number; readonly detail: string };

export interface Jobs {
  /** Starts work; it reports how many messages it has taken in. Answers the job's id, or undefined when too many run. */
  start(work: (progress: (messages: number) => void) => Promise<Job>): string | undefined;
  find(id: string): Job | undefined;
  /** Resolves when nothing runs any more. */
  settled(): Promise<void>;
}

const secondsKept = 3600;
const mostKept = 1000;
const mostRunning = 16;

export function createJobs(): Jobs {
  const kept = new NodeCache({ stdTTL: secondsKept, checkperiod: 60, useClones: false, maxKeys: mostKept });
  const running = new Map<string, Promise<void>>();
  const keep = (id: string, job: Job) => void kept.set(id, job);
  return {
    start: (work) => {
      if (running.size >= mostRunning || kept.keys().length >= mostKept) return undefined;
      const id = randomUUID();
      keep(id, { state: 'running', messages: 0 });
      const progress = (messages: number) => keep(id, { state: 'running', messages });
      const done = work(progress).then((job) => keep(id, job));
      running.set(
        id,
        done.finally(() => running.delete(id)),
      );
      return id;
    },
    find: (id) => kept.get<Job>(id),
    settled: async () => {
      await Promise.allSettled(running.values());
      kept.close();
    },
  };
}
