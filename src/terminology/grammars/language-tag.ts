// BCP 47, language tags (http://hl7.org/fhir/R4/valueset-all-languages.html): the syntax of RFC 5646 section 2.1 over the
// subtags that IANA has registered, each written as it is registered: `en-US`, `zh-Hant`.
import type { Concept } from '../code-systems/code-system.js';
import type { PropertyElement, ValueSetResource } from '../resources.js';
import { grammarConcept, type Grammar } from './grammar.js';

export type SubtagType = 'language' | 'extlang' | 'script' | 'region' | 'variant';

export interface RegisteredSubtag {
  /** Names, the first one the usual one. */
  readonly descriptions: readonly string[];
  readonly isDeprecated: boolean;
  /** What to write instead. */
  readonly preferred?: string;
}

/** The IANA Language Subtag Registry. */
export interface SubtagRegistry {
  /** @param subtag in the case it is registered in. */
  subtag(type: SubtagType, subtag: string): RegisteredSubtag | undefined;
  /** A whole tag that is registered as such: `i-klingon`. */
  tag(tag: string): RegisteredSubtag | undefined;
}

type PartType = SubtagType | 'extension' | 'private-use';

interface Part {
  readonly type: PartType;
  readonly text: string;
  readonly registered?: RegisteredSubtag;
}

/** What may follow the language, in the order of RFC 5646 section 2.1; so many of each (section 2.2.2: one extlang). */
const steps: readonly { readonly type: PartType; readonly pattern: RegExp; readonly many: number }[] = [
  { type: 'extlang', pattern: /^[a-z]{3}$/, many: 1 },
  { type: 'script', pattern: /^[A-Z][a-z]{3}$/, many: 1 },
  { type: 'region', pattern: /^(?:[A-Z]{2}|\d{3})$/, many: 1 },
  { type: 'variant', pattern: /^(?:[a-z0-9]{5,8}|\d[a-z0-9]{3})$/, many: 10 },
];

const isExtensionPart = (text: string): boolean => /^[A-Za-z0-9]{2,8}$/.test(text);
const isPrivatePart = (text: string): boolean => /^[A-Za-z0-9]{1,8}$/.test(text);

/** No honest tag is longer (RFC 5646 section 4.4.1 asks for 35 characters at least). */
const longest = 100;

/** The tag in parts; undefined: it is none. */
function partsOf(tag: string, registry: SubtagRegistry): readonly Part[] | undefined {
  if (tag.length > longest) return undefined;
  const [language = '', ...rest] = tag.split('-');
  if (language === 'x') return privateUse(rest);
  const first = registry.subtag('language', language);
  if (first === undefined) return undefined;
  const parts: Part[] = [{ type: 'language', text: language, registered: first }];
  for (const { type, pattern, many } of steps)
    for (let count = 0; count < many && rest[0] !== undefined && pattern.test(rest[0]); count += 1) {
      const registered = registry.subtag(type as SubtagType, rest[0]);
      if (registered === undefined) return undefined;
      parts.push({ type, text: rest.shift()!, registered });
    }
  const extensions = extensionsOf(rest);
  return extensions && [...parts, ...extensions];
}

/** What follows the registered subtags: extensions by their singletons, then what is agreed in private. */
function extensionsOf(rest: readonly string[]): readonly Part[] | undefined {
  const [singleton, ...others] = rest;
  if (singleton === undefined) return [];
  if (singleton === 'x') return privateUse(others);
  if (!/^[0-9a-wy-z]$/.test(singleton)) return undefined;
  const end = others.findIndex((each) => !isExtensionPart(each));
  const own = end < 0 ? others : others.slice(0, end);
  if (own.length === 0) return undefined;
  const following = extensionsOf(others.slice(own.length));
  return following && [{ type: 'extension', text: [singleton, ...own].join('-') }, ...following];
}

const privateUse = (rest: readonly string[]): readonly Part[] | undefined =>
  rest.length > 0 && rest.every(isPrivatePart) ? [{ type: 'private-use', text: rest.join('-') }] : undefined;

const labels: Readonly<Record<PartType, string>> = {
  language: 'Language',
  extlang: 'Extended language',
  script: 'Script',
  region: 'Region',
  variant: 'Variant',
  extension: 'Extension',
  'private-use': 'Private use',
};

const nameOf = ({ text, registered }: Part): string => registered?.descriptions[0] ?? text;

/** `English (Region=United States)` */
function labelled([first, ...rest]: readonly Part[]): string {
  const details = rest.map((part) => `${labels[part.type]}=${nameOf(part)}`);
  const name = first === undefined ? '' : nameOf(first);
  return details.length === 0 ? name : `${name} (${details.join(', ')})`;
}

/** `English (United States)`, and the other names of a language. */
function otherNames(parts: readonly Part[]): readonly string[] {
  const [first, ...rest] = parts;
  const plain = `${first === undefined ? '' : nameOf(first)} (${rest.map(nameOf).join(', ')})`;
  return rest.length === 0 ? (first?.registered?.descriptions.slice(1) ?? []) : [plain];
}

function propertiesOf(parts: readonly Part[]): readonly PropertyElement[] {
  const isDeprecated = parts.some(({ registered }) => registered?.isDeprecated === true);
  return [
    ...parts.map(({ type, text }) => ({ code: type, valueCode: text })),
    ...(isDeprecated ? [{ code: 'status', valueCode: 'deprecated' }] : []),
  ];
}

/** RFC 4647 section 3.3.1: the range `en` takes `en` and `en-US`. */
const isBelow = (tag: string, range: string): boolean => tag === range || tag.startsWith(`${range}-`);

const tagConcept = (code: string, parts: readonly Part[]): Concept =>
  grammarConcept({
    code,
    display: labelled(parts),
    designations: otherNames(parts).map((value) => ({ language: 'en', value })),
    properties: propertiesOf(parts),
    isA: (ancestor) => isBelow(code, ancestor.code),
  });

export interface LanguageTagSources {
  registry(): SubtagRegistry;
  /** The list of languages in use. */
  common(): ValueSetResource | undefined;
}

export function languageTagGrammar(sources: LanguageTagSources): Grammar {
  const find = (code: string): Concept | undefined => {
    const registered = sources.registry().tag(code);
    const parts =
      registered === undefined
        ? partsOf(code, sources.registry())
        : [{ type: 'language' as const, text: code, registered }];
    return parts && tagConcept(code, parts);
  };
  return {
    url: 'urn:ietf:bcp:47',
    name: 'Languages',
    title: 'Tags for the identification of languages (BCP 47)',
    language: 'en',
    properties: Object.entries(labels).map(([code, description]) => ({ code, description, type: 'code' })),
    base: () => sources.common(),
    find,
  };
}
