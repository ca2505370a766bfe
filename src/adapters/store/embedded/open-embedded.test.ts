import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../open-store.js';
import type { Store } from '../store.js';
import { accountFor } from './account.js';
import { findBinaries } from './binaries.js';
import { openEmbedded } from './open-embedded.js';
import { runningServer } from './pid-file.js';

const account = await accountFor('/nonexistent');
const path = process.env['PATH'];
const able = typeof account !== 'string' && !('tried' in (await findBinaries({ path }, account)));
const isRoot = process.getuid?.() === 0;
const isLinux = process.platform === 'linux';

describe.skipIf(!able)(`The embedded PostgreSQL${able ? '' : ' (no binaries run here)'}`, { timeout: 120_000 }, () => {
  let template: string;
  let root: string;
  let dataDir: string;
  const children: ChildProcess[] = [];

  // Copying a cluster is far cheaper than creating one.
  beforeAll(async () => {
    template = await mkdtemp(join(tmpdir(), 'template-'));
    await (await openStore({ dataDir: template, path })).close();
  });
  afterAll(() => rm(template, { recursive: true }));
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'embedded-'));
    dataDir = join(root, 'state');
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await serverIsGone();
    await rm(root, { recursive: true });
  });

  const cluster = () => join(dataDir, 'postgres', 'cluster');
  const open = (): Promise<Store> => openStore({ dataDir, path });

  /** A store that was created before, in `dataDir`. */
  async function created(): Promise<void> {
    await mkdir(dirname(dataDir), { recursive: true });
    await promisify(execFile)('cp', ['-a', template, dataDir]);
  }

  async function serverIsGone(): Promise<void> {
    while ((await runningServer(cluster())) !== undefined) await sleep(20);
  }

  /** Another gateway on the same directory; its lines of output come one by one. */
  function gateway(work: 'hold' | 'record' | 'exit') {
    const [loader, holder] = ['test/store/typescript-loader.mjs', 'test/store/holder.ts'];
    const child = spawn(process.execPath, ['--import', `./${loader}`, holder, dataDir, work], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async (): Promise<string> => ((await lines.next()) as { value?: string }).value ?? '';
    const ended = new Promise((resolve) => child.once('close', resolve));
    const kill = async (signal: NodeJS.Signals) => {
      child.kill(signal);
      await ended;
    };
    return { child, line, kill, ended };
  }

  it('is created, stopped when the store closes, and found again with what it held', async () => {
    const first = await open();
    expect(first.describe()).toMatchObject({ engine: 'PostgreSQL', notes: [] });
    await first.close();
    expect(await runningServer(cluster())).toBeUndefined();
    const second = await open();
    expect(second.describe().notes).toEqual([]);
    await second.close();
  });

  it('loses nothing it acknowledged when its gateway is killed', async () => {
    await created();
    const { line, kill } = gateway('record');
    expect(await line()).toMatch(/^open /);
    const acknowledged: string[] = [];
    while (acknowledged.length < 40) acknowledged.push((await line()).replace('stored ', ''));
    await kill('SIGKILL');
    const store = await open();
    for (const id of acknowledged) expect(await store.readResource('Observation', id)).toBeDefined();
    expect(await store.pendingEvents(1_000)).toHaveLength((await store.messages({ limit: 1_000 })).length);
    await store.close();
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)('stops by itself when its gateway ends by %s', async (signal) => {
    await created();
    const { line, kill } = gateway('hold');
    await line();
    expect(await runningServer(cluster())).toBeDefined();
    await kill(signal);
    await serverIsGone();
  });

  it('stops by itself when its gateway exits without closing the store', async () => {
    await created();
    const { ended } = gateway('exit');
    await ended;
    await serverIsGone();
  });

  it.runIf(isLinux)('is taken over from a killed gateway whose watchdog was killed too', async () => {
    await created();
    const { child, line, kill } = gateway('hold');
    await line();
    const left = await runningServer(cluster());
    process.kill(await watchdogOf(child.pid!), 'SIGKILL');
    await kill('SIGKILL');
    const store = await open();
    expect(store.describe().notes).toEqual([expect.stringContaining(`process ${left!.pid}`)]);
    await store.close();
    expect(await runningServer(cluster())).toBeUndefined();
  });

  async function watchdogOf(pid: number): Promise<number> {
    for (const name of await readdir('/proc')) {
      const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
      if (stat.includes(`(sh) S ${pid} `)) return Number(name);
    }
    return expect.unreachable('no watchdog runs');
  }

  it('is refused to a second gateway, which leaves it running', async () => {
    await created();
    const store = await open();
    const second = gateway('hold');
    expect(await second.line()).toMatch(new RegExp(`^refused conflict .*process ${process.pid}`));
    await second.ended;
    await store.ping();
    await store.close();
  });

  it('is created once when two gateways start at the same moment', async () => {
    const answers = await Promise.all([gateway('hold').line(), gateway('hold').line()]);
    expect(answers.map((answer) => answer.split(' ', 2).join(' ')).sort()).toEqual([
      expect.stringMatching(/^open /),
      'refused conflict',
    ]);
    expect(await readdir(join(dataDir, 'postgres'))).toEqual(
      expect.not.arrayContaining([expect.stringContaining('new')]),
    );
  });

  it('clears away what an interrupted creation left', async () => {
    const draft = join(dataDir, 'postgres', 'cluster.new-999999999');
    await mkdir(draft, { recursive: true });
    await (await open()).close();
    expect((await readdir(join(dataDir, 'postgres'))).sort()).toEqual(['cluster', 'log']);
  });

  it.runIf(isLinux)('stands in a directory whose path is too long for a socket', async () => {
    dataDir = join(root, 'long'.repeat(30), 'state');
    await created();
    await (await open()).close();
  });

  it.runIf(isRoot && isLinux)('stands where only root may go', async () => {
    await mkdir(dataDir);
    await chmod(root, 0o700);
    await chmod(dataDir, 0o700);
    await (await open()).close();
  });

  it('is refused when no binaries of its version are there', async () => {
    await mkdir(cluster(), { recursive: true });
    await writeFile(join(cluster(), 'PG_VERSION'), '9\n');
    await expect(open()).rejects.toMatchObject({
      category: 'incorrect',
      message: expect.stringContaining('PostgreSQL 9') as string,
    });
  });

  it('is refused when PG_BIN holds no binaries', async () => {
    await expect(openStore({ dataDir, path, pgBin: root })).rejects.toMatchObject({ category: 'incorrect' });
  });

  it('writes no value of a failed statement into its log or into the error', async () => {
    await created();
    const db = await openEmbedded(dataDir, { path });
    if ('reason' in db) return expect.unreachable(db.reason);
    const failure = await db.query('SELECT $1::text::uuid', ['CANARY']).catch(String);
    await db.close();
    expect(failure).toContain('22P02');
    expect(failure).not.toContain('CANARY');
    expect(await readFile(join(dataDir, 'postgres', 'log'), 'utf8')).not.toContain('CANARY');
  });
});
