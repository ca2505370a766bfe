// The mapping of the ORU written in JSONata, over a tree that its users would have prepared.
import { readFileSync } from 'node:fs';
import jsonata from 'jsonata';
import { benchFile } from '../bench-file.js';
import { codeMaps } from './code-maps.js';
import { oruTree } from './message-tree.js';

export interface JsonataPeer {
  /** Maps the message; JSONata answers in a Promise always. */
  readonly run: () => Promise<unknown>;
}

/**
 * Compiles the transformation and binds its code maps, which is no part of a run; making the tree is, as reading the message
 * is of ours.
 */
export function jsonataPeer(text: string): JsonataPeer {
  const transformation = jsonata(readFileSync(benchFile('peers', 'oru-r01.jsonata'), 'utf8'));
  for (const [name, map] of Object.entries(codeMaps())) transformation.assign(name, map);
  return { run: () => transformation.evaluate(oruTree(text)) as Promise<unknown> };
}

/** The leaves of a Bundle as our mapping counts them: those of the resources, but for their types and ids. */
export function countLeaves(bundle: unknown): number {
  const { entry } = bundle as { readonly entry: readonly { readonly resource: Readonly<Record<string, unknown>> }[] };
  return entry.reduce((sum, { resource: { resourceType: _, id: __, ...content } }) => sum + leavesBelow(content), 0);
}

const leavesBelow = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, member) => sum + leavesBelow(member), 0)
    : value === undefined
      ? 0
      : 1;
