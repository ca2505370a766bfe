// Two versions of the code maps that a package uses, row by row.
import type { CodeMap, CodeMapEntry, CodeMaps } from '../../terminology/code-map.js';
import type { Cause } from './cause.js';

export interface CodeMapRowChange {
  /** The source code; `*` for every code without a row. */
  readonly code: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** The targets in words; 'no code' where nothing corresponds. */
  readonly before?: string;
  readonly after?: string;
}

export interface CodeMapChange {
  readonly map: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly rows: readonly CodeMapRowChange[];
}

/** The maps of both sides that `used` names, where they differ in a row. */
export function diffCodeMaps(before: CodeMaps, after: CodeMaps, used: Iterable<string>): CodeMapChange[] {
  return [...new Set(used)].sort().flatMap((map) => {
    const [was, is] = [before.get(map), after.get(map)];
    const rows = diffRows(rowsOf(was), rowsOf(is));
    if (rows.length === 0) return [];
    return [{ map, change: was === undefined ? 'added' : is === undefined ? 'removed' : 'changed', rows }];
  });
}

/** Rows by code and, where the map has several groups, by systems. */
function rowsOf(map: CodeMap | undefined): Map<string, CodeMapEntry> {
  const rows = new Map<string, CodeMapEntry>();
  for (const entry of map?.entries() ?? []) {
    let key = `${entry.source ?? ''}|${entry.code ?? '*'}`;
    while (rows.has(key)) key += '+';
    rows.set(key, entry);
  }
  return rows;
}

function diffRows(before: ReadonlyMap<string, CodeMapEntry>, after: ReadonlyMap<string, CodeMapEntry>) {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): CodeMapRowChange[] => {
    const [was, is] = [before.get(key), after.get(key)];
    const [from, to] = [was && targetsText(was), is && targetsText(is)];
    if (from === to) return [];
    const change = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    return [{ code: codeOf(was ?? is), change, ...sides(from, to) }];
  });
}

const codeOf = (entry: CodeMapEntry | undefined): string => entry?.code ?? '*';

const sides = (before: string | undefined, after: string | undefined) => ({
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
});

const targetsText = ({ targets }: CodeMapEntry): string =>
  targets.length === 0
    ? 'no code'
    : targets
        .map(({ system, code, display, equivalence }) => {
          const shown = display === undefined ? '' : ` "${display}"`;
          return `${system}|${code}${shown}${equivalence === 'equivalent' ? '' : ` (${equivalence})`}`;
        })
        .join(', ');

export const rowCause = (map: string, { code, change }: CodeMapRowChange): Cause => ({
  name: `code map ${map} row ${code}`,
  change,
});

/** The causes by map and code. */
export const rowCauses = (changes: readonly CodeMapChange[]): ReadonlyMap<string, Cause> =>
  new Map(changes.flatMap(({ map, rows }) => rows.map((row) => [rowKey(map, row.code), rowCause(map, row)])));

export const rowKey = (map: string, code: string): string => `${map} ${code}`;

/** From the place of a row, as lineage has it (`administrative-sex@1.0.0 group[0].element[1]`), to its key. */
export function rowKeyOf(maps: CodeMaps, conversion: string): string | undefined {
  const [, name = '', place = ''] = /^([^@\s]+)@\S+ (.+)$/.exec(conversion) ?? [];
  const entry = maps
    .get(name)
    ?.entries()
    .find(({ row }) => row === place);
  return entry === undefined ? undefined : rowKey(name, codeOf(entry));
}
