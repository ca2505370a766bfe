// The terminology that is installed: an index read at the start, and resources read from the file when first asked for.
import { closeSync, openSync, readSync } from 'node:fs';
import { compileCodeSystem } from '../../terminology/code-systems/compile.js';
import type { DefinedCodeSystem } from '../../terminology/code-systems/code-system.js';
import type { ConceptMapResource } from '../../terminology/concept-maps/resource.js';
import { contentOf, type Content } from '../../terminology/content.js';
import type { CodeSystemResource, ValueSetResource } from '../../terminology/resources.js';
import { artifactNames, artifactPath, readArtifact } from './artifacts.js';

/** generated/terminology-index.json: where a resource stands in generated/terminology-content.ndjson. */
export interface ContentRow {
  readonly type: 'CodeSystem' | 'ValueSet' | 'ConceptMap';
  readonly url: string;
  readonly id?: string;
  readonly version?: string;
  /** Of a code system. */
  readonly content?: string;
  readonly supplements?: string;
  /** Bytes. */
  readonly start: number;
  readonly length: number;
}

function readLine({ start, length }: ContentRow): unknown {
  const file = openSync(artifactPath(artifactNames.terminologyContent), 'r');
  try {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, start);
    return JSON.parse(bytes.toString('utf8'));
  } finally {
    closeSync(file);
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const common = (row: ContentRow) => ({
  url: row.url,
  ...(row.id !== undefined && { id: row.id }),
  ...(row.version !== undefined && { version: row.version }),
});

function codeSystem(row: ContentRow) {
  const resource = once(() => readLine(row) as CodeSystemResource);
  return {
    ...common(row),
    content: row.content ?? 'complete',
    ...(row.supplements !== undefined && { supplements: row.supplements }),
    resource,
    defined: once((): DefinedCodeSystem => compileCodeSystem(resource())),
  };
}

const ofType = (rows: readonly ContentRow[], type: ContentRow['type']) => rows.filter((row) => row.type === type);

/**
 * HL7 Terminology and the code systems, value sets and concept maps of FHIR R4.
 *
 * @throws GatewayError `not-found` when the build has not been run.
 */
export function loadTerminologyContent(): Content {
  const rows = readArtifact<readonly ContentRow[]>(artifactNames.terminologyIndex);
  return contentOf({
    codeSystems: ofType(rows, 'CodeSystem').map(codeSystem),
    valueSets: ofType(rows, 'ValueSet').map((row) => ({
      ...common(row),
      resource: once(() => readLine(row) as ValueSetResource),
    })),
    conceptMaps: ofType(rows, 'ConceptMap').map((row) => ({
      ...common(row),
      resource: once(() => readLine(row) as ConceptMapResource),
    })),
  });
}
