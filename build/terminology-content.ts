// The terminology resources that are installed out of the box: one line of JSON each, without what nobody computes with,
// and an index that says where each line stands. The service reads a line when it is first asked for.
import type { CodeSystem, ConceptMap, ValueSet } from 'fhir/r4.js';
import type { ContentRow } from '../src/adapters/definitions/terminology-content.js';

export type ContentResource = CodeSystem | ValueSet | ConceptMap;

/** Narrative, people and prose: what $lookup, $expand and the others never answer. */
const left = new Set([
  'text',
  'meta',
  'contact',
  'identifier',
  'description',
  'purpose',
  'copyright',
  'useContext',
  'jurisdiction',
  'immutable',
  'implicitRules',
  'expansion',
]);

const stripped = (resource: ContentResource): object =>
  Object.fromEntries(Object.entries(resource).filter(([name]) => !left.has(name) && !name.startsWith('_')));

const rowOf = (resource: ContentResource, start: number, length: number): ContentRow => ({
  type: resource.resourceType,
  url: resource.url ?? '',
  ...(resource.id !== undefined && { id: resource.id }),
  ...(resource.version !== undefined && { version: resource.version }),
  ...(resource.resourceType === 'CodeSystem' && { content: resource.content }),
  ...(resource.resourceType === 'CodeSystem' &&
    resource.supplements !== undefined && { supplements: resource.supplements }),
  start,
  length,
});

export interface ContentFiles {
  readonly rows: readonly ContentRow[];
  readonly lines: Uint8Array;
}

/** Sorted by type and URL: the same resources give the same bytes. */
export function contentFiles(resources: readonly ContentResource[]): ContentFiles {
  const key = ({ resourceType, url = '' }: ContentResource) => `${resourceType} ${url}`;
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
