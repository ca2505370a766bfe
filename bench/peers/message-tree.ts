// A parsed message as a plain JSON tree: what users of a JSON transformation language prepare before they transform. Made
// by splitting the text, without this project's reader, so that both sides can be compared.

/** A repetition: `c4` is the text of component 4 (of its first subcomponent), `c4_2` that of 4.2; `text` is the whole. */
export type Repetition = Readonly<Record<string, string>>;

/** `f3` is field 3: a repetition, or a list of them. Empty fields are left out. */
export type SegmentTree = Readonly<Record<string, Repetition | readonly Repetition[]>>;

export interface NamedSegment {
  readonly name: string;
  readonly tree: SegmentTree;
}

/** Divides a message with the usual delimiters `|^~\&`. */
export const segmentTrees = (text: string): NamedSegment[] =>
  text
    .split('\r')
    .filter((line) => line !== '')
    .map((line) => ({ name: line.slice(0, 3), tree: segmentTree(line) }));

function segmentTree(line: string): SegmentTree {
  const isHeader = line.startsWith('MSH');
  const fields = line.split('|').slice(1);
  const tree: Record<string, Repetition | readonly Repetition[]> = {};
  fields.forEach((field, index) => {
    const number = index + (isHeader ? 2 : 1);
    if (isEmpty(field)) return;
    const repetitions = isHeader && number === 2 ? [{ text: field, c1: field }] : field.split('~').map(repetition);
    tree[`f${number}`] = repetitions.length === 1 ? (repetitions[0] ?? {}) : repetitions;
  });
  return tree;
}

/** What is to be deleted (`""`) is not there either. */
const isAbsent = (text: string): boolean => text === '' || text === '""';
const isEmpty = (field: string): boolean => isAbsent(field) || /^[~^&]*$/.test(field);

function repetition(text: string): Repetition {
  const parts: Record<string, string> = { text: unescape(text) };
  text.split('^').forEach((component, c) => {
    component.split('&').forEach((subcomponent, s) => {
      if (!isAbsent(subcomponent)) parts[s === 0 ? `c${c + 1}` : `c${c + 1}_${s + 1}`] = unescape(subcomponent);
    });
  });
  return parts;
}

const escapes: Readonly<Record<string, string>> = { F: '|', S: '^', T: '&', R: '~', E: '\\', '.br': '\n' };
const unescape = (text: string): string =>
  text.includes('\\') ? text.replace(/\\([FSTRE]|\.br)\\/g, (_, sequence: string) => escapes[sequence] ?? '') : text;

type Member = SegmentTree | GroupTree;
export interface GroupTree {
  readonly [name: string]: Member | readonly Member[] | undefined;
}

/** What opens the groups of ORU_R01 (HL7 v2.8.2 ch. 7.3.1), as far as the sample goes. */
const opening: Readonly<Record<string, readonly string[]>> = {
  ORDER_OBSERVATION: ['ORC', 'OBR'],
  OBSERVATION: ['OBX'],
  SPECIMEN: ['SPM'],
};

/** The tree of an ORU_R01 with one patient: `PID`, `PV1`, and `ORDER_OBSERVATION` with its `OBSERVATION`s and `SPECIMEN`s. */
export function oruTree(text: string): GroupTree {
  const root: Record<string, unknown> = {};
  let order: Record<string, unknown> = root;
  let inner: Record<string, unknown> = root;
  for (const { name, tree } of segmentTrees(text)) {
    if (opens('ORDER_OBSERVATION', name) && (order === root || name === 'ORC' || order['OBR'] !== undefined))
      inner = order = append(root, 'ORDER_OBSERVATION', {});
    else if (opens('OBSERVATION', name)) inner = append(order, 'OBSERVATION', {});
    else if (opens('SPECIMEN', name)) inner = append(order, 'SPECIMEN', {});
    append(inner, name, tree);
  }
  return root as GroupTree;
}

const opens = (group: string, segment: string): boolean => opening[group]?.includes(segment) === true;

/** A member that comes once is no list: JSONata takes one for a list of one. */
function append<T>(owner: Record<string, unknown>, name: string, value: T): T {
  const before = owner[name];
  if (before === undefined) owner[name] = value;
  else if (Array.isArray(before)) before.push(value);
  else owner[name] = [before, value];
  return value;
}
