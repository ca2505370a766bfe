// The clock of a load: a thread that sleeps until a request is due, to some hundredths of a millisecond, and tells it. Timers
// of the event loop fire on whole milliseconds, and to spin takes a processor that the gateway may need.
import { parentPort, workerData } from 'node:worker_threads';

export interface Load {
  /** Requests a second. */
  readonly rate: number;
  /** Requests. */
  readonly count: number;
}

/** The machine's monotonic clock in milliseconds, which all threads read alike. */
export const milliseconds = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Tells when each request is due. Who is told late finds how late by the same clock. */
function tick({ rate, count }: Load): void {
  const never = new Int32Array(new SharedArrayBuffer(4));
  const start = milliseconds();
  for (let index = 0; index < count; index += 1) {
    const due = start + (index * 1000) / rate;
    const left = due - milliseconds();
    if (left > 0) Atomics.wait(never, 0, 0, left);
    parentPort?.postMessage(due);
  }
}

if (parentPort !== null) tick(workerData as Load);
