// A gateway to talk to: the real one, with a real store in a folder of its own, on a free port.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../src/adapters/telemetry/log.js';
import { start } from '../../src/main.js';

export interface TestService {
  readonly url: string;
  readonly greeting: string;
  /** What was logged so far. */
  readonly logged: () => string;
  stop(): Promise<void>;
}

/** @param environment further settings, e.g. SITE_DIR. */
export async function startService(environment: Readonly<Record<string, string>> = {}): Promise<TestService> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-http-'));
  let log = '';
  const { PATH, PG_BIN } = process.env;
  const service = await start(
    { PATH, PG_BIN, PORT: '0', DATA_DIR: folder, ...environment },
    createLog('debug', { write: (line) => void (log += line) }),
  );
  return {
    url: service.url,
    greeting: service.greeting,
    logged: () => log,
    stop: async () => {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const sample = (name: string): Buffer => readFileSync(new URL(`../../docs/samples/${name}`, import.meta.url));

/** The HL7 v2 sample with another control id, patient number and family name: nobody has sent it before. */
export const newMessage = (number: string, family = 'Lindqvist'): string =>
  sample('hl7v2.hl7')
    .toString()
    .replace('MSG00001', `MSG${number}`)
    .replace('P4711', `P${number}`)
    .replace('Lindqvist', family);
