// Languages a client would like displays in: `displayLanguage` and Accept-Language (RFC 9110 section 12.5.4), tags by BCP 47.

export interface LanguageRange {
  /** A tag, or `*`. */
  readonly tag: string;
  /** 0 to 1; 0: not wanted. */
  readonly quality: number;
}

export interface Languages {
  /** As the client wrote it, for messages and echoes. */
  readonly text: string;
  /** Wanted ranges, best first. */
  readonly wanted: readonly LanguageRange[];
  /** `*; q=0`: no display rather than one in another language. */
  readonly strict: boolean;
}

const tagPattern = /^(?:\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)$/;

/** Undefined when the text is no list of language ranges. */
export function parseLanguages(text: string): Languages | undefined {
  const ranges = text.split(',').map(parseRange);
  if (!ranges.every((range) => range !== undefined)) return undefined;
  const wanted = ranges.filter(({ quality }) => quality > 0);
  const strict = ranges.some(({ tag, quality }) => tag === '*' && quality === 0);
  return { text, wanted: [...wanted].sort((a, b) => b.quality - a.quality), strict };
}

function parseRange(text: string): LanguageRange | undefined {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim());
  if (!tagPattern.test(tag)) return undefined;
  const quality = parameters.map((each) => /^q=([01](?:\.\d{0,3})?)$/.exec(each)?.[1]).find((q) => q !== undefined);
  if (parameters.length > 0 && quality === undefined) return undefined;
  return { tag, quality: quality === undefined ? 1 : Number(quality) };
}

/** How well a language fits a wanted tag: 3 the same, 2 a variant of it, 1 its own generic form, 0 not at all. */
export function fitOf(wanted: string, language: string | undefined): 0 | 1 | 2 | 3 {
  if (language === undefined) return 0;
  const [a, b] = [wanted.toLowerCase(), language.toLowerCase()];
  if (a === b) return 3;
  if (b.startsWith(`${a}-`)) return 2;
  return a.startsWith(`${b}-`) ? 1 : 0;
}

/** Does one of the wanted ranges, `*` aside, name this language? */
export const isWanted = ({ wanted }: Languages, language: string | undefined): boolean =>
  wanted.some(({ tag }) => tag !== '*' && fitOf(tag, language) > 0);
