// The account as tables in Markdown: by source and kind, and the largest lines.
import { code, table } from '../../docs/markdown.js';
import { kinds } from './account.js';
import { standings } from './missed.js';
import type { MissedLine, SourceAccount, SurplusLine } from './summary.js';

/** What is surplus and missed in each source, by what asked for it; with `top`, the largest lines of each. */
export function report(accounts: readonly SourceAccount[], top: number): string {
  const largest = top === 0 ? [] : accounts.flatMap((account) => largestLines(account, top));
  const blocks = [surplusTable(accounts), sharedText(accounts), precisionTable(accounts), missedTable(accounts)];
  return `${[...blocks, ...largest].join('\n\n')}\n`;
}

const surplusTable = (accounts: readonly SourceAccount[]): string =>
  table(
    ['source', 'surplus', ...kinds],
    accounts.map(({ source, surplus, byKind }) => [
      source,
      String(surplus),
      ...kinds.map((kind) => share(byKind[kind], surplus)),
    ]),
  );

function sharedText(accounts: readonly SourceAccount[]): string {
  const [surplus, shared, mixed] = (['surplus', 'shared', 'mixed'] as const).map((key) =>
    accounts.reduce((total, each) => total + each[key], 0),
  ) as [number, number, number];
  return `${Math.round(shared)} of ${surplus} surplus facts (${percent(shared, surplus)}) stand where several rules wrote the same value at the same path of a message and not all of it is surplus: they are laid to those rules in proportion. For ${Math.round(mixed)} of them the rules are of several kinds.`;
}

/** Precision as it is scored, and if only what neither design, FHIR nor a row asks for were surplus. */
const precisionTable = (accounts: readonly SourceAccount[]): string =>
  table(
    ['source', 'cases', 'precision', 'if only otherwise and beyond counted', 'asked for of all we write'],
    accounts.map((account) => {
      const { source, cases, found, surplus } = account;
      const asked = surplus - unasked(account);
      return [
        source,
        String(cases),
        ratio(found, found + surplus),
        ratio(found, found + unasked(account)),
        ratio(found + asked, found + surplus),
      ];
    }),
  );

const unasked = ({ byKind }: SourceAccount): number =>
  byKind['a row of the guide, otherwise'] + byKind['beyond the guide'];

const missedTable = (accounts: readonly SourceAccount[]): string =>
  table(
    ['source', 'missed', ...standings, 'of all, in resources without a counterpart'],
    accounts.map(({ source, missed, byStanding, missedLines }) => {
      const unpaired = missedLines.reduce((total, line) => total + line.unpaired, 0);
      const parts = standings.map((standing) => share(byStanding[standing], missed));
      return [source, String(missed), ...parts, share(unpaired, missed)];
    }),
  );

const largestLines = ({ source, lines, missedLines }: SourceAccount, top: number): string[] => [
  `## ${source}: surplus`,
  table(['surplus', 'path', 'kind', 'rule', 'row, or reason'], lines.slice(0, top).map(surplusCells)),
  `## ${source}: missed`,
  table(
    ['missed', 'without a counterpart', 'path', 'the guide has', 'row'],
    missedLines.slice(0, top).map(missedCells),
  ),
];

const surplusCells = ({ count, path, kind, rule, row, reason }: SurplusLine): string[] => [
  String(Math.round(count)),
  code(path),
  kind,
  code(rule),
  [row === '' ? '' : code(row), reason].filter((text) => text !== '').join(' '),
];

const missedCells = ({ count, unpaired, path, standing, row }: MissedLine): string[] => [
  String(count),
  String(unpaired),
  code(path),
  standing,
  code(row),
];

const ratio = (part: number, all: number): string => (all === 0 ? '1.000' : (part / all).toFixed(3));

const percent = (part: number, all: number): string => `${all === 0 ? 0 : Math.round((100 * part) / all)} %`;

const share = (part: number, all: number): string => `${Math.round(part)} (${percent(part, all)})`;
