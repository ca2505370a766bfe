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
