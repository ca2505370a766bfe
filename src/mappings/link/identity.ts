// A module's identity candidates: what gives a resource its key.
import type { Feed } from '../../model/feed.js';
import type { IdentityKey } from '../../model/mapped.js';
import type { Place, SourceContext, SourcePath } from '../../model/source.js';
import { isRefusal } from '../../model/source.js';
import { authorityUriOf } from '../functions/authority-uri.js';
import type { IrCandidate } from '../language/ir.js';
import { linkCondition } from './condition.js';
import { link, type Identity, type Linking } from './environment.js';
import type { NamedAuthority, Run } from './run.js';
import type { Test } from './step.js';

export function linkIdentity(linking: Linking): Identity {
  return new Candidates(linking.module.identity.flatMap((candidate) => linkCandidate(linking, candidate) ?? []));
}

/** The first candidate that gives a key. */
class Candidates implements Identity {
  readonly #candidates: readonly Candidate[];

  constructor(candidates: readonly Candidate[]) {
    this.#candidates = candidates;
  }

  of(run: Run, at: Place): IdentityKey | undefined {
    for (const candidate of this.#candidates) {
      const key = candidate.key(run, at);
      if (key !== undefined) return key;
    }
    return undefined;
  }
}

interface Candidate {
  key(run: Run, at: Place): IdentityKey | undefined;
}

function linkCandidate(linking: Linking, candidate: IrCandidate): Candidate | undefined {
  if (candidate.scope === 'business') return new BusinessCandidate(linking, candidate);
  return candidate.scope === 'content' ? { key: () => ({ scope: 'content', authority: '', key: '' }) } : undefined;
}

/** A key that an authority gave. */
class BusinessCandidate implements Candidate {
  readonly #when: Test | undefined;
  readonly #pick: SourcePath | undefined;
  readonly #where: Test | undefined;
  /** The value picked must be the only one. */
  readonly #only: boolean;
  readonly #parts: readonly KeyPart[];
  readonly #authority: Authority;

  constructor(linking: Linking, candidate: Extract<IrCandidate, { scope: 'business' }>) {
    const { pick, where, when, authority, key } = candidate;
    this.#pick = pick === undefined ? undefined : link(linking, pick);
    const { description } = linking.environment;
    const context = this.#pick === undefined ? linking.context : description.within(this.#pick, linking.context);
    this.#where = where === undefined ? undefined : linkCondition(linking, where, context);
    this.#when = when === undefined ? undefined : linkCondition(linking, when);
    this.#only = candidate.only === true;
    this.#authority = linkAuthority(linking, authority, context);
    this.#parts = key.map((text) => linkPart(linking, text, context));
  }

