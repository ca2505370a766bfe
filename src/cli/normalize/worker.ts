// A worker thread of `concord normalize`: answers every file it is given, ends when given none.
import { parentPort, workerData } from 'node:worker_threads';
import { loadGateway } from '../../adapters/composition.js';
import { installedTerminology, terminologySettings } from '../../adapters/terminology/installed-editions.js';
import { failureReason } from '../../adapters/exit.js';
import type { WorkerMessage } from './crew.js';
import type { InputFile } from './inputs.js';
import { normalizeFile, type NormalizeJob } from './normalize-file.js';

const job = workerData as NormalizeJob;
const gateway = loadGateway({
  ...(job.base === undefined ? {} : { base: job.base }),
  site: job.site,
  terminology: installedTerminology(terminologySettings(process.env)),
});
const port = parentPort!;
const tell = (message: WorkerMessage) => port.postMessage(message);

// Telling of each message would cost more than some messages do.
const progressEvery = 100;

port.on('message', (file: InputFile | undefined) => {
  if (file === undefined) return port.close();
  let untold = 0;
  const progress = () => {
    if (++untold === progressEvery) tell({ kind: 'progress', messages: untold });
    untold %= progressEvery;
  };
  try {
    const tally = normalizeFile(gateway, job, file, progress);
    tell({ kind: 'progress', messages: untold });
    tell({ kind: 'done', tally });
  } catch (error) {
    tell({ kind: 'failed', reason: failureReason(error) });
  }
});
