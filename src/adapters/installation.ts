// What is installed: the gateway's own version.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './definitions/artifacts.js';

const { version: installed } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  version: string;
};

export const version = installed;
