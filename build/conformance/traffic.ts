// npm run conformance:traffic -- [--feed NAME] [--site FOLDER] CORPUS…: what a feed's own messages show of its mapping:
// the rows of the guide that fire, and what stays residual. Writes docs/generated/conformance-traffic-NAME.md, or --out.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadGateway } from '../../src/adapters/composition.js';
import { packageRoot, sha256 } from '../../src/adapters/definitions/artifacts.js';
import { corpusPayloads, type Payload } from '../../src/cli/map/diff/payloads.js';
import type { Gateway } from '../../src/pipeline/gateway.js';
import { reachedRules } from '../../src/pipeline/golden.js';
import type { Outcome } from '../../src/pipeline/outcome.js';
import { newTraffic, type Traffic } from './traffic-counts.js';
import { trafficPage, type GuideRows } from './traffic-page.js';

// The clock stands still, so that the page is the same for the same messages.
const receivedAt = '2026-01-01T00:00:00.000Z';

function outcomesOf(gateway: Gateway, feed: string, payload: Payload): readonly Outcome[] {
  const bytes = payload.read();
  return gateway.normalize({ bytes, digest: sha256(bytes), feed, receivedAt, name: payload.name }).outcomes;
}

function observe(gateway: Gateway, feed: string, payloads: readonly Payload[]): Traffic {
  const traffic = newTraffic();
  for (const payload of payloads)
    for (const outcome of outcomesOf(gateway, feed, payload)) traffic.add(outcome.report, reachedRules([outcome]));
  return traffic;
}

const guideRows = (): GuideRows =>
  JSON.parse(readFileSync(join(packageRoot, 'docs/generated/conformance-hl7v2.json'), 'utf8')) as GuideRows;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { feed: { type: 'string', default: 'hl7v2' }, site: { type: 'string' }, out: { type: 'string' } },
});
if (positionals.length === 0) {
  console.error('Usage: npm run conformance:traffic -- [--feed NAME] [--site FOLDER] [--out FILE] CORPUS…');
  process.exitCode = 2;
} else {
  const gateway = loadGateway(values.site === undefined ? {} : { site: values.site });
  const traffic = observe(gateway, values.feed, corpusPayloads(positionals, 'hl7v2'));
  const out = values.out ?? join(packageRoot, `docs/generated/conformance-traffic-${values.feed}.md`);
  writeFileSync(out, trafficPage(values.feed, traffic, guideRows()));
  console.log(
    `${traffic.messages} messages, ${traffic.rules.size} rules fired, ${traffic.residuals.size} fields residual`,
  );
}
