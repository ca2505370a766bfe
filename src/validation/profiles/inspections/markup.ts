// XHTML as narratives have it, in one pass: tags with their attributes, entities; undefined when it is not well-formed.

export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface Markup {
  readonly tags: readonly Tag[];
  /** Names between `&` and `;`. */
  readonly entities: readonly string[];
}

const tagPattern =
  /<(?:!--[\s\S]*?-->|\?[\s\S]*?\?>|!\[CDATA\[[\s\S]*?\]\]>|(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>)/y;

const attributePattern = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const noAttributes: ReadonlyMap<string, string> = new Map();

const attributesOf = (text: string): ReadonlyMap<string, string> => (text === '' ? noAttributes : readAttributes(text));

const readAttributes = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(attributePattern)].map(([, name = '', double, single]) => [name, double ?? single ?? '']));

function entitiesOf(text: string, into: string[]): boolean {
  if (!text.includes('&')) return true;
  for (const [, name] of text.matchAll(/&([^;\s&]*;?)/g)) {
    if (name === undefined || !name.endsWith(';')) return false;
    into.push(name.slice(0, -1));
  }
  return true;
}

/** Opens or closes an element; false when it closes another than the last opened. */
function follow(closes: string, name: string, empty: string, open: string[]): boolean {
  if (closes !== '') return open.pop() === name;
  if (empty === '') open.push(name);
  return true;
}

/** Reads one element with all it holds. */
export function markupOf(text: string): Markup | undefined {
  const tags: Tag[] = [];
  const entities: string[] = [];
  const open: string[] = [];
  const trimmed = text.trim();
  let at = 0;
  while (at < trimmed.length) {
    const next = trimmed.indexOf('<', at);
    const end = next < 0 ? trimmed.length : next;
    const between = trimmed.slice(at, end);
    if ((open.length === 0 && between.trim() !== '') || !entitiesOf(between, entities)) return undefined;
    if (next < 0) break;
    tagPattern.lastIndex = next;
    const matched = tagPattern.exec(trimmed);
    if (matched === null) return undefined;
    at = tagPattern.lastIndex;
    const [, closes = '', name, attributes = '', empty = ''] = matched;
    if (name === undefined) continue;
    if (!follow(closes, name, empty, open)) return undefined;
    if (closes === '') tags.push({ name, attributes: attributesOf(attributes) });
    if (!entitiesOf(attributes, entities)) return undefined;
  }
  return open.length === 0 && tags.length > 0 ? { tags, entities } : undefined;
}
