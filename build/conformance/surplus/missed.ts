// Whether the guide has a row for what we miss: one that we have, one done otherwise, one that we lack, or none.
import type { Definitions } from '../../../src/model/definitions.js';
import { plain } from '../spelling.js';
import { byTable } from '../tables.js';
import type { GuideIndex, IndexedRow } from './guide-index.js';
import { elementType } from './required.js';
import type { Rules } from './rules.js';

/** From the best to the worst for us; `no row`: the other engine's own. */
export const standings = ['a row we have', 'a row done otherwise', 'a row we lack', 'no row'] as const;
export type Standing = (typeof standings)[number];

export interface MissedRow {
  readonly standing: Standing;
  /** `PID[Patient] PID-5 name[1] > XPN[HumanName] XPN.2 given`. */
  readonly row: string;
}

export interface Asking {
  readonly guide: GuideIndex;
  readonly definitions: Definitions;
  readonly rules: Rules;
  /** `Encounter.subject`: references that our message modules write. */
  readonly referenced: ReadonlySet<string>;
}

const none: MissedRow = { standing: 'no row', row: '' };

/** The look-up for paths as the scorer prints them; kept, for most are missed many times. */
export function missedRows(asking: Asking): (path: string) => MissedRow {
  const elements = byTable(guideElements(asking.guide.rows), ({ type }) => type);
  const known = new Map<string, MissedRow>();
  return (path) => {
    let found = known.get(path);
    if (found === undefined) known.set(path, (found = missedRow(path, elements, asking)));
    return found;
  };
}

function missedRow(path: string, elements: Elements, asking: Asking): MissedRow {
  const [type = '', ...steps] = path.replace(/\([^)]*\)/g, '').split('.');
  const urls = [...path.matchAll(/\(([^)]*)\)/g)].flatMap(([, url]) => url ?? []);
  const found = bestOf(rowsFor(type, steps, urls, elements, asking));
  return asking.guide.messages.references.has(path) ? bestOf([found, messageRow(path, asking)]) : found;
}

const messageRow = (path: string, { referenced }: Asking): MissedRow => ({
  standing: referenced.has(path) ? 'a row we have' : 'a row we lack',
  row: `message table: ${path}`,
});

const rank = ({ standing }: MissedRow): number => standings.indexOf(standing);

const bestOf = (rows: readonly MissedRow[]): MissedRow =>
  rows.reduce((best, each) => (rank(each) < rank(best) ? each : best), none);

/** Rows that name the element, or one it stands in whose datatype has a row for the rest. */
function rowsFor(
  type: string,
  steps: readonly string[],
  urls: readonly string[],
  elements: Elements,
  asking: Asking,
): MissedRow[] {
  return (elements.get(type) ?? []).flatMap(({ element, row }) => {
    const asked = element === '' ? [] : element.split('.');
    if (asked.some((step, index) => step !== steps[index])) return [];
    const own = { standing: standingOf(row), row: `${row.map} ${row.name}` };
    const rest = steps.slice(asked.length);
    if (asked.includes('extension') && !writesUrl(row, urls, asking.rules)) return [];
    if (rest.length === 0) return [own];
    // A row of the whole resource says nothing of its elements.
    const below = asked.length === 0 ? '' : (elementType([type, ...asked], asking.definitions) ?? '');
    return rowsFor(below, rest, urls, elements, asking).map((inner) => ({
      standing: rank(inner) > rank(own) ? inner.standing : own.standing,
      row: `${own.row} > ${inner.row}`,
    }));
  });
}

function standingOf({ verdict }: IndexedRow): Standing {
  if (verdict === 'implemented') return 'a row we have';
  return verdict === 'deviates' ? 'a row done otherwise' : 'a row we lack';
}

/** The guide's data name an extension in a row of its own; which one it is, the rule that implements the row says. */
const writesUrl = ({ rules }: IndexedRow, urls: readonly string[], all: Rules): boolean =>
  rules.some((name) => all.get(name)?.to.some(({ url }) => url !== undefined && urls.includes(url)));

interface GuideElementOf {
  readonly type: string;
  readonly element: string;
  readonly row: IndexedRow;
}

type Elements = ReadonlyMap<string, readonly GuideElementOf[]>;

/** What each row asks for: its elements, and the resources they stand in. */
const guideElements = (rows: readonly IndexedRow[]): GuideElementOf[] =>
  rows.flatMap((row) => {
    // `HD[MessageHeader.source-name]` is a table of the backbone element MessageHeader.source.
    const target = /\[([\w.]+)/.exec(row.map)?.[1] ?? '';
    const elements = elementsIn(row.name.slice(row.name.lastIndexOf(' ') + 1), target);
    const types = new Set([target, ...elements.map(({ type }) => type)]);
    return [...[...types].map((type) => ({ type, element: '' })), ...elements].map((each) => ({ ...each, row }));
  });

/** `requester(PractitionerRole.organization(Organization.name))` asks for three elements, each of its own resource. */
export function elementsIn(cell: string, type: string): { type: string; element: string }[] {
  const text = cell.replace(/=.*/, '').replace(/\[[^\]]*\]/g, '');
  const open = text.indexOf('(');
  const outer = open < 0 ? text : text.slice(0, open);
  const element = plain(outer.replace(/^\.|\$\w+/g, ''));
  if (open < 0) return [{ type, element }];
  const inner = text.slice(open + 1, text.lastIndexOf(')'));
  const [, referred = '', rest = ''] = /^([A-Z]\w*)(?:\|[A-Z]\w*)*\.?(.*)$/.exec(inner) ?? [];
  return [{ type, element }, ...(referred === '' ? [] : elementsIn(rest, referred))];
}
