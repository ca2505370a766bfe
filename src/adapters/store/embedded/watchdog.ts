// The server must not outlive its gateway, however that ends. A shell waits at the far end of a pipe: when the gateway
// is gone, even by kill -9, the pipe closes and the shell asks the server for a fast shutdown.
import type { Socket } from 'node:net';
import type { Account } from './account.js';
import { givenName, start, type OpenDirectory } from './programs.js';

// A line is the word to go; the end of the pipe without one means that the gateway died. Without the word, the shell might
// look for the server's id when the next gateway has started another. The id is read at that moment: a server that ended
// in order has removed its file, and nothing is signalled.
const script = 'read -r _ && exit; pid=$(head -n 1 "$1/postmaster.pid") && kill -INT "$pid"';

export interface Watchdog {
  /** Lets it go, once the server was stopped. */
  release(): void;
}

/** Watches this process for the server of `directory`, as the account the server runs as. */
export function watch(directory: OpenDirectory, account: Account): Watchdog {
  const args = ['-c', script, 'concord-watchdog', givenName(directory), directory.path];
  const shell = start('/bin/sh', args, directory, account, ['pipe', 'ignore']);
  // Without a shell the server is still stopped by close(), and found again by the next start.
  shell.on('error', () => undefined);
  const pipe = shell.stdin as Socket;
  pipe.on('error', () => undefined);
  pipe.unref();
  shell.unref();
  return { release: () => pipe.end('\n') };
}
