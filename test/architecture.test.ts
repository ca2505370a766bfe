// The import law of the rooms (docs/architecture.md): who may import whom, no cycles, and I/O at the edges only.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = resolve(import.meta.dirname, '../src');

/** Each room, and the rooms it may import besides itself. */
const law: Readonly<Record<string, readonly string[]>> = {
  model: [],
  formats: ['model'],
  terminology: ['model'],
  mappings: ['model', 'terminology'],
  canonical: ['model', 'terminology'],
  validation: ['model', 'terminology'],
  pipeline: ['model', 'formats', 'mappings', 'terminology', 'canonical', 'validation'],
  governance: ['model', 'terminology', 'pipeline'],
  adapters: ['model', 'formats', 'mappings', 'terminology', 'canonical', 'validation', 'pipeline', 'governance'],
  cli: ['*'],
  'main.ts': ['*'],
};

/** Rooms that may touch the world. */
const edges = new Set(['adapters', 'cli', 'main.ts']);

/** Modules of the platform that are pure: hashing, assertions, decoding. */
const purePlatform = new Set(['node:crypto', 'node:buffer', 'node:util']);

const worldly = [
  /\bprocess\.(env|argv|cwd|exit|stdout|stderr|hrtime|on)\b/,
  /\bDate\.now\(/,
  /\bnew Date\(\)/,
  /\bMath\.random\(/,
  /\brandomUUID\(/,
  /\bconsole\./,
  /\bfetch\(/,
  /\bsetTimeout\(/,
  /\bperformance\.now\(/,
];

interface Module {
  readonly path: string;
  readonly room: string;
  readonly imports: readonly string[];
  readonly text: string;
}

const specifier = /\bfrom\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else if (/\.ts$/.test(entry.name) && !/\.test\.ts$|fixtures\.ts$/.test(entry.name)) yield path;
  }
}

const roomOf = (path: string): string => relative(source, path).split('/')[0] ?? '';
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');

const modules: readonly Module[] = [...files(source)].map((path) => {
  const text = withoutComments(readFileSync(path, 'utf8'));
  return {
    path,
    room: roomOf(path),
    text,
    imports: [...text.matchAll(specifier)].flatMap((match) => match[1] ?? match[2] ?? match[3] ?? []),
  };
});

const local = (module: Module): string[] =>
  module.imports
    .filter((name) => /^\.\.?\//.test(name))
    .map((name) => resolve(dirname(module.path), name.replace(/\.js$/, '.ts')));

const byPath = new Map(modules.map((module) => [module.path, module]));

/** Every cycle found by walking the imports depth first, as paths. */
function cycles(): string[] {
  const found: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const walk = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      found.push([...trail.slice(trail.indexOf(path)), path].map((each) => relative(source, each)).join(' -> '));
      return;
    }
    state.set(path, 'open');
    const module = byPath.get(path);
    if (module !== undefined) for (const next of local(module)) walk(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const { path } of modules) walk(path, []);
  return found;
}

/** The package that a bare specifier names: `ajv/dist/2020.js` -> `ajv`. */
const libraryOf = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? '';

/** Rows of the tables in docs/dependencies.md: package -> rooms that may import it (none: for building and testing). */
const libraries: ReadonlyMap<string, readonly string[]> = new Map(
  [...readFileSync(resolve(source, '../docs/dependencies.md'), 'utf8').matchAll(/^\| `([^`]+)` *\|(.*)\|$/gm)].map(
    ([, name = '', cells = '']) => [name, (cells.split('|')[2] ?? '').split(',').map((room) => room.trim())] as const,
  ),
);

describe('the dependencies', () => {
  it('are those that docs/dependencies.md tells of', () => {
    const { dependencies, optionalDependencies, devDependencies } = JSON.parse(
      readFileSync(resolve(source, '../package.json'), 'utf8'),
    ) as Record<string, Record<string, string>>;
    const installed = Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies });
    expect([...libraries.keys()].sort()).toEqual(installed.sort());
  });
});

describe('the rooms', () => {
  it('are all known, and there is something in them', () => {
    expect(modules.length).toBeGreaterThan(50);
    expect([...new Set(modules.map(({ room }) => room))].filter((room) => !(room in law))).toEqual([]);
  });

  it('import only what the law allows', () => {
    const breaches = modules.flatMap((module) =>
      local(module)
        .map(roomOf)
        .filter(
          (room) =>
            room !== module.room && !(law[module.room] ?? []).some((allowed) => allowed === room || allowed === '*'),
        )
        .map((room) => `${relative(source, module.path)} imports ${room}`),
    );
    expect(breaches).toEqual([]);
  });

  it('have no import cycle', () => {
    expect(cycles()).toEqual([]);
  });

  it('import only files that exist', () => {
    const missing = modules.flatMap((module) =>
      local(module)
        .filter((path) => !byPath.has(path))
        .map((path) => relative(source, path)),
    );
    expect(missing).toEqual([]);
  });

  it('keep I/O, clock, environment, randomness and the logger at the edges', () => {
    const inner = modules.filter(({ room }) => !edges.has(room));
    const platform = inner.flatMap(({ path, imports }) =>
      imports
        .filter(
          (name) =>
            (name.startsWith('node:') && !purePlatform.has(name)) ||
            /^(fs|http|net|child_process|pg|express|pino)$/.test(name),
        )
        .map((name) => `${relative(source, path)} imports ${name}`),
    );
    const calls = inner.flatMap(({ path, text }) =>
      worldly
        .filter((pattern) => pattern.test(text))
        .map((pattern) => `${relative(source, path)} uses ${pattern.source}`),
    );
    expect([...platform, ...calls]).toEqual([]);
  });

  it('import libraries only where docs/dependencies.md allows it', () => {
    const breaches = modules.flatMap((module) =>
      module.imports
        .filter((name) => !/^(\.|node:)/.test(name))
        .map(libraryOf)
        .filter((library) => !(libraries.get(library) ?? []).includes(module.room))
        .map((library) => `${relative(source, module.path)} imports ${library}`),
    );
    expect(breaches).toEqual([]);
  });

  it('have no names that say nothing', () => {
    const empty = /(^|[/-])(utils?|helpers?|common|misc|manager|processor|base)(\.ts$|\/)/;
    expect(modules.map(({ path }) => relative(source, path)).filter((path) => empty.test(path))).toEqual([]);
  });
});
