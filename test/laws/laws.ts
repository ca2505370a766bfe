// The laws that hold for every payload whatever: what they say, and which of them an input breaks.
import { sha256Hex } from '../../src/canonical/digest.js';
import { printJson } from '../../src/canonical/json.js';
import type { Hl7v2Dictionary } from '../../src/formats/hl7v2/dictionary.js';
import type { Envelope } from '../../src/model/envelope.js';
import type { Issue, Position } from '../../src/model/issue.js';
import type { JsonObject } from '../../src/model/json.js';
import type { LeafLineage } from '../../src/model/lineage.js';
import type { Gateway } from '../../src/pipeline/gateway.js';
import type { Outcome } from '../../src/pipeline/outcome.js';
import type { Input } from './inputs.js';
import { isWithin, leafPaths } from './leaves.js';
import { accountsOf, messagesOf, type Accounts } from './reading.js';
import { canary } from './text.js';

export interface Subject {
  readonly gateway: Gateway;
  readonly dictionary: Hl7v2Dictionary;
}

export interface Examination {
  readonly outcomes: readonly Outcome[];
  /** One sentence for each breach; empty when all laws hold. */
  readonly breaches: readonly string[];
}

export const envelopeOf = ({ bytes, feed }: Pick<Input, 'bytes' | 'feed'>): Envelope => ({
  bytes,
  digest: sha256Hex(bytes),
  feed,
  receivedAt: '2026-01-01T00:00:00.000Z',
});

/** Holds an input against every law. */
export function examine(input: Pick<Input, 'bytes' | 'feed'>, subject: Subject): Examination {
  try {
    return examined(envelopeOf(input), subject);
  } catch (error) {
    return {
      outcomes: [],
      breaches: [`the core threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`],
    };
  }
}

function examined(envelope: Envelope, { gateway, dictionary }: Subject): Examination {
  const { outcomes, issues } = gateway.normalize(envelope);
  const release = gateway.release(envelope.feed);
  const breaches = [
    ...answered(outcomes),
    ...sameAgain(outcomes, gateway.normalize({ ...envelope, bytes: Uint8Array.from(envelope.bytes) }).outcomes),
    ...leaks(issues, ''),
    ...outcomes.flatMap(({ report }) => leaks(report.issues, report.messageType)),
    ...outcomes.flatMap(traced),
    ...outcomes.flatMap(counted),
  ];
  const messages = [...messagesOf(envelope, release, dictionary)];
  messages.forEach((message, index) => {
    const outcome = outcomes[index];
    if (!message.ok || outcome === undefined) return;
    breaches.push(...accounted(outcome, accountsOf(message.value, release)));
  });
  return { outcomes, breaches: [...new Set(breaches)] };
}

/** These tell the names of columns. */
const ofHeaders: ReadonlySet<string> = new Set(['csv.header-drift', 'csv.header-duplicate']);

/**
 * Issues carry no content. What stands where a message names its type, or a file its columns, is taken for such a name
 * if it looks like one.
 */
const leaks = (issues: readonly Issue[], messageType: string): string[] =>
  issues
    .filter(({ code }) => !ofHeaders.has(code))
    .filter(({ text }) => text.replaceAll(messageType === '' ? '\0' : messageType, '').includes(canary))
    .map(({ code }) => `an issue tells content: ${code}`);

/** Every payload is answered: by a Bundle, or by an issue that says why there is none. */
function answered(outcomes: readonly Outcome[]): string[] {
  if (outcomes.length === 0) return ['the payload is not answered'];
  const silent = outcomes.filter(({ bundle, report }) => bundle === undefined && report.issues.length === 0);
  return silent.map(({ index }) => `message ${index + 1} has neither Bundle nor issue`);
}

/** The same bytes on the same release give the same bytes. */
function sameAgain(first: readonly Outcome[], second: readonly Outcome[]): string[] {
  if (first.length !== second.length) return ['the same bytes gave another number of messages'];
  return first.flatMap((outcome, index) => {
    const again = second[index];
    const same = again !== undefined && outcome.digest === again.digest && printed(outcome) === printed(again);
    return same ? [] : [`message ${index + 1} gave other bytes the second time`];
  });
}

const printed = ({ bundle, draft, report, disposition }: Outcome): string =>
  printJson({ bundle, draft, report: report as unknown as JsonObject, disposition });

