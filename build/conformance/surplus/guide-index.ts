// Which rows of the guide stand behind a rule: docs/generated/conformance-PACKAGE.json read from the rules' side.
import { guideElement } from '../element-path.js';
import type { GuideMessages } from '../guide-messages.js';
import { plain } from '../spelling.js';
import { moduleOf } from './rules.js';

type JsonRow = readonly [
  row: string,
  verdict: 'implemented' | 'deviates' | 'missing',
  rulesOrReason?: readonly string[] | string,
  otherwise?: readonly string[],
];

/** docs/generated/conformance-PACKAGE.json, as far as it is read here. */
export interface GuideJson {
  readonly messages: GuideMessages;
  readonly maps: Readonly<Record<string, readonly JsonRow[]>>;
}

export interface IndexedRow {
  readonly map: string;
  /** `PID-3 identifier[1]`. */
  readonly name: string;
  /** `performer.code.coding.code`; '' for what is made of the field as a whole. */
  readonly element: string;
  readonly verdict: JsonRow[1];
  /** Those that implement it, or do it otherwise. */
  readonly rules: readonly string[];
  /** Of a deviation. */
  readonly reason?: string;
}

export interface GuideIndex {
  readonly rows: readonly IndexedRow[];
  /** Rule -> rows that it implements. */
  readonly implementing: ReadonlyMap<string, readonly IndexedRow[]>;
  /** Rule -> rows that it does otherwise, for a reason. */
  readonly deviating: ReadonlyMap<string, readonly IndexedRow[]>;
  /** Our modules that carry a table of the guide. */
  readonly carriers: ReadonlySet<string>;
  readonly messages: { readonly runs: ReadonlySet<string>; readonly references: ReadonlySet<string> };
}

export function indexGuide({ maps, messages }: GuideJson): GuideIndex {
  const implementing = new Map<string, IndexedRow[]>();
  const deviating = new Map<string, IndexedRow[]>();
  const rows = Object.entries(maps).flatMap(([map, table]) =>
    table.map((row) => {
      const indexed = indexedRow(map, row);
      for (const rule of indexed.rules.filter((each) => asks(indexed, each)))
        push(row[1] === 'implemented' ? implementing : deviating, rule, indexed);
      return indexed;
    }),
  );
  const carriers = new Set([...implementing.keys(), ...deviating.keys()].map(moduleOf));
  const { runs, references } = messages;
  return {
    rows,
    implementing,
    deviating,
    carriers,
    messages: { runs: new Set(runs), references: new Set(references) },
  };
}

function indexedRow(map: string, json: JsonRow): IndexedRow {
  const [name, verdict, reason] = json;
  const element = plain(guideElement(name.slice(name.lastIndexOf(' ') + 1)).path);
  const row = { map, name, element, verdict, rules: rulesOf(json) };
  return typeof reason === 'string' ? { ...row, reason } : row;
}

const rulesOf = ([, verdict, rules, otherwise = []]: JsonRow): readonly string[] =>
  verdict === 'implemented' && Array.isArray(rules) ? (rules as readonly string[]) : otherwise;

/** Tables such as `ID[code]` say how a primitive is written wherever it stands: no other module is asked for by them. */
const asks = ({ map, name, element }: IndexedRow, rule: string): boolean =>
  element !== '' || isOfSegment(name) || map === moduleOf(rule);

const isOfSegment = (row: string): boolean => /^\w{3}-\d/.test(row);

function push(index: Map<string, IndexedRow[]>, rule: string, row: IndexedRow): void {
  const rows = index.get(rule);
  if (rows === undefined) index.set(rule, [row]);
  else rows.push(row);
}
