// `postmaster.pid`, by which a running server tells that it is there (PostgreSQL, storage/miscinit.c,
// "LOCK_FILE_LINE_*").
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning, standing } from './processes.js';

export interface RunningServer {
  readonly pid: number;
  readonly ready: boolean;
}

/** What the file in `cluster` says; undefined when there is none or its process is gone. */
export async function runningServer(cluster: string): Promise<RunningServer | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const server = { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' };
  return Number.isInteger(server.pid) && server.pid > 1 && isServer(server.pid) ? server : undefined;
}

// After a crash of the machine the id may be another program's.
function isServer(pid: number): boolean {
  const process = standing(pid);
  return process === undefined ? isRunning(pid) : process.command === 'postgres' && !process.zombie;
}
