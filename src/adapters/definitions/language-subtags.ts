// The IANA Language Subtag Registry, as the package language-subtag-registry brings it; loaded when first asked.
import { createRequire } from 'node:module';
import type { RegisteredSubtag, SubtagRegistry } from '../../terminology/grammars/language-tag.js';

/** RFC 5646 section 3.1.2. */
interface RegistryRecord {
  readonly Type: string;
  /** A range of private use: `qaa..qtz`. */
  readonly Subtag?: string;
  /** Of grandfathered and redundant tags. */
  readonly Tag?: string;
  readonly Description: readonly string[];
  readonly Deprecated?: string;
  readonly 'Preferred-Value'?: string;
}

interface Range {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly registered: RegisteredSubtag;
}

const require = createRequire(import.meta.url);

const registeredOf = (record: RegistryRecord): RegisteredSubtag => {
  const preferred = record['Preferred-Value'];
  return {
    descriptions: record.Description,
    isDeprecated: record.Deprecated !== undefined,
    ...(preferred !== undefined && { preferred }),
  };
};

function read(): SubtagRegistry {
  const records = require('language-subtag-registry/data/json/registry.json') as readonly RegistryRecord[];
  const subtags = new Map<string, RegisteredSubtag>();
  const tags = new Map<string, RegisteredSubtag>();
  const ranges: Range[] = [];
  for (const record of records) {
    const { Type: type, Subtag: subtag, Tag: tag } = record;
    const registered = registeredOf(record);
    const [from = '', to] = subtag?.split('..') ?? [];
    if (to !== undefined) ranges.push({ type, from, to, registered });
    else if (subtag !== undefined) subtags.set(`${type} ${subtag}`, registered);
    else if (tag !== undefined && type === 'grandfathered') tags.set(tag, registered);
  }
  const inRange = (type: string, subtag: string) =>
    ranges.find(
      (each) => each.type === type && each.from.length === subtag.length && each.from <= subtag && subtag <= each.to,
    );
  return {
    subtag: (type, subtag) => subtags.get(`${type} ${subtag}`) ?? inRange(type, subtag)?.registered,
    tag: (tag) => tags.get(tag),
  };
}

let registry: SubtagRegistry | undefined;

export const languageSubtags = (): SubtagRegistry => (registry ??= read());
