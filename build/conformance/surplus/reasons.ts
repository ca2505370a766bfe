// Why a rule stands in a package: its own `doc`, which the compiled form leaves out.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** `PID[Patient]#name` -> the rule's doc, of all modules in a package's folder. */
export function ruleReasons(folder: string): ReadonlyMap<string, string> {
  const files = ['messages', 'segments', 'datatypes'].flatMap((layer) => {
    const below = join(folder, layer);
    return readdirSync(below)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => join(below, file));
  });
  return new Map(files.flatMap((file) => moduleReasons(readFileSync(file, 'utf8'))));
}

export function moduleReasons(yaml: string): [rule: string, reason: string][] {
  const module = parse(yaml) as { module?: string };
  return documented(module).map(({ id, doc }) => [`${module.module ?? ''}#${id}`, doc]);
}

interface Documented {
  readonly id: string;
  readonly doc: string;
}

/** Every rule with an id and a doc, however deep it stands. */
function documented(value: unknown): Documented[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(documented);
  return isDocumented(value) ? [{ id: value.id, doc: value.doc }, ...inner] : inner;
}

const isDocumented = (value: object): value is Documented =>
  'id' in value && 'doc' in value && typeof value.id === 'string' && typeof value.doc === 'string';
