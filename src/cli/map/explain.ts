// concord map explain: where each value of a message went, and where each value of its resources came from.
import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { loadGateway } from '../../adapters/composition.js';
import { envelop } from '../../adapters/intake.js';
import { isUnder } from '../../canonical/unite.js';
import type { LeafLineage } from '../../model/lineage.js';
import type { Outcome } from '../../pipeline/outcome.js';

interface Options {
  readonly feed: string;
  readonly element?: string;
  readonly source?: string;
  readonly rules?: true;
  readonly site?: string;
}

export const explainCommand = (): Command =>
  new Command('explain')
    .summary('tell where values came from and went')
    .description(
      'Normalizes a file and tells, for each element, the source places, the rule and the conversions; then the source\n' +
        'values that no rule used. Values themselves are not shown.',
    )
    .argument('<file>', 'a payload of the feed')
    .requiredOption('--feed <name>', 'the feed it comes from')
    .option('--element <path>', 'only what is under this element, such as Patient.name or Observation')
    .option('--source <path>', 'only what came from this place or below, such as PID-5 or /Patient')
    .option('--rules', 'also the rules that led to each element')
    .option('--site <folder>', 'a folder with feeds and mapping packages of your own')
    .action((file: string, options: Options) => {
      const envelope = envelop(readFileSync(file), {
        feed: options.feed,
        receivedAt: new Date(0).toISOString(),
        name: basename(file),
      });
      for (const outcome of loadGateway({ site: options.site }).normalizeEach(envelope).outcomes)
        process.stdout.write(explanation(outcome, options));
    });

function explanation(outcome: Outcome, options: Options): string {
  const { index, disposition, report } = outcome;
  const head = `message ${index + 1}: ${report.messageType || 'unknown'}, ${disposition}\n`;
  const resources = outcome.lineage().map(({ type, id, leaves }) => {
    const lines = leaves.filter((leaf) => isAsked(type, leaf, options)).map((leaf) => leafLine(leaf, options));
    return lines.length === 0 ? '' : `${type}/${id}\n${aligned(lines)}`;
  });
  return [head, ...resources, residualText(outcome, options)].join('');
}

function isAsked(type: string, { element, from }: LeafLineage, { element: wanted, source }: Options): boolean {
  const path = `${type}.${element}`;
  const asked = wanted === undefined || isUnder(path, wanted) || isUnder(withoutIndexes(path), wanted);
  return asked && (source === undefined || from.some((position) => isBelow(position.path, source)));
}

const withoutIndexes = (path: string): string => path.replace(/\[\d+\]/g, '');

/** Below it by the separators of any format: `PID-5[1].2`, `/Patient/Name`, `row 17, column VALUE`. */
const isBelow = (path: string, source: string): boolean =>
  path.startsWith(source) && !/^[\w]/.test(path.slice(source.length));

type Line = readonly [element: string, from: string, by: string];

function leafLine({ element, from, rule, via = [], conversions = [] }: LeafLineage, { rules }: Options): Line {
  const places = from.map(({ path }) => path).join(' + ') || 'constant';
  const by = rules === true ? [...via, rule].join(' > ') : rule;
  const converted = conversions.map(
    (conversion) => ` ${conversion.kind} ${conversion.by}${because(conversion.because)}`,
  );
  return [element, places, by + converted.join(',')];
}

const because = (reason: string | undefined): string => (reason === undefined ? '' : ` (${reason})`);

function aligned(lines: readonly Line[]): string {
  const width = (column: 0 | 1) => Math.min(48, Math.max(...lines.map((line) => line[column].length)));
  const [elements, places] = [width(0), width(1)];
  return lines
    .map(([element, from, by]) => `  ${element.padEnd(elements)}  <- ${from.padEnd(places)}  ${by}\n`)
    .join('');
}

function residualText({ report }: Outcome, { element, source }: Options): string {
  if (element !== undefined) return '';
  const paths = report.residuals.map(({ position }) => position.path);
  const asked = paths.filter((path) => source === undefined || isBelow(path, source));
  return asked.length === 0 ? '' : `not used\n${asked.map((path) => `  ${path}\n`).join('')}`;
}
