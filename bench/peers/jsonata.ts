// The mapping of the ORU written in JSONata, over a tree that its users would have prepared.
import { readFileSync } from 'node:fs';
import jsonata from 'jsonata';
import { benchFile } from '../bench-file.js';
import { oruTree } from './message-tree.js';

export interface JsonataPeer {
  /** Maps the message; JSONata answers in a Promise always. */
  readonly run: () => Promise<unknown>;
}

/** Compiles the transformation; neither that nor making the tree is part of a run. */
export function jsonataPeer(text: string): JsonataPeer {
  const transformation = jsonata(readFileSync(benchFile('peers', 'oru-r01.jsonata'), 'utf8'));
  const tree = oruTree(text);
  return { run: () => transformation.evaluate(tree) as Promise<unknown> };
}
