// One message from its source form to a stamped Bundle: map, identify, validate, decide, stamp. Pure and synchronous: the
// same bytes on the same release give the same bytes (DESIGN section 1).
import { bundle as bundleOf } from '../canonical/bundle.js';
import { identify, type Identified, type IdentifiedResource } from '../canonical/identity.js';
import { messageId, sourceUri } from '../canonical/ids.js';
import { allLeaves } from '../canonical/leaf-counts.js';
import { resourceOf } from '../canonical/resource.js';
import { stamp } from '../canonical/stamp.js';
import type { Envelope } from '../model/envelope.js';
import { atLeast, issue, type Issue } from '../model/issue.js';
import type { LeafLineage } from '../model/lineage.js';
import type { MappedMessage } from '../model/mapped.js';
import type { Result } from '../model/result.js';
import type { SourceMessage } from '../model/source.js';
import { decide, isPublished, type Decision } from './disposition.js';
import { locate } from './locate.js';
import { messageTime } from './message-time.js';
import type { Outcome, Report, ResourceLineage } from './outcome.js';
import type { ClaimedResource } from './profiles/claims.js';
import type { Release } from './release.js';

interface Context {
  readonly envelope: Envelope;
  readonly index: number;
  readonly release: Release;
}

const nothing: MappedMessage = {
  resources: [],
  issues: [],
  residuals: [],
  unmapped: [],
  deletes: [],
};

/**
 * Normalizes the message at position `index` of a payload. Always answers: a message that cannot be read or mapped gives
 * an outcome without a bundle, whose report says why.
 */
export function normalizeMessage(source: Result<SourceMessage>, context: Context): Outcome {
  if (!source.ok) return refused(undefined, source.issues, nothing, context);
  const { value: message } = source;
  const read = [...source.issues, ...message.issues];
  const result = context.release.program.map(message, context.release.feed);
  if (!result.ok)
    return refused(
      message,
      unique([...read, ...result.issues]),
      { ...nothing, residuals: message.residuals() },
      context,
    );
  const identified = identify(result.value, {
    feed: context.release.feed,
    payloadDigest: context.envelope.digest,
    messageIndex: context.index,
  });
  return conclude(
    message,
    unique([...read, ...result.issues, ...result.value.issues]),
    result.value,
    identified,
    context,
  );
}

/** @param message undefined where it could not be read. */
function originOf(
  message: SourceMessage | undefined,
  { envelope, release: { feed, terms } }: Context,
  id: string,
): Outcome['origin'] {
  return {
    messageId: id,
    feed: feed.name,
    sources: terms.sources(message?.messageType ?? ''),
    at: message === undefined ? envelope.receivedAt : messageTime(message, feed, envelope.receivedAt),
  };
}

/** A reader may say the same of the payload and of its message: once is enough. */
const unique = (issues: readonly Issue[]): Issue[] => [...new Set(issues)];

function conclude(
  message: SourceMessage,
  found: readonly Issue[],
  mapped: MappedMessage,
  identified: Identified,
  context: Context,
): Outcome {
  const { release, envelope, index } = context;
  const id = identified.message;
  const { resources: settled, issues: told } = release.codings(release.canonicalUnits(identified.resources));
  const resources: IdentifiedResource[] = [];
  const wrong: Issue[] = [];
  for (const each of settled) {
    const { resource, issues } = validated(each, release);
    resources.push(resource);
    for (const one of issues) wrong.push(one);
  }
  const { feed, pins, base } = release;
  const stamps = { feed, envelope, pins, base, messageId: id, source: sourceUri(feed.name, id) };
  const empty = identified.resources.every(({ type }) => type === 'Bundle');
  const issues = [
    ...found,
    ...identified.issues,
    ...told,
    ...wrong,
    ...broken(identified.resources, release),
    ...lossIssues(mapped, release),
    ...(empty ? [issue('map.nothing-written')] : []),
  ];
  const decision = decide(issues);
  const { bundle, digest } = stamp(bundleOf(resources, stamps), stamps);
  return {
    messageId: id,
    index,
    disposition: decision.disposition,
    report: report(message.messageType, issues, mapped, { resources, deletes: identified.deletes }, decision),
    unmapped: mapped.unmapped,
    lineage: () => resources.map(renderedWhenAsked),
    pins,
    origin: originOf(message, context, id),
    terms: release.terms,
    ...(isPublished(decision.disposition) && !empty ? { bundle, digest } : { draft: bundle }),
  };
}

/** Most of what a message says is known: nobody asks for the lineage of that. */
function renderedWhenAsked({ type, id, lineage }: IdentifiedResource): ResourceLineage {
  let leaves: readonly LeafLineage[] | undefined;
  return {
    type,
    id,
    get leaves() {
      return (leaves ??= lineage());
    },
  };
}

/**
 * The Bundle itself is validated with its entries' own rules only; its frame is the gateway's. What is no good FHIR conforms
 * to no profile, which need not be said as well.
 */
function validated(resource: IdentifiedResource, { validate, terms }: Release): ClaimedResource {
  if (resource.type === 'Bundle') return { resource, issues: [] };
  const issues = validate(resourceOf(resource.type, resource.id, resource.content));
  if (issues.length === 0) return terms.claims.claimed(resource);
  const located = locate(issues, resource);
  if (issues.some(({ severity }) => atLeast(severity, 'error'))) return { resource, issues: located };
  const claimed = terms.claims.claimed(resource);
  return { ...claimed, issues: [...located, ...claimed.issues] };
}

/** What the contracts say of the resources together, as they were sent; each issue located in its own. */
function broken(resources: readonly IdentifiedResource[], { contract }: Release): Issue[] {
  const issues: Issue[] = [];
  for (const { at, issue: found } of contract(resources)) issues.push(...locate([found], resources[at]!));
  return issues;
}

function lossIssues({ residuals }: MappedMessage, { feed }: Release): Issue[] {
  const count = residuals.length;
  if (count === 0) return [];
  const over = feed.lossBudget !== undefined && count > feed.lossBudget;
  return [
    issue('map.residual', { count }),
    ...(over ? [issue('feed.loss-budget', { count, budget: feed.lossBudget ?? 0 })] : []),
  ];
}

function report(
  messageType: string,
  issues: readonly Issue[],
  { residuals }: MappedMessage,
  { resources, deletes }: Pick<Identified, 'resources' | 'deletes'>,
  { decidedBy }: Decision,
): Report {
  return {
    messageType,
    issues,
    residuals,
    deletes,
    counts: { resources: resources.length, ...allLeaves(resources), residual: residuals.length },
    ...(decidedBy && { decidedBy: decidedBy.code }),
  };
}

function refused(
  message: SourceMessage | undefined,
  issues: readonly Issue[],
  mapped: MappedMessage,
  context: Context,
): Outcome {
  const { envelope, index, release } = context;
  const id = messageId(release.feed.name, envelope.digest, index);
  const decision = decide(issues);
  return {
    messageId: id,
    index,
    disposition: isPublished(decision.disposition) ? 'reject' : decision.disposition,
    report: report(message?.messageType ?? '', issues, mapped, { resources: [], deletes: [] }, decision),
    unmapped: mapped.unmapped,
    lineage: () => [],
    pins: release.pins,
    origin: originOf(message, context, id),
    terms: release.terms,
  };
}
