// XHTML as narratives have it, in one pass over its characters: tags with their attributes, entities; undefined when it is not
// well-formed.

export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface Markup {
  readonly tags: readonly Tag[];
  /** Names between `&` and `;`. */
  readonly entities: readonly string[];
}

const noAttributes: ReadonlyMap<string, string> = new Map();

const code = (character: string): number => character.charCodeAt(0);

const [less, greater, slash, equals, quote, apostrophe] = ['<', '>', '/', '=', '"', "'"].map(code) as [
  number,
  number,
  number,
  number,
  number,
  number,
];

const isSpace = (each: number): boolean => each === 32 || (each >= 9 && each <= 13);

const isLetter = (each: number): boolean => (each >= 65 && each <= 90) || (each >= 97 && each <= 122);

/** Letters, digits, and `-`, `.`, `:`, `_`. */
const isNameCharacter = (each: number): boolean =>
  isLetter(each) || (each >= 45 && each <= 58 && each !== slash) || each === 95;

/** What stands between angle brackets but is no tag: comments, processing instructions, CDATA. */
const asides: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<![CDATA[', ']]>'],
];

class MarkupReader {
  readonly tags: Tag[] = [];
  readonly entities: string[] = [];
  private readonly text: string;
  private readonly open: string[] = [];
  private at = 0;
  constructor(text: string) {
    this.text = text;
  }

  /** Is the text one element or several, well-formed, with nothing but space around? */
  read(): boolean {
    while (this.at < this.text.length)
      if (!this.words() || (this.at < this.text.length && !this.bracket())) return false;
    return this.open.length === 0 && this.tags.length > 0;
  }

  /** Up to the next bracket. */
  private words(): boolean {
    const next = this.text.indexOf('<', this.at);
    const end = next < 0 ? this.text.length : next;
    const between = this.text.slice(this.at, end);
    this.at = end;
    return (this.open.length > 0 || between.trim() === '') && this.readEntities(between);
  }

  private readEntities(between: string): boolean {
    if (!between.includes('&')) return true;
    for (const [, name] of between.matchAll(/&([^;\s&]*;?)/g)) {
      if (name?.endsWith(';') !== true) return false;
      this.entities.push(name.slice(0, -1));
    }
    return true;
  }

  private bracket(): boolean {
    const following = this.text.charCodeAt(this.at + 1);
    if (following === slash) return this.closing();
    return isLetter(following) ? this.opening() : this.aside();
  }

  private aside(): boolean {
    const found = asides.find(([start]) => this.text.startsWith(start, this.at));
    const end = found === undefined ? -1 : this.text.indexOf(found[1], this.at + found[0].length);
    if (found === undefined || end < 0) return false;
    this.at = end + found[1].length;
    return true;
  }

  private closing(): boolean {
    this.at += 2;
    const name = this.name();
    this.space();
    return this.take(greater) && this.open.pop() === name;
  }

  private opening(): boolean {
    this.at += 1;
    const name = this.name();
    const attributes = this.attributes();
    if (attributes === undefined) return false;
    this.tags.push({ name, attributes });
    if (!this.take(slash)) this.open.push(name);
    return this.take(greater);
  }

  /** Up to the close of the tag; undefined when one is not well-formed. */
  private attributes(): ReadonlyMap<string, string> | undefined {
    let attributes: Map<string, string> | undefined;
    while (this.space() && isNameCharacter(this.text.charCodeAt(this.at))) {
      const name = this.name();
      const value = this.value();
      if (value === undefined || !this.readEntities(value)) return undefined;
      (attributes ??= new Map()).set(name, value);
    }
    return attributes ?? noAttributes;
  }

  /** `= "…"`, which has no `<`. */
  private value(): string | undefined {
    this.space();
    if (!this.take(equals)) return undefined;
    this.space();
    const mark = this.text.charCodeAt(this.at);
    if (mark !== quote && mark !== apostrophe) return undefined;
    const start = this.at + 1;
    for (let at = start; at < this.text.length; at += 1) {
      const each = this.text.charCodeAt(at);
      if (each === less) return undefined;
      if (each !== mark) continue;
      this.at = at + 1;
      return this.text.slice(start, at);
    }
    return undefined;
  }

  private name(): string {
    const start = this.at;
    while (isNameCharacter(this.text.charCodeAt(this.at))) this.at += 1;
    return this.text.slice(start, this.at);
  }

  /** Was there space? */
  private space(): boolean {
    const start = this.at;
    while (isSpace(this.text.charCodeAt(this.at))) this.at += 1;
    return this.at > start;
  }

  private take(character: number): boolean {
    if (this.text.charCodeAt(this.at) !== character) return false;
    this.at += 1;
    return true;
  }
}

/** Reads one element with all it holds. */
export function markupOf(text: string): Markup | undefined {
  const reader = new MarkupReader(text.trim());
  return reader.read() ? reader : undefined;
}