/** Every leaf has lineage, and lineage speaks of leaves that exist. */
function traced(outcome: Outcome): string[] {
  const bundle = outcome.bundle ?? outcome.draft;
  if (bundle === undefined) return [];
  const lineage = new Map(
    outcome.lineage().map(({ type, id, leaves }) => [type === 'Bundle' ? type : `${type}/${id}`, leaves]),
  );
  const resources = ((bundle['entry'] ?? []) as readonly { readonly resource: JsonObject }[]).map(
    ({ resource }) => resource,
  );
  // The last one is the gateway's own account of the message.
  const mapped = resources.slice(0, -1);
  return [
    ...mapped.flatMap((resource) => {
      const { resourceType, id, meta, ...content } = resource;
      const { source, ...ownMeta } = (meta ?? {}) as JsonObject;
      return compared(
        resourceType as string,
        leafPaths({ ...content, meta: ownMeta }),
        lineage.get(`${resourceType as string}/${id as string}`),
      );
    }),
    ...frame(bundle, lineage.get('Bundle')),
  ];
}

/** The report counts the leaves that have lineage, each by where it came from. */
function counted({ report, lineage }: Outcome): string[] {
  const counts = { sourced: 0, fixed: 0, assumed: 0 };
  for (const { leaves } of lineage()) {
    const told = new Map<string, LeafLineage>();
    for (const leaf of leaves) if (!told.has(leaf.element)) told.set(leaf.element, leaf);
    for (const { conversions = [] } of told.values()) {
      const invented = (['fixed', 'assumed'] as const).find((origin) =>
        conversions.some(({ kind }) => kind === origin),
      );
      counts[invented ?? 'sourced'] += 1;
    }
  }
  return (['sourced', 'fixed', 'assumed'] as const)
    .filter((origin) => report.counts[origin] !== counts[origin])
    .map((origin) => `${report.counts[origin]} leaves are counted as ${origin}, ${counts[origin]} have lineage`);
}

/** What a mapping wrote into the Bundle itself. */
function frame(bundle: JsonObject, lineage: readonly LeafLineage[] | undefined): string[] {
  const { resourceType, id, type, entry, ...own } = bundle;
  const typed = lineage?.some(({ element }) => element === 'type') === true ? { type } : {};
  return compared('Bundle', leafPaths({ ...own, ...typed }), lineage ?? []);
}

function compared(type: string, leaves: readonly string[], lineage: readonly LeafLineage[] | undefined): string[] {
  if (lineage === undefined) return [`a ${type} has no lineage`];
  const traced = new Set(lineage.map(({ element }) => element));
  const written = new Set(leaves);
  const rules = (element: string) => lineage.find((leaf) => leaf.element === element)?.rule ?? '';
  return [
    ...leaves.filter((leaf) => !traced.has(leaf)).map((leaf) => `${type}.${leaf} has no lineage`),
    ...[...traced]
      .filter((leaf) => !written.has(leaf))
      .map((leaf) => `lineage of ${type}.${leaf}, which is not there (${rules(leaf)})`),
    ...lineage
      .filter(isUnexplained)
      .map(({ element, rule }) => `${type}.${element} names neither source nor constant (${rule})`),
  ];
}

/** A reference is the id of another resource, whose own leaves name their sources. */
const isUnexplained = ({ element, from, conversions }: LeafLineage): boolean =>
  from.length === 0 &&
  !element.endsWith('reference') &&
  conversions?.some(({ kind }) => kind === 'fixed' || kind === 'assumed') !== true;

/** Every populated value is mapped, ignored with a reason, or residual; none is two of these. */
function accounted({ report, lineage }: Outcome, { values, marked }: Accounts): string[] {
  const residual = new Set(report.residuals.map(({ position }) => placeOf(position)));
  const places = lineage().flatMap(({ leaves }) => leaves.flatMap(({ from }) => from));
  const sources = new Set(places.map(placeOf));
  const paths = new Set(values.map(({ position }) => position.path));
  const known = new Set(values.map(({ position }) => placeOf(position)));
  const lost = values.filter(({ position }) => !residual.has(placeOf(position)) && !covers(marked, position.path));
  return [
    ...lost.map(({ path }) => `${path} is neither used, ignored nor residual`),
    ...[...residual].filter((place) => !known.has(place)).map((place) => `${place} is residual but not in the source`),
    ...[...residual].filter((place) => sources.has(place)).map((place) => `${place} stands in lineage and is residual`),
    ...places
      .filter(({ path }) => !holdsAny(paths, path))
      .map(({ path }) => `lineage names ${path}, which the source does not have`),
  ];
}

/** A member that comes twice in a JSON object has one path and two offsets. */
const placeOf = ({ path, offset }: Position): string => `${path} @${offset ?? ''}`;

const covers = (places: ReadonlySet<string>, path: string): boolean =>
  places.has(path) || [...places].some((place) => isWithin(path, place));

/** MSH-1 and MSH-2 are declarations rather than values, but may be read. */
const holdsAny = (paths: ReadonlySet<string>, place: string): boolean =>
  paths.has(place) || /^MSH(\[\d+\])?-[12]$/.test(place) || [...paths].some((path) => isWithin(path, place));
