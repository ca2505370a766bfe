// npm run bench:terminology:http [-- --rate N --seconds N --concepts N]: the gateway with a synthetic edition of SNOMED CT's
// size, asked over HTTP at a fixed rate. A request that had to wait counts from the time it was due, so that a stall is not
// hidden by the requests it held up. Prints one line for each kind of request; exit code 1 when one misses its bound.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { milliseconds, type Load } from './clock.js';
import { code, writeSyntheticRf2 } from './synthetic-rf2.js';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '20' },
    concepts: { type: 'string', default: '370000' },
  },
});
const [rate, seconds, concepts] = [Number(values.rate), Number(values.seconds), Number(values.concepts)];
const size = { concepts, descriptions: Math.round(concepts * 4.33), attributes: Math.round(concepts * 3.52) };

/** Milliseconds; the bound on the whole mix. */
const bounds = { p50: 1, p99: 10 };

/** The same release and edition as bench:terminology makes. */
const work = join(tmpdir(), `concord-terminology-${concepts}`);
const editions = join(work, 'editions');

function importOnce(): void {
  if (existsSync(editions) && readdirSync(editions).some((name) => name.endsWith('.edition'))) return;
  const release = join(work, 'release');
  if (!existsSync(release)) writeSyntheticRf2(release, size);
  mkdirSync(editions, { recursive: true });
  const command = ['dist/src/cli/concord.js', 'terminology', 'import', 'snomed', release, '--to', editions];
  if (spawnSync(process.execPath, command, { stdio: 'inherit' }).status !== 0) throw new Error('the import failed');
}

async function gateway(data: string): Promise<{ readonly server: ChildProcess; readonly base: string }> {
  const env = { ...process.env, DATA_DIR: data, TERMINOLOGY_DIR: editions, PORT: '0', LOG_LEVEL: 'error' };
  const server = spawn(process.execPath, ['dist/src/main.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  // Read on to the end: who closes the pipe breaks who still writes to it.
  const url = await new Promise<string>((resolve, reject) => {
    let greeting = '';
    server.stdout.on('data', (chunk) => {
      greeting += String(chunk);
      const found = /listens on (\S+)/.exec(greeting)?.[1];
      if (found !== undefined) resolve(found);
    });
    server.once('exit', () => {
      reject(new Error(`the gateway ended before it listened: ${greeting}`));
    });
  });
  return { server, base: `${url}/fhir` };
}

const system = 'http://snomed.info/sct';
const someCode = (index: number): string => code((index * 7919) % concepts);
const query = (path: string, parameters: Readonly<Record<string, string>>): string =>
  `/${path}?${new URLSearchParams(parameters).toString()}`;
const below = (ancestor: string): string => `${system}?fhir_vs=isa/${ancestor}`;

/** What clients ask most; each takes its turn. */
const kinds: Readonly<Record<string, (index: number) => string>> = {
  'CodeSystem/$lookup': (index) => query('CodeSystem/$lookup', { system, code: someCode(index), property: 'parent' }),
  'CodeSystem/$validate-code': (index) => query('CodeSystem/$validate-code', { url: system, code: someCode(index) }),
  'CodeSystem/$subsumes': (index) => query('CodeSystem/$subsumes', { system, codeA: code(1), codeB: someCode(index) }),
  'ValueSet/$validate-code, is-a': (index) =>
    query('ValueSet/$validate-code', { url: below(code(1)), system, code: someCode(index) }),
  'ValueSet/$expand, a page of 20': (index) =>
    query('ValueSet/$expand', { url: below(code(1 + (index % 5))), count: '20', offset: String((index % 50) * 20) }),
};

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function asked(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { accept: 'application/fhir+json' } }, (response) => {
      response.resume().on('end', () => {
        resolve(response.statusCode ?? 0);
      });
    }).on('error', (error: NodeJS.ErrnoException) => {
      // The server lets go of an idle connection at the moment it is used again.
      if (request.reusedSocket && error.code === 'ECONNRESET') asked(url).then(resolve, reject);
      else reject(error);
    });
  });
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

let missed = 0;
function tell(name: string, times: readonly number[], most?: typeof bounds): void {
  const sorted = [...times].sort((a, b) => a - b);
  const [p50, p99, worst] = [quantile(sorted, 0.5), quantile(sorted, 0.99), sorted.at(-1) ?? Number.NaN];
  const isMissed = most !== undefined && !(p50 <= most.p50 && p99 <= most.p99);
  if (isMissed) missed += 1;
  const bound = most === undefined ? '' : `  (at most ${most.p50} and ${most.p99})${isMissed ? '  MISSED' : ''}`;
  const figures = `p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms  worst ${worst.toFixed(1)} ms`;
  process.stdout.write(`${name.padEnd(34)} ${String(times.length).padStart(7)} requests  ${figures}${bound}\n`);
}

interface Times {
  /** By kind, from when each request was due to its whole answer; in milliseconds. */
  readonly answered: ReadonlyMap<string, readonly number[]>;
  /** From when it was due to when it was sent: what the machine took from this process, counted in `answered` as well. */
  readonly late: readonly number[];
}

/** Sends at the rate for so long; in this process, which does nothing else. */
async function run(base: string, duration: number): Promise<Times> {
  const names = Object.keys(kinds);
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  const late: number[] = [];
  const waiting: Promise<void>[] = [];
  const clock = new Worker(new URL('clock.js', import.meta.url), {
    workerData: { rate, count: rate * duration } satisfies Load,
  });
  clock.on('message', (due: number) => {
    late.push(milliseconds() - due);
    const name = names[waiting.length % names.length]!;
    waiting.push(
      asked(base + kinds[name]!(waiting.length)).then((status) => {
        if (status !== 200) throw new Error(`${name} answers ${status}`);
        times.get(name)!.push(milliseconds() - due);
      }),
    );
  });
  await once(clock, 'exit');
  await Promise.all(waiting);
  return { answered: times, late };
}

/** Seconds of a processor that the gateway has taken, by its own count. */
async function processorSeconds(base: string): Promise<number> {
  const metrics = await (await fetch(new URL('/metrics', base))).text();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1]);
}

importOnce();
const data = mkdtempSync(join(tmpdir(), 'concord-terminology-http-'));
const { server, base } = await gateway(data);
try {
  // What is asked first opens the edition and compiles the value sets.
  await run(base, Math.min(5, seconds));
  const before = await processorSeconds(base);
  const { answered, late } = await run(base, seconds);
  const each = ((await processorSeconds(base)) - before) / late.length;
  for (const [name, times] of answered) tell(name, times);
  process.stdout.write(
    `${'processor time of the gateway'.padEnd(34)} ${(each * 1e6).toFixed(0).padStart(7)} us a request\n`,
  );
  tell('sent late', late);
  tell(`all, ${rate} a second`, [...answered.values()].flat(), bounds);
} finally {
  server.kill('SIGTERM');
  await once(server, 'exit');
  rmSync(data, { recursive: true, force: true });
}
process.exitCode = missed === 0 ? 0 : 1;
