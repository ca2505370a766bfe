// npm run diff:mutations -- [--corpus PATH] [--limit N] [--random N] [--seed N]: planted mutations compared over messages, as
// a table; then so many that are drawn.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { shippedPackages } from '../../src/adapters/packages/package-source.js';
import { GatewayError } from '../../src/model/error.js';
import type { SemanticDiff } from '../../src/pipeline/semantic-diff.js';
import { corpusPayloads, goldenPayloads, spread } from '../../src/cli/map/diff/payloads.js';
import { mutations, type Mutation } from './mutations.js';
import { drawMutations, reachedRules, type RandomMutation } from './random-mutations.js';
import { elementsOf, faultsOf, findingsOf, kindsOf } from './verdict.js';
import { compare, remembered, version, type Version } from './versions.js';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', multiple: true },
    limit: { type: 'string' },
    random: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
  },
});
const all =
  values.corpus === undefined ? goldenPayloads(join(shippedPackages, 'hl7v2')) : corpusPayloads(values.corpus, 'hl7v2');
const payloads = spread(all, values.limit === undefined ? all.length : Number(values.limit));
const shipped = remembered(version());

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const row = (faults: readonly string[], name: string, cause: string, messages: number, kinds: readonly string[]) =>
  print(
    [
      (faults.length === 0 ? 'ok' : 'FAULT').padEnd(6),
      name.padEnd(52),
      cause.padEnd(46),
      String(messages).padStart(5),
      kinds.join(', '),
      ...faults.map((fault) => `\n       ${fault}`),
    ].join(' '),
  );

/** True when the account is right. */
function judge(mutation: Mutation): boolean {
  const diff = compare(shipped, version(mutation.edits), payloads);
  const faults = faultsOf([mutation], diff);
  const found = diff.behaviour.causes.find(({ cause }) => cause.name === mutation.cause);
  row(faults, mutation.name, mutation.cause, diff.behaviour.changed, found === undefined ? [] : kindsOf(found));
  return faults.length === 0;
}

/** What is drawn has no expectation but its cause; some change nothing in these messages. */
function judgeDrawn({ name, cause, after }: RandomMutation): 'right' | 'wrong' | 'without effect' | 'refused' {
  const diff = comparedOrRefused(after);
  if (diff === undefined) return 'refused';
  const { behaviour } = diff;
  const strangers = behaviour.causes.filter((each) => each.cause.name !== cause || each.cause.change === 'none');
  if (behaviour.changed === 0 && strangers.length === 0) return 'without effect';
  const faults = strangers.map(
    (each) => `laid to ${each.cause.name}: ${[...elementsOf(each), ...findingsOf(each)].join(', ')}`,
  );
  const kinds = behaviour.causes.flatMap(kindsOf);
  row(faults, name.slice(cause.length + 1), cause, behaviour.changed, kinds);
  return faults.length === 0 ? 'right' : 'wrong';
}

/** Some mistakes show when the package is linked only. */
function comparedOrRefused(after: Version): SemanticDiff | undefined {
  try {
    return compare(shipped, after, payloads);
  } catch (error) {
    if (error instanceof GatewayError && error.category === 'incorrect') return undefined;
    throw error;
  }
}

const same = compare(shipped, version(), payloads).behaviour;
print(`${payloads.length} payloads, ${same.messages} messages; between two equal versions ${same.changed} differ`);
const right = mutations.filter(judge).length;
print(`${right} of ${mutations.length} planted ones found under the right cause and kinds`);

const reached = [...reachedRules(payloads.flatMap((payload) => [...shipped.run(payload)]))].sort();
const drawn = [...drawMutations(reached, Number(values.random), Number(values.seed))].map(judgeDrawn);
const count = (wanted: string): number => drawn.filter((verdict) => verdict === wanted).length;
if (drawn.length > 0)
  print(
    `drawn with seed ${values.seed}: ${count('right')} right, ${count('wrong')} wrong, ${count('without effect')} without effect, ${count('refused')} refused`,
  );
process.exitCode = right === mutations.length && same.changed === 0 && count('wrong') === 0 ? 0 : 1;
