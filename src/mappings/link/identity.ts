// A module's identity candidates to a closure that gives a resource its key.
import type { Feed } from '../../model/feed.js';
import type { IdentityKey } from '../../model/mapped.js';
import type { Place, SourceContext, SourcePath } from '../../model/source.js';
import { isRefusal } from '../../model/source.js';
import { authorityUriOf } from '../functions/authority-uri.js';
import type { IrCandidate } from '../language/ir.js';
import { linkCondition } from './condition.js';
import { link, type Identifier, type Linking } from './environment.js';
import type { NamedAuthority, Run } from './run.js';
import type { Test } from './step.js';

export function linkIdentity(linking: Linking): Identifier {
  const candidates = linking.module.identity.map((candidate) => linkCandidate(linking, candidate));
  return (run, at) => {
    for (const candidate of candidates) {
      const key = candidate(run, at);
      if (key !== undefined) return key;
    }
    return undefined;
  };
}

function linkCandidate(linking: Linking, candidate: IrCandidate): Identifier {
  if (candidate.scope !== 'business')
    return candidate.scope === 'content' ? () => ({ scope: 'content', authority: '', key: '' }) : () => undefined;
  const pick = candidate.pick === undefined ? undefined : link(linking, candidate.pick);
  const context = pick === undefined ? linking.context : linking.environment.description.within(pick, linking.context);
  const where = candidate.where === undefined ? undefined : linkCondition(linking, candidate.where, context);
  const when = candidate.when === undefined ? undefined : linkCondition(linking, candidate.when);
  const authority = linkAuthority(linking, candidate.authority, context);
  const parts = candidate.key.map((text) => linkPart(linking, text, context));
  return (run, at) => {
    if (when !== undefined && !when.holds(run, at, undefined)) return undefined;
    const place = pick === undefined ? at : picked(run, at, pick, where, candidate.only === true);
    const key = place === undefined ? undefined : joinKey(run, place, at, parts);
    return place === undefined || key === undefined ? undefined : businessKey(key, authority(run, place));
  };
}

/** The first place that holds what the candidate asks for; none where it must be the only one and is not. */
function picked(run: Run, at: Place, pick: SourcePath, where: Test | undefined, only: boolean): Place | undefined {
  const places = pick.all(run.message, at).filter((place) => where === undefined || where.holds(run, place, undefined));
  return only && places.length > 1 ? undefined : places[0];
}

const businessKey = (key: string, { authority, assumedAuthority }: NamedAuthority): IdentityKey =>
  assumedAuthority === true
    ? { scope: 'business', key, authority, assumedAuthority }
    : { scope: 'business', key, authority };

interface KeyPart {
  /** The part's text from the picked place, or from the module's; undefined when absent. */
  text(run: Run, place: Place, at: Place): string | undefined;
  readonly optional: boolean;
}

function linkPart(linking: Linking, written: string, context: SourceContext): KeyPart {
  if (written.startsWith("'")) return { text: () => written.slice(1, -1), optional: false };
  const optional = written.endsWith('?');
  const text = optional ? written.slice(0, -1) : written;
  const inside = linking.environment.description.path(text, context);
  if (!isRefusal(inside) && !leadsAway(linking, text, context))
    return { text: (run, place) => firstText(run, inside, place), optional };
  const outside = link(linking, text);
  return { text: (run, _place, at) => firstText(run, outside, at), optional };
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
