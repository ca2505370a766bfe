// npm run diff:mutations -- [--corpus PATH...] [--limit N]: every planted mutation compared over messages, as a table.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { shippedPackages } from '../../src/adapters/packages/package-source.js';
import { corpusPayloads, goldenPayloads, spread } from '../../src/cli/map/diff/payloads.js';
import { mutations, type Mutation } from './mutations.js';
import { faultsOf, kindsOf } from './verdict.js';
import { compare, remembered, version, type Payload, type Version } from './versions.js';

const { values } = parseArgs({
  options: { corpus: { type: 'string', multiple: true }, limit: { type: 'string' }, only: { type: 'string' } },
});

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function payloadsOf(): readonly Payload[] {
  const all =
    values.corpus === undefined
      ? goldenPayloads(join(shippedPackages, 'hl7v2'))
      : corpusPayloads(values.corpus, 'hl7v2');
  return spread(all, values.limit === undefined ? all.length : Number(values.limit));
}

/** True when the account is right. */
function judge(mutation: Mutation, shipped: Version, payloads: readonly Payload[]): boolean {
  const diff = compare(shipped, version(mutation.edits), payloads);
  const faults = faultsOf([mutation], diff);
  const found = diff.behaviour.causes.find(({ cause }) => cause.name === mutation.cause);
  const kinds = found === undefined ? '' : kindsOf(found).join(', ') || 'issues and residuals';
  const verdict = faults.length === 0 ? 'ok' : 'FAULT';
  print(
    `${verdict.padEnd(6)} ${mutation.name.padEnd(52)} ${mutation.cause.padEnd(46)} ${String(diff.behaviour.changed).padStart(5)}  ${kinds}`,
  );
  for (const fault of faults) print(`         ${fault}`);
  return faults.length === 0;
}

const payloads = payloadsOf();
const shipped = remembered(version());
const same = compare(shipped, version(), payloads).behaviour;
print(`${payloads.length} payloads, ${same.messages} messages; between two equal versions ${same.changed} differ`);
const asked = mutations.filter(({ name }) => values.only === undefined || name.includes(values.only));
const right = asked.filter((mutation) => judge(mutation, shipped, payloads)).length;
print(`${right} of ${asked.length} found under the right cause and kinds`);
process.exitCode = right === asked.length && same.changed === 0 ? 0 : 1;
