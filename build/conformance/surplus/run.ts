// npm run conformance:surplus -- [--json] [--top N] CORPUS: lays every surplus fact of the feed hl7v2, as the corpus's own
// scorer counts them, to the rule that wrote it and to what asked for that; and says what the guide has of what is missed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadGateway } from '../../../src/adapters/composition.js';
import { packageRoot, sha256 } from '../../../src/adapters/definitions/artifacts.js';
import { loadDefinitions } from '../../../src/adapters/definitions/fhir-definitions.js';
import { loadCompiled } from '../../../src/adapters/packages/compiler.js';
import { shippedPackages } from '../../../src/adapters/packages/package-source.js';
import { printJson } from '../../../src/canonical/json.js';
import type { JsonObject } from '../../../src/model/json.js';
import type { Gateway } from '../../../src/pipeline/gateway.js';
import { messageWrites } from '../message-writes.js';
import type { Askers } from './account.js';
import { readCorpus, type CorpusCase } from './corpus.js';
import { factsOf } from './facts.js';
import { indexGuide, type GuideJson } from './guide-index.js';
import { accountOf } from './kind.js';
import { lay } from './lay.js';
import { missedRows } from './missed.js';
import { ruleReasons } from './reasons.js';
import { report } from './report.js';
import { rulesByName } from './rules.js';
import { accountsBySource, type CaseAccount, type SourceAccount } from './summary.js';

// The clock stands still, so that the account is the same for the same messages.
const receivedAt = '2026-01-01T00:00:00.000Z';

async function accounts(folder: string): Promise<SourceAccount[]> {
  const { ir } = loadCompiled('hl7v2');
  const guide = join(packageRoot, 'docs/generated/conformance-hl7v2.json');
  const askers: Askers = {
    guide: indexGuide(JSON.parse(readFileSync(guide, 'utf8')) as GuideJson),
    rules: rulesByName(ir),
    definitions: loadDefinitions(),
    reasons: ruleReasons(join(shippedPackages, 'hl7v2')),
  };
  const referenced = [...messageWrites(ir)].flatMap(([type, writes]) => writes.map(({ path }) => `${type}.${path}`));
  const gateway = loadGateway({});
  const cases = (await readCorpus(folder)).map((each) => caseAccount(each, gateway, askers));
  return accountsBySource(cases, missedRows({ ...askers, referenced: new Set(referenced) }));
}

/** As the command line writes them: a payload that is refused or holds several messages has no Bundle of its own. */
function caseAccount({ source, name, input, score }: CorpusCase, gateway: Gateway, askers: Askers): CaseAccount {
  const envelope = { bytes: input, digest: sha256(input), feed: 'hl7v2', receivedAt, name };
  const [outcome, ...others] = gateway.normalize(envelope).outcomes;
  if (outcome?.bundle === undefined || others.length > 0) return { source, score: score(null), laid: [] };
  const bundle = JSON.parse(printJson(outcome.bundle)) as JsonObject;
  const scored = score(bundle);
  const laid = lay(scored.extra, factsOf(bundle, outcome.lineage()), (fact) => accountOf(fact, askers));
  return { source, score: scored, laid };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, top: { type: 'string', default: '0' } },
});
const [corpus] = positionals;
if (corpus === undefined || !/^\d+$/.test(values.top)) {
  console.error('Usage: npm run conformance:surplus -- [--json] [--top N] CORPUS (which holds cases/ and score.mjs)');
  process.exitCode = 2;
} else {
  const found = await accounts(corpus);
  process.stdout.write(values.json ? `${JSON.stringify(found)}\n` : report(found, Number(values.top)));
}