  key(run: Run, at: Place): IdentityKey | undefined {
    if (this.#when !== undefined && !this.#when.holds(run, at, undefined)) return undefined;
    const place = this.#pick === undefined ? at : this.#picked(run, at, this.#pick);
    if (place === undefined) return undefined;
    const key = joinKey(run, place, at, this.#parts);
    return key === undefined ? undefined : businessKey(key, this.#authority(run, place));
  }

  /** The first place that holds what the candidate asks for; none where it must be the only one and is not. */
  #picked(run: Run, at: Place, pick: SourcePath): Place | undefined {
    let found: Place | undefined;
    for (const place of pick.all(run.message, at)) {
      if (this.#where !== undefined && !this.#where.holds(run, place, undefined)) continue;
      if (!this.#only) return place;
      if (found !== undefined) return undefined;
      found = place;
    }
    return found;
  }
}

const businessKey = (key: string, { authority, assumedAuthority }: NamedAuthority): IdentityKey =>
  assumedAuthority === true
    ? { scope: 'business', key, authority, assumedAuthority }
    : { scope: 'business', key, authority };

class KeyPart {
  readonly optional: boolean;
  readonly #path: SourcePath | undefined;
  readonly #fixed: string;
  /** Its path starts from the place picked, and not from the module's. */
  readonly #inside: boolean;

  constructor(path: SourcePath | undefined, fixed: string, inside: boolean, optional: boolean) {
    this.optional = optional;
    this.#path = path;
    this.#fixed = fixed;
    this.#inside = inside;
  }

  /** The part's text from the picked place, or from the module's; undefined when absent. */
  text(run: Run, place: Place, at: Place): string | undefined {
    return this.#path === undefined ? this.#fixed : firstText(run, this.#path, this.#inside ? place : at);
  }
}

function linkPart(linking: Linking, written: string, context: SourceContext): KeyPart {
  if (written.startsWith("'")) return new KeyPart(undefined, written.slice(1, -1), false, false);
  const optional = written.endsWith('?');
  const text = optional ? written.slice(0, -1) : written;
  const inside = linking.environment.description.path(text, context);
  if (!isRefusal(inside) && !leadsAway(linking, text, context)) return new KeyPart(inside, '', true, optional);
  return new KeyPart(link(linking, text), '', false, optional);
}

/** A path from a value picked that names a segment starts where the module does: `GT1-3` is the guarantor in hand. */
const leadsAway = ({ environment, context: own }: Linking, text: string, picked: SourceContext): boolean =>
  picked.kind === 'datatype' && own.kind !== 'datatype' && !isRefusal(environment.description.path(text, own));

function firstText(run: Run, path: SourcePath, at: Place): string | undefined {
  const place = path.first(run.message, at);
  if (place === undefined || run.message.isNull(place)) return undefined;
  return run.message.text(place).trim() || undefined;
}

/** A part of a key, so that no two lists of parts join to one key. */
export const escapedKey = (text: string): string =>
  text.includes('|') || text.includes('\\') ? text.replace(/[\\|]/g, '\\$&') : text;

function joinKey(run: Run, place: Place, at: Place, parts: readonly KeyPart[]): string | undefined {
  let key = '';
  let populated = false;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    const text = part.text(run, place, at);
    if (text === undefined && !part.optional) return undefined;
    if (i > 0) key += '|';
    if (text === undefined || text === '') continue;
    key += escapedKey(text);
    populated = true;
  }
  return populated ? key : undefined;
}

type Authority = (run: Run, place: Place) => NamedAuthority;

function linkAuthority(linking: Linking, written: string, context: SourceContext): Authority {
  if (written === 'feed') return (run) => ({ authority: run.feed.authority });
  if (/^(urn|https?):/.test(written)) return () => ({ authority: written });
  const path = link(linking, written, context);
  const { datatype } = path;
  if (datatype !== 'HD' && datatype !== 'EI')
    return (run, place) => namedAuthority([firstText(run, path, place)], run.feed);
  const named = linkComponents(linking, datatype, linking.environment.description.within(path, context));
  return (run, place) => {
    const holder = path.first(run.message, place);
    return holder === undefined ? namedAuthority([], run.feed) : named(run, holder);
  };
}

/** The HD's namespace id, universal id and type; an EI holds them from its second component on (HL7 v2.5.1 ch. 2A.3.28). */
function linkComponents(linking: Linking, datatype: 'HD' | 'EI', context: SourceContext): Authority {
  const first = datatype === 'HD' ? 1 : 2;
  const components = [0, 1, 2].map((offset) => link(linking, `${datatype}.${first + offset}`, context));
  return (run, holder) => {
    const known = run.authorities[datatype].get(holder);
    if (known !== undefined) return known;
    const texts = components.map((component) => firstText(run, component, holder));
    const named = namedAuthority(texts, run.feed);
    run.authorities[datatype].set(holder, named);
    return named;
  };
}

function namedAuthority(texts: readonly (string | undefined)[], feed: Feed): NamedAuthority {
  const uri = resolveAuthority(texts, feed);
  return uri === undefined ? { authority: feed.authority, assumedAuthority: true } : { authority: uri };
}

/** The authority's URI; where only a local name is known, a name within the feed, so that two feeds' names stay apart. */
export function resolveAuthority(
  [namespace, universal, type]: readonly (string | undefined)[],
  feed: Feed,
): string | undefined {
  if (namespace === undefined && universal === undefined) return undefined;
  return (
    authorityUriOf(feed, namespace, universal ?? namespace, type) ?? `${feed.authority}#${namespace ?? universal ?? ''}`
  );
}
