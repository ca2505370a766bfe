// Terminology resources as lines of JSON, with an index that says where each stands: what is installed is read line by line,
// when it is first asked for.
import { closeSync, openSync, readSync } from 'node:fs';
import { contentOf, type Content } from '../../terminology/content.js';
import { codeSystemEntry, isLanguagePack, type Supplementing } from '../../terminology/entries.js';
import type { ConceptMapResource } from '../../terminology/concept-maps/resource.js';
import type { CodeSystemResource, ValueSetResource } from '../../terminology/resources.js';
import { once } from '../once.js';

/** Where a resource stands, and what is known of it without reading it. */
export interface ContentRow {
  readonly type: 'CodeSystem' | 'ValueSet' | 'ConceptMap';
  readonly url: string;
  readonly id?: string;
  readonly version?: string;
  /** Of a code system. */
  readonly content?: string;
  readonly supplements?: string;
  readonly isLanguagePack?: boolean;
  /** Bytes. */
  readonly start: number;
  readonly length: number;
}

/** Narrative, people and prose: what $lookup, $expand and the others never answer. */
const left = new Set([
  ...['text', 'meta', 'contact', 'identifier', 'description', 'purpose', 'copyright', 'useContext'],
  ...['jurisdiction', 'immutable', 'implicitRules'],
]);

/** A resource as any FHIR library types it. */
interface AnyResource extends Supplementing {
  readonly resourceType: ContentRow['type'];
  readonly url?: string | undefined;
  readonly id?: string | undefined;
  readonly version?: string | undefined;
  readonly content?: string | undefined;
  readonly supplements?: string | undefined;
  readonly compose?: unknown;
}

/** An expansion says again what the definition says; only where there is none it is the content. */
const isKept = (resource: AnyResource, name: string): boolean =>
  !left.has(name) && !name.startsWith('_') && (name !== 'expansion' || resource.compose === undefined);

const stripped = (resource: AnyResource): object =>
  Object.fromEntries(Object.entries(resource).filter(([name]) => isKept(resource, name)));

const rowOf = (resource: AnyResource, start: number, length: number): ContentRow => ({
  type: resource.resourceType,
  url: resource.url ?? '',
  ...(resource.id !== undefined && { id: resource.id }),
  ...(resource.version !== undefined && { version: resource.version }),
  ...(resource.content !== undefined && { content: resource.content }),
  ...(resource.supplements !== undefined && { supplements: resource.supplements }),
  ...(isLanguagePack(resource) && { isLanguagePack: true }),
  start,
  length,
});

export interface ResourceLines {
  readonly rows: readonly ContentRow[];
  readonly lines: Uint8Array;
}

/** Sorted by type and URL: the same resources give the same bytes. */
export function resourceLines(resources: readonly AnyResource[]): ResourceLines {
  const key = ({ resourceType, url = '' }: AnyResource) => `${resourceType} ${url}`;
  const sorted = [...resources].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const rows: ContentRow[] = [];
  const lines: Buffer[] = [];
  let start = 0;
  for (const resource of sorted) {
    const line = Buffer.from(`${JSON.stringify(stripped(resource))}\n`);
    rows.push(rowOf(resource, start, line.length - 1));
    lines.push(line);
    start += line.length;
  }
  return { rows, lines: Buffer.concat(lines) };
}

/** A file with lines of resources. */
export interface LinesFile {
  readonly path: string;
  /** Where its lines begin. */
  readonly start: number;
  readonly rows: readonly ContentRow[];
}

function readLine({ path, start: lines }: LinesFile, { start, length }: ContentRow): unknown {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, lines + start);
    return JSON.parse(bytes.toString('utf8'));
  } finally {
    closeSync(file);
  }
}

const common = (row: ContentRow) => ({
  url: row.url,
  ...(row.id !== undefined && { id: row.id }),
  ...(row.version !== undefined && { version: row.version }),
});

interface Placed {
  readonly file: LinesFile;
  readonly row: ContentRow;
}

const resourceAt = <T>({ file, row }: Placed): (() => T) => once(() => readLine(file, row) as T);

function codeSystem(placed: Placed) {
  const { row } = placed;
  const resource = resourceAt<CodeSystemResource>(placed);
  const entry = once(() => codeSystemEntry(resource()));
  return {
    ...common(row),
    content: row.content ?? 'complete',
    ...(row.supplements !== undefined && { supplements: row.supplements }),
    ...(row.isLanguagePack === true && { isLanguagePack: true }),
    resource,
    defined: () => entry().defined(),
  };
}

/** The content of files; nothing is read before it is asked for. */
export function linesContent(files: readonly LinesFile[]): Content {
  const placed = files.flatMap((file) => file.rows.map((row) => ({ file, row })));
  const ofType = (type: ContentRow['type']) => placed.filter(({ row }) => row.type === type);
  return contentOf({
    codeSystems: ofType('CodeSystem').map(codeSystem),
    valueSets: ofType('ValueSet').map((each) => ({
      ...common(each.row),
      resource: resourceAt<ValueSetResource>(each),
    })),
    conceptMaps: ofType('ConceptMap').map((each) => ({
      ...common(each.row),
      resource: resourceAt<ConceptMapResource>(each),
    })),
  });
}
