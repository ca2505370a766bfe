// Golden cases on disk: tests/<case>/{case.json, input.*, expected.json} beside a package's modules.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GatewayError } from '../../model/error.js';
import type { GoldenCase } from '../../pipeline/golden.js';
import { sha256 } from '../definitions/artifacts.js';

interface CaseSyntax {
  readonly shows: string;
  readonly asserts?: readonly string[];
  /** Default: the package's own name. */
  readonly feed?: string;
}

/** Every case of a package, by name. The clock stands still: cases are received at the start of 2026. */
export function goldenCases(packageFolder: string, feed: string): GoldenCase[] {
  const folder = join(packageFolder, 'tests');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .sort()
    .map((name) => readCase(join(folder, name), name, feed));
}

function readCase(folder: string, name: string, feed: string): GoldenCase {
  const syntax = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as CaseSyntax;
  const input = readdirSync(folder).find((file) => file.startsWith('input.'));
  if (input === undefined) throw new GatewayError('incorrect', `${folder} has no input file.`);
  const bytes = readFileSync(join(folder, input));
  const envelope = {
    bytes,
    digest: sha256(bytes),
    feed: syntax.feed ?? feed,
    receivedAt: '2026-01-01T00:00:00.000Z',
    name: input,
  };
  return {
    name,
    shows: syntax.shows,
    asserts: syntax.asserts ?? [],
    envelope,
    expected: expectedOf(join(folder, 'expected.json')),
  };
}

const expectedOf = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
