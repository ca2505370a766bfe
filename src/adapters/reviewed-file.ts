// YAML files that are reviewed like code: read, checked against their JSON Schema, and every fault told with its line and its
// mend.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { LineCounter, parseDocument } from 'yaml';
import { GatewayError } from '../model/error.js';

/** Names of members and places in lists, from the file's top: `['schema', 0, 'name']`. */
export type FilePath = readonly (string | number)[];

export interface ReviewedFile<T> {
  readonly content: T;
  /** `results.yaml:15`: where the node stands, or the nearest one above it that is there. */
  readonly place: (path: FilePath) => string;
}

/** @throws GatewayError `incorrect` with a line for each fault. */
export function readReviewed<T>(path: string, check: ValidateFunction<T>): ReviewedFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, 'utf8'), { uniqueKeys: true, lineCounter: lines });
  const name = basename(path);
  const [fault] = document.errors;
  if (fault !== undefined) throw new GatewayError('incorrect', `${name}: ${fault.message}`);
  const place = (steps: FilePath): string => {
    const node = document.getIn(steps, true) as { range?: readonly [number, number, number] } | undefined;
    if (node?.range === undefined && steps.length > 0) return place(steps.slice(0, -1));
    return `${name}:${lines.linePos(node?.range?.[0] ?? 0).line}`;
  };
  const content: unknown = document.toJS();
  if (check(content)) return { content, place };
  // What `then` or `else` asks for is told by itself.
  const errors = (check.errors ?? []).filter(({ keyword }) => keyword !== 'if');
  const faults = errors.map((error) => `${place(placeOf(error))} ${told(error)}`);
  throw new GatewayError('incorrect', faults.join('\n'));
}

function placeOf({ instancePath, params }: ErrorObject): FilePath {
  const surplus = (params as { additionalProperty?: string }).additionalProperty;
  const steps = instancePath.split('/').slice(1);
  return surplus === undefined ? steps : [...steps, surplus];
}

function told({ instancePath, keyword, message, params }: ErrorObject): string {
  if (keyword === 'false schema') return `${instancePath} has no place beside the concept, which tells it. Remove it.`;
  const { additionalProperty, allowedValues } = params as {
    additionalProperty?: string;
    allowedValues?: readonly string[];
  };
  if (additionalProperty !== undefined)
    return `${instancePath || '/'} has the unknown key "${additionalProperty}". Remove it, or correct its spelling.`;
  const allowed = allowedValues === undefined ? '' : `: ${allowedValues.join(', ')}`;
  return `${instancePath || '/'} ${message ?? 'is wrong'}${allowed}. See docs/generated/schema.`;
}
