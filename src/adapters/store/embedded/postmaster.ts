// The server process: started or found running, watched, stopped.
import type { ChildProcess } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '../../../model/error.js';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import type { ClusterPlace } from './cluster.js';
import { runningServer, type RunningServer } from './pid-file.js';
import { givenName, start, type OpenDirectory } from './programs.js';

export interface Postmaster extends RunningServer {
  /** It was running already: a gateway that was killed left it, or one still uses it. */
  readonly found: boolean;
}

/** Recovery after a crash reads the log since the last checkpoint; that is given this long. */
const patience = 60_000;

/** How a server is run: by whom, with what, on which directory. */
export interface ServerSetting {
  readonly place: ClusterPlace;
  readonly directory: OpenDirectory;
  readonly binaries: Binaries;
  readonly account: Account;
}

/** The running server of the cluster, started where there is none. */
export async function reachPostmaster(setting: ServerSetting): Promise<Postmaster> {
  const { cluster, log } = setting.place;
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const running = await runningServer(cluster);
    if (running === undefined) {
      const started = await startPostmaster(setting, deadline);
      if (started !== undefined) return { ...started, found: false };
    } else if (running.ready && (await staysReady(cluster, running.pid))) {
      return { ...running, found: true };
    } else {
      await sleep(20);
    }
  }
  throw new GatewayError('unavailable', `The server in ${cluster} did not become ready. See ${log}.`);
}

// When its gateway was killed a moment ago, the watchdog is just stopping it: look twice.
async function staysReady(cluster: string, pid: number): Promise<boolean> {
  await sleep(150);
  const again = await runningServer(cluster);
  return again?.pid === pid && again.ready;
}

/** Answers undefined when another gateway started one at the same moment. */
export async function startPostmaster(
  setting: ServerSetting,
  deadline = Date.now() + patience,
): Promise<RunningServer | undefined> {
  const { cluster, log } = setting.place;
  const child = await launch(setting);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${code ?? signal}`));
  });
  while (Date.now() < deadline) {
    const running = await runningServer(cluster);
    if (running?.ready && running.pid === child.pid) return running;
    const reason = await Promise.race([ended, sleep(10)]);
    if (reason === undefined) continue;
    if (running !== undefined && running.pid !== child.pid) return undefined;
    throw new GatewayError('unavailable', `PostgreSQL did not start: ${reason}. ${await lastWords(log)}`);
  }
  return undefined;
}

async function launch({ place, directory, binaries, account }: ServerSetting): Promise<ChildProcess> {
  const log = await openLog(place.log);
  const name = givenName(directory);
  const args = ['-D', name, ...settings(name)];
  const child = start(join(binaries.directory, 'postgres'), args, directory, account, ['ignore', log.fd]);
  child.unref();
  await log.close();
  return child;
}

// Durable whatever the configuration file says; and in the log no statement and no error of one: they quote values.
// In the log's order LOG stands above ERROR (PostgreSQL manual, 20.8.2).
const settings = (directory: string): string[] =>
  Object.entries({
    listen_addresses: '',
    unix_socket_directories: `"${directory.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    max_connections: '40',
    jit: 'off',
    logging_collector: 'off',
    log_checkpoints: 'off',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

const longestLog = 4 << 20;

async function openLog(path: string) {
  const size = await stat(path).then(
    (file) => file.size,
    () => 0,
  );
  if (size > longestLog) await rename(path, `${path}.old`);
  return open(path, 'a', 0o600);
}

async function lastWords(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-3).join(' / ');
}

/** Fast shutdown: open transactions roll back, a checkpoint is written. Given up waiting for, it is made to end. */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  if (await ends(cluster, pid, 'SIGINT', 30_000)) return;
  await ends(cluster, pid, 'SIGQUIT', 5_000);
}

async function ends(cluster: string, pid: number, signal: NodeJS.Signals, within: number): Promise<boolean> {
  const deadline = Date.now() + within;
  if (!signalled(pid, signal)) return true;
  while ((await runningServer(cluster))?.pid === pid) {
    if (Date.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}

function signalled(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
