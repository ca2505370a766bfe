// The server must not outlive its gateway, however that ends. A shell waits at the far end of a pipe: when the gateway
// is gone, even by kill -9, the pipe closes and the shell asks the server for a fast shutdown.
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Account } from './account.js';

// The id is read at that moment: a server that was stopped in order has removed its file, and nothing is signalled.
const script = 'read -r _; pid=$(head -n 1 "$1/postmaster.pid" 2>/dev/null) && kill -INT "$pid"';

export interface Watchdog {
  /** Lets it go; it stops a server that still runs. */
  release(): void;
}

/** Watches this process for the server of `cluster`, as the account the server runs as. */
export function watch(cluster: string, { ids }: Account): Watchdog {
  const shell = spawn('/bin/sh', ['-c', script, 'concord-watchdog', cluster], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    ...ids,
  });
  // Without a shell the server is still stopped by close(), and found again by the next start.
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  (shell.stdin as Socket).unref();
  return { release: () => shell.stdin.end() };
}
