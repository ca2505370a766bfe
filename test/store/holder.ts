// A gateway reduced to its store, for tests that kill it: opens the store of the directory given, says so, and records
// message after message, saying which are acknowledged.
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../src/adapters/store/open-store.js';
import { envelopeOf, outcomeOf, weight } from './outcomes.js';

const [dataDir = '', work = 'hold'] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const store = await openStore({ dataDir, path: process.env['PATH'] });
  say(`open ${JSON.stringify(store.describe())}`);
  if (work === 'exit') process.exit(0);
  for (let i = 0; work === 'record'; i++) {
    const envelope = envelopeOf(`message ${i}`);
    await store.recordOutcome(envelope, outcomeOf(envelope, [weight(`w${i}`, String(i))]));
    say(`stored w${i}`);
  }
  await sleep(60_000);
} catch (error) {
  say(`refused ${(error as { readonly category?: string }).category} ${String(error)}`);
  process.exitCode = 1;
}
