// Files of this folder that the build does not compile.
import { join } from 'node:path';
import { packageRoot } from '../src/adapters/definitions/artifacts.js';

/** The path of a file below bench/. */
export const benchFile = (...path: readonly string[]): string => join(packageRoot, 'bench', ...path);
