// The same look-ups in LMDB, the fastest of the embedded key-value stores: a record for each concept, a key for each member of
// a value set. What a terminology server pays that keeps its content in one, in process and memory-mapped.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import type { Edition } from '../../src/terminology/editions/edition.js';

interface StoredConcept {
  readonly display: string;
  /** Codes of the concepts it is one of, itself not among them. */
  readonly ancestors: readonly string[];
}

export interface KeyValueStore {
  find(code: string): StoredConcept | undefined;
  /** Is the code below the one whose members were stored? */
  isMember(code: string): boolean;
  isA(code: string, ancestor: string): boolean;
  close(): Promise<void>;
}

/**
 * Only the codes that are asked for are stored, which is to the store's advantage.
 *
 * @param members the codes of a compiled value set.
 */
export async function keyValueStore(
  edition: Edition,
  codes: readonly string[],
  members: Iterable<string>,
): Promise<KeyValueStore> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-lmdb-'));
  const root = open({ path: folder });
  const concepts = root.openDB<StoredConcept, string>({ name: 'concepts' });
  const memberships = root.openDB<boolean, string>({ name: 'members' });
  await root.transaction(() => {
    for (const code of codes) void concepts.put(code, storedConcept(edition, code));
    for (const code of members) void memberships.put(code, true);
  });
  return {
    find: (code) => concepts.get(code),
    isMember: (code) => memberships.doesExist(code),
    isA: (code, ancestor) => concepts.get(code)?.ancestors.includes(ancestor) === true,
    close: async () => {
      await root.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function storedConcept(edition: Edition, code: string): StoredConcept {
  const ordinal = edition.find(code);
  const ancestors = Array.from(edition.ancestors(ordinal), (each) => edition.code(each));
  return { display: edition.display(ordinal) ?? '', ancestors };
}
