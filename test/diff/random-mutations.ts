// Mutations that nobody chose: rules that the messages reach, drawn with a seed, and one thing done to each.
import type { Outcome } from '../../src/pipeline/outcome.js';
import { drop, moduleNamed, rule, version, type Edits, type Module, type Rule, type Version } from './versions.js';

export interface RandomMutation {
  readonly name: string;
  readonly cause: string;
  readonly edits: Edits;
  readonly after: Version;
}

type Operator = (module: Module, id: string) => boolean;

/** Each says whether there was anything to do. */
const operators: Readonly<Record<string, Operator>> = {
  dropped: (module, id) => drop(module, id).id === id,
  'without its condition': onRule(
    ({ when }) => when !== undefined,
    (each) => void delete each.when,
  ),
  'with its condition negated': onRule(
    ({ when }) => when !== undefined,
    (each) => void (each.when = `not (${each.when ?? ''})`),
  ),
  'with the first value only': onRule(
    ({ from, expect }) => from !== undefined && expect === undefined,
    (each) => void (each.expect = 'first'),
  ),
  'with a date for a time': onRule(
    (each) => each.as === 'dateTime',
    (each) => void (each.as = 'date'),
  ),
  'without its constant': onRule(
    ({ fixed }) => typeof fixed === 'string',
    (each) => void (each.fixed = 'other'),
  ),
  'with another component': onRule(
    ({ from }) => typeof from === 'string' && /\.[1-9]$/.test(from),
    (each) => void (each.from = nextComponent(each.from as string)),
  ),
};

const nextComponent = (path: string): string => path.replace(/[1-9]$/, (digit) => String((Number(digit) % 9) + 1));

function onRule(applies: (each: Rule) => boolean, change: (each: Rule) => void): Operator {
  return (module, id) => {
    const found = rule(module, id);
    if (!applies(found)) return false;
    change(found);
    return true;
  };
}

/** The rules, `module#rule`, that wrote anything. */
export const reachedRules = (outcomes: Iterable<Outcome>): ReadonlySet<string> =>
  new Set(
    [...outcomes]
      .flatMap((outcome) =>
        outcome.lineage().flatMap(({ leaves }) => leaves.flatMap(({ rule: own, via = [] }) => [own, ...via])),
      )
      .map((name) => name.slice(name.indexOf('/') + 1)),
  );

/** So many different mutations that the compiler accepts. */
export function* drawMutations(rules: readonly string[], count: number, seed: number): Generator<RandomMutation> {
  const next = generator(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!;
  const seen = new Set<string>();
  for (let tries = 0; seen.size < count && tries < count * 40; tries++) {
    const [cause, operator] = [pick(rules), pick(Object.keys(operators))];
    const name = `${cause} ${operator}`;
    const mutation = seen.has(name) ? undefined : mutationOf(name, cause, operators[operator]!);
    if (mutation === undefined) continue;
    seen.add(name);
    yield mutation;
  }
}

/** Undefined where there is nothing to do, or where the compiler refuses what was done. */
function mutationOf(name: string, cause: string, operator: Operator): RandomMutation | undefined {
  const [module = '', id = ''] = cause.split('#');
  const before = moduleNamed(module);
  try {
    if (before === undefined || !operator(before, id)) return undefined;
    const edits: Edits = { modules: { [module]: (each) => void operator(each, id) } };
    return { name, cause, edits, after: version(edits) };
  } catch {
    return undefined;
  }
}

/** Mulberry32: the same seed gives the same numbers, from 0 up to 1. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
