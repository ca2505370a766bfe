// The workers of `concord normalize`: each loads the gateway once and takes one file after the other.
import { Worker } from 'node:worker_threads';
import { GatewayError } from '../../model/error.js';
import type { InputFile } from './inputs.js';
import type { NormalizeJob } from './normalize-file.js';
import type { Tally } from './tally.js';

export type WorkerMessage =
  | { readonly kind: 'progress'; readonly messages: number }
  | { readonly kind: 'done'; readonly tally: Tally }
  /** The gateway itself failed on the file: no message is the cause of that. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface Watcher {
  progress(messages: number): void;
  done(file: InputFile, tally: Tally): void;
  failed(file: InputFile, reason: string): void;
}

/** Gives the files to this many workers, the largest first, and resolves when all are done. */
export async function runCrew(
  files: readonly InputFile[],
  job: NormalizeJob,
  size: number,
  watcher: Watcher,
): Promise<void> {
  const waiting = [...files].sort((a, b) => a.bytes - b.bytes);
  await Promise.all(Array.from({ length: Math.min(size, files.length) }, () => work(waiting, job, watcher)));
}

function work(waiting: InputFile[], job: NormalizeJob, watcher: Watcher): Promise<void> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: job });
  let file = waiting.pop();
  const next = () => {
    file = waiting.pop();
    if (file === undefined) worker.postMessage(undefined);
    else worker.postMessage(file);
  };
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') return watcher.progress(message.messages);
      if (message.kind === 'done') watcher.done(file!, message.tally);
      else watcher.failed(file!, message.reason);
      next();
    });
    worker.on('error', (cause) =>
      reject(cause instanceof Error ? cause : new GatewayError('fault', 'A worker failed.')),
    );
    worker.on('exit', (code) =>
      code === 0 ? resolve() : reject(new GatewayError('fault', `A worker ended with ${code}.`)),
    );
    worker.postMessage(file);
  });
}
