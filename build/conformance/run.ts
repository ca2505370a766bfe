// npm run conformance -- GUIDE: judges every row of the guide's tables against the compiled hl7v2 package and writes
// docs/generated/conformance-hl7v2.{md,json}. Exit code 1 when less than 97 % of a layer is covered or a review is stale.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadArtifacts } from '../../src/adapters/composition.js';
import { packageRoot } from '../../src/adapters/definitions/artifacts.js';
import { describe, loadCompiled, type Artifacts } from '../../src/adapters/packages/compiler.js';
import { shippedPackages } from '../../src/adapters/packages/package-source.js';
import { isRefusal } from '../../src/model/source.js';
import { readMessages } from './guide-messages.js';
import { readGuide } from './guide-rows.js';
import type { Typing } from './inline.js';
import { conformanceJson, conformancePage, coverage } from './page.js';
import { readReview } from './review.js';
import { judge, type Judgement } from './verdict.js';

const required = 97;

function typingOf({ dictionary }: Artifacts): Typing {
  const description = describe(dictionary, 'hl7v2', {});
  return (field) => {
    const [name = ''] = field.split(/[-.]/);
    const context = field.includes('-')
      ? ({ kind: 'segment', segment: name } as const)
      : ({ kind: 'datatype', datatype: name } as const);
    const path = description.path(field, context);
    return isRefusal(path) ? undefined : path.datatype;
  };
}

function codesOf({ codeMaps }: Artifacts): (map: string) => ReadonlySet<string> {
  return (name) =>
    new Set((codeMaps.get(name.replace(/@.*/, ''))?.targets() ?? []).flatMap(({ code, system }) => [code, system]));
}

function run(guide: string): Judgement {
  const artifacts = loadArtifacts();
  return judge(readGuide(guide), {
    ir: loadCompiled('hl7v2').ir,
    review: readReview(join(shippedPackages, 'hl7v2', 'conformance')),
    typing: typingOf(artifacts),
    isPrimitive: (datatype) => (artifacts.dictionary.types[datatype] ?? '') === '',
    codes: codesOf(artifacts),
  });
}

function report(judgement: Judgement, guide: string): void {
  const folder = join(packageRoot, 'docs/generated');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'conformance-hl7v2.md'), conformancePage(judgement, 'hl7v2'));
  writeFileSync(join(folder, 'conformance-hl7v2.json'), conformanceJson(judgement, readMessages(guide), 'hl7v2'));
  for (const entry of judgement.stale) console.error(`conformance/ says what no row needs: ${entry}`);
  const covered = (['segment', 'datatype'] as const).map((layer) => {
    const per = coverage(judgement.rows.filter(({ row }) => row.layer === layer));
    console.log(`${layer} rows covered: ${per.toFixed(1)} %`);
    return per;
  });
  if (judgement.stale.length > 0 || covered.some((per) => per < required)) process.exitCode = 1;
}

const [guide] = process.argv.slice(2);
if (guide === undefined) {
  console.error(
    'Usage: npm run conformance -- FOLDER (which holds mappings/messages, mappings/segments and mappings/datatypes)',
  );
  process.exitCode = 2;
} else report(run(guide), guide);
