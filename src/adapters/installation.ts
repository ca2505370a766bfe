// What is installed: the gateway's own version, and since when it is built.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './definitions/artifacts.js';

const { version: installed } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  version: string;
};

export const version = installed;

/** `2026-11-22` */
export const builtOn = (): string => statSync(join(packageRoot, 'package.json')).mtime.toISOString().slice(0, 10);
