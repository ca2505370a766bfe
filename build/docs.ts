// npm run docs: writes docs/generated/ from what the program itself knows. With --check it writes nothing, names the pages
// that are out of date, and ends non-zero.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { packageRoot } from '../src/adapters/definitions/artifacts.js';
import { pages, type Pages } from './docs/pages.js';

const folder = join(packageRoot, 'docs/generated');

/** Written by `npm run conformance`, which needs the tables of HL7's guide. */
const ofGuide = /^conformance-/;

const contentOf = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

const written = (): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    : [];

/** Pages to write, and files that no page stands for any more. */
function differences(wanted: Pages): { readonly stale: readonly string[]; readonly strays: readonly string[] } {
  return {
    stale: Object.keys(wanted).filter((name) => contentOf(join(folder, name)) !== wanted[name]),
    strays: written().filter((name) => !(name in wanted) && !ofGuide.test(name)),
  };
}

function write(name: string, content: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

const wanted = pages();
const { stale, strays } = differences(wanted);
if (process.argv.includes('--check')) {
  for (const name of [...stale, ...strays])
    console.error(`docs/generated/${name} is out of date: run \`npm run docs\`.`);
  process.exitCode = stale.length + strays.length > 0 ? 1 : 0;
} else {
  for (const name of stale) write(name, wanted[name] ?? '');
  for (const name of strays) rmSync(join(folder, name));
  console.log(`docs/generated: ${Object.keys(wanted).length} pages, ${stale.length} written, ${strays.length} removed`);
}
