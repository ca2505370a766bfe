// npm run bench:publishing [-- --beside FOLDER]: messages per second into a store of their own, disk included, and the CPU time
// of gateway and database for each, beside another build of this project in the same run (docs/how-to/benchmarks.md).
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot, sha256 } from '../src/adapters/definitions/artifacts.js';
import type { Store } from '../src/adapters/store/store.js';
import type { Envelope } from '../src/model/envelope.js';
import type { Gateway } from '../src/pipeline/gateway.js';
import type { PayloadOutcome } from '../src/pipeline/outcome.js';
import { benchFile } from './bench-file.js';
import { median } from './windows.js';

const { values } = parseArgs({
  options: {
    beside: { type: 'string' },
    rounds: { type: 'string', default: '15' },
    window: { type: 'string', default: '48' },
    patients: { type: 'string', default: '200' },
  },
});
const [rounds, perWindow, patients] = [values.rounds, values.window, values.patients].map(Number) as [
  number,
  number,
  number,
];

interface Build {
  readonly name: string;
  readonly gateway: Gateway;
  readonly store: Store;
  readonly close: () => Promise<void>;
}

/** A build of the project, with a store in a folder of its own. */
async function open(name: string, folder: string): Promise<Build> {
  const load = (path: string) => import(join(folder, 'dist/src/adapters', path)) as Promise<unknown>;
  const { loadGateway } = (await load('composition.js')) as { loadGateway: () => Gateway };
  const { openStore } = (await load('store/open-store.js')) as { openStore: (config: object) => Promise<Store> };
  const dataDir = await mkdtemp(join(tmpdir(), 'concord-publishing-'));
  const store = await openStore({ dataDir, path: process.env['PATH'] });
  const close = () => store.close().then(() => rm(dataDir, { recursive: true }));
  return { name, gateway: loadGateway(), store, close };
}

const texts = await Promise.all(
  ['adt-a01.hl7', 'oru-r01-20-obx.hl7'].map((file) => readFile(benchFile('messages', file), 'utf8')),
);

/** The n-th message of the traffic: admissions and results in turns, of so many patients, a second apart. */
function message(n: number): string {
  const [date, time] = new Date(Date.UTC(2026, 1, 15) + n * 1000)
    .toISOString()
    .replaceAll(/[-:]|\..*/g, '')
    .split('T');
  return texts[n % 2]!.replace(/\|2026021[0-9]{7}\+0100\|\|(ADT|ORU)/, `|${date}${time}+0000||$1`)
    .replaceAll(/ADT000417|LAB0099173|P88120|F55019/g, (name) => `${name}-${n}`)
    .replaceAll(/7719042|V330217|4412-880133|ACC99120/g, (name) => `${name}-${(n >> 1) % patients}`);
}

const envelopeOf = (text: string): Envelope => {
  const bytes = Buffer.from(text);
  return { bytes, digest: sha256(bytes), feed: 'hl7v2', receivedAt: '2026-06-01T00:00:00.000Z' };
};

type Publish = (build: Build, first: number) => () => Promise<unknown>;

/** What is normalized before the clock starts is published after it did. */
const ways: Readonly<Record<string, Publish>> = {
  'one by one': ({ gateway, store }, first) => {
    const payloads = normalized(gateway, first);
    return async () => {
      for (const payload of payloads) await store.recordPayload(payload);
    };
  },
  'eight at a time': ({ gateway, store }, first) => {
    const waiting = normalized(gateway, first);
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await store.recordPayload(next);
    };
    return () => Promise.all(Array.from({ length: 8 }, worker));
  },
  'as one payload': ({ gateway, store }, first) => {
    const payload = gateway.normalize(envelopeOf(numbers(first).map(message).join('\r')));
    return () => store.recordPayload(payload);
  },
};

const numbers = (first: number): number[] => Array.from({ length: perWindow }, (_, at) => first + at);
const normalized = (gateway: Gateway, first: number): PayloadOutcome[] =>
  numbers(first).map((n) => gateway.normalize(envelopeOf(message(n))));

interface Window {
  readonly perSecond: number;
  /** CPU milliseconds for each message, of this process and of the database's. */
  readonly gateway: number;
  readonly database: number;
}

async function measure(build: Build, way: Publish, first: number): Promise<Window> {
  const publish = way(build, first);
  const [cpu, database] = [process.cpuUsage(), databaseCpu(build)];
  const start = process.hrtime.bigint();
  await publish();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  return {
    perSecond: perWindow / seconds,
    gateway: (user + system) / 1000 / perWindow,
    database: (databaseCpu(build) - database) / perWindow,
  };
}

/** CPU milliseconds of the server's processes so far (proc(5), in ticks of 10 ms); NaN where the system does not tell. */
function databaseCpu({ store }: Build): number {
  const server = / process (\d+)/.exec(store.describe().place)?.[1];
  if (process.platform !== 'linux' || server === undefined) return NaN;
  const fields = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf);
  const ticks = fields.filter(([, parent]) => parent === server).map((each) => Number(each[11]) + Number(each[12]));
  return ticks.reduce((sum, each) => sum + each, 0) * 10;
}

/** The fields after the name of the program: state, parent, …; none of a process that has ended. */
function statOf(id: string): string[] {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

const builds = [await open('this build', packageRoot)];
if (values.beside !== undefined) builds.push(await open('beside', resolve(values.beside)));
const [ours, theirs] = builds;

let next = 0;
for (const [name, way] of Object.entries(ways)) {
  const windows = new Map<Build, Window[]>(builds.map((build) => [build, []]));
  for (let round = -3; round < rounds; round++) {
    for (const build of round % 2 === 0 ? builds : builds.toReversed()) {
      const window = await measure(build, way, next);
      if (round >= 0) windows.get(build)!.push(window);
    }
    next += perWindow;
  }
  for (const [build, each] of windows) process.stdout.write(`${name}, ${build.name}: ${told(each)}\n`);
  if (theirs !== undefined)
    process.stdout.write(`${name}, this build / beside: ${ratio(windows.get(ours!)!, windows.get(theirs)!)}\n`);
}
for (const build of builds) await build.close();

function told(windows: readonly Window[]): string {
  const of = (figure: keyof Window, digits: number) => median(windows.map((each) => each[figure])).toFixed(digits);
  return `${of('perSecond', 0)} messages per second; CPU ${of('gateway', 1)} ms gateway, ${of('database', 1)} ms database`;
}

/** Round by round, so that what else the machine does falls on both. */
function ratio(ours: readonly Window[], theirs: readonly Window[]): string {
  const cpu = ({ gateway, database }: Window) => gateway + database;
  const speed = median(ours.map((each, round) => each.perSecond / theirs[round]!.perSecond));
  const work = median(ours.map((each, round) => cpu(each) / cpu(theirs[round]!)));
  return `${speed.toFixed(2)} of the speed, ${work.toFixed(2)} of the CPU time`;
}
