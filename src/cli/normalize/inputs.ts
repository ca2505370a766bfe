// Which files `concord normalize` reads, and what their output is called.
import { readdirSync, statSync } from 'node:fs';
import { basename, join, parse, relative, resolve } from 'node:path';
import { groupBy } from '../../canonical/groups.js';
import { GatewayError } from '../../model/error.js';

export interface InputFile {
  readonly path: string;
  /** The output's path below the output folder, without its extension: `sub/name`. */
  readonly target: string;
  readonly bytes: number;
}

/**
 * The files of the inputs, sorted. A folder is read at any depth, and its sub-folders are kept in the output; hidden files
 * and the output folder are passed over. Two files of one name (`a.hl7`, `a.json`) keep their extensions in the output.
 * Throws a GatewayError (`not-found`) for an input that is not there.
 */
export function findInputs(inputs: readonly string[], out: string): InputFile[] {
  const found = inputs.flatMap((input) => [...filesOf(input, resolve(out))]);
  const sharing = groupBy(found, ({ name }) => withoutExtension(name));
  return found.map(({ path, name, bytes }) => {
    const plain = withoutExtension(name);
    return { path, bytes, target: sharing.get(plain)!.length === 1 ? plain : name };
  });
}

interface Found {
  readonly path: string;
  /** Relative to the input it was found in. */
  readonly name: string;
  readonly bytes: number;
}

function* filesOf(input: string, out: string): Generator<Found> {
  const stat = statSync(input, { throwIfNoEntry: false });
  if (stat === undefined) throw new GatewayError('not-found', `There is no ${input}.`);
  if (stat.isDirectory()) yield* filesBelow(input, input, out);
  else yield { path: input, name: basename(input), bytes: stat.size };
}

function* filesBelow(folder: string, top: string, out: string): Generator<Found> {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && resolve(path) !== out) yield* filesBelow(path, top, out);
    else if (entry.isFile()) yield { path, name: relative(top, path), bytes: statSync(path).size };
  }
}

function withoutExtension(name: string): string {
  const { dir, name: stem } = parse(name);
  return join(dir, stem);
}
