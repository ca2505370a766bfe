// What a message says, merged into what stands of each of its resources; the one place where messages that follow one
// another meet. Pure: what stands comes in as a value, and what is to stand goes out.
import { isEntity } from '../canonical/entities.js';
import { merge, slotOf, type Account, type Merge, type Standing } from '../canonical/merge.js';
import type { Issue } from '../model/issue.js';
import { isObject, type JsonObject } from '../model/json.js';
import type { LeafLineage } from '../model/lineage.js';
import { decide, isPublished } from './disposition.js';
import {
  isAgain,
  issueOf,
  mismatchKey,
  mismatchOf,
  settledBy,
  witnessOf,
  type Mismatch,
  type Witness,
} from './mismatch.js';
import type { Outcome } from './outcome.js';
import type { Claims, Merged as MergedContent } from './profiles/claims.js';

/** A resource as the messages so far left it. `content` is without `resourceType`, `id` and `meta.source`. */
export interface StandingResource extends Standing {
  /** The lineage of what stands; each slot's leaves are of the message that `origins` names for it. */
  readonly leaves: () => readonly LeafLineage[];
  /** Mismatches that nothing settled yet. */
  readonly open: readonly Mismatch[];
}

export interface ReconciledResource extends StandingResource {
  readonly type: string;
  readonly id: string;
  /** The message's own `meta.source`. */
  readonly source: string | undefined;
  /** The message wrote something, or took back what it wrote before; what it wrote may still be what stood. */
  readonly touched: boolean;
}

export interface Reconciled {
  /** With the issues that the merge found, and the disposition that they give. */
  readonly outcome: Outcome;
  /** In the order of the Bundle; empty when the message is not published. */
  readonly resources: readonly ReconciledResource[];
  readonly mismatches: readonly Mismatch[];
  readonly settled: readonly Mismatch[];
}

/** `Type/id`. */
export const resourceKey = ({ type, id }: { readonly type: string; readonly id: string }): string => `${type}/${id}`;

/**
 * Merges a message that is to be published into what stands. A contract may yet refuse it (a status that goes back, a
 * message that is too late): then nothing of it is merged, and the outcome says why.
 *
 * @param standing by `Type/id`; absent for a resource that nobody spoke of.
 */
export function reconcile(outcome: Outcome, standing: ReadonlyMap<string, StandingResource>): Reconciled {
  const lineage = new Map(outcome.lineage().map((one) => [resourceKey(one), one]));
  const merged = resourcesOf(outcome.bundle).map((told) => {
    const key = resourceKey(told);
    return mergeResource(told, outcome, { leaves: () => lineage.get(key)?.leaves ?? [], standing: standing.get(key) });
  });
  const decided = withIssues(
    outcome,
    merged.flatMap(({ issues }) => issues),
  );
  const mismatches = merged.flatMap((each) => each.mismatches);
  if (!isPublished(decided.disposition)) return refused(decided, mismatches);
  return {
    outcome: decided,
    resources: merged.map(({ resource }) => resource),
    mismatches,
    settled: merged.flatMap(({ settled }) => settled),
  };
}

/** What a message replaced, it did not replace when it is not published. */
function refused({ bundle, digest: _, ...outcome }: Outcome, mismatches: readonly Mismatch[]): Reconciled {
  return {
    outcome: { ...outcome, ...(bundle && { draft: bundle }) },
    resources: [],
    mismatches: mismatches.filter((mismatch) => mismatch.refused),
    settled: [],
  };
}

function withIssues(outcome: Outcome, found: readonly Issue[]): Outcome {
  if (found.length === 0) return outcome;
  const issues = [...outcome.report.issues, ...found];
  const { disposition, decidedBy } = decide(issues);
  return {
    ...outcome,
    disposition,
    report: { ...outcome.report, issues, ...(decidedBy && { decidedBy: decidedBy.code }) },
  };
}

interface ToldResource {
  readonly type: string;
  readonly id: string;
  readonly source: string | undefined;
  readonly content: JsonObject;
}

/** The resources of a stamped Bundle. Whose word each is, its origins tell slot by slot: `meta.source` stands apart. */
export function resourcesOf(bundle: JsonObject | undefined): ToldResource[] {
  const entries = (bundle?.['entry'] ?? []) as readonly { readonly resource: JsonObject }[];
  return entries.map(({ resource: { resourceType, id, meta, ...content } }) => {
    const { source, ...said } = isObject(meta) ? meta : {};
    return {
      type: resourceType as string,
      id: id as string,
      source: source as string | undefined,
      content: Object.keys(said).length === 0 ? content : { ...content, meta: said },
    };
  });
}

type Leaves = () => readonly LeafLineage[];

interface Known {
  readonly leaves: Leaves;
  readonly standing: StandingResource | undefined;
}

interface MergedResource {
  readonly resource: ReconciledResource;
  readonly issues: readonly Issue[];
  readonly mismatches: readonly Mismatch[];
  readonly settled: readonly Mismatch[];
}

function mergeResource(told: ToldResource, outcome: Outcome, { leaves, standing }: Known): MergedResource {
  const { type, id, source } = told;
  const { terms } = outcome;
  const account = accountOf(told, outcome);
  const merged = merge(type, standing, account, terms);
  const accounts = { type, id, mine: mineOf(outcome, told, leaves), held: witnessOf(standing?.leaves ?? nothing) };
  const { content, leaves: whole } = wholeOf(told, merged, standing, { leaves, claims: terms.claims });
  const open = standing?.open ?? [];
  const met = merged.disagreements.map((each) => mismatchOf(each, terms, accounts));
  const mismatches = open.length === 0 ? met : met.filter((each) => !open.some((known) => isAgain(each, known)));
  const settled = open.length === 0 ? [] : settledBy(open, merged, slotsSaid(type, account), account.origin);
  return {
    resource: {
      type,
      id,
      source,
      content,
      origins: merged.origins,
      touched: standing === undefined || merged.written.size > 0 || merged.origins.size < standing.origins.size,
      leaves: whole,
      open: stillOpen(open, settled, mismatches),
    },
    issues: located(merged, told, accounts.mine, outcome),
    mismatches,
    settled,
  };
}

const nothing = (): readonly LeafLineage[] => [];

/** What one message told is what was validated; what several left of a thing together is validated anew. */
function wholeOf(
  { type }: ToldResource,
  merged: Merge,
  standing: StandingResource | undefined,
  { leaves, claims }: { readonly leaves: Leaves; readonly claims: Claims },
): MergedContent {
  const whole = { type, content: merged.content, leaves: () => mergedLeaves(type, merged, leaves, standing) };
  return standing === undefined || !isEntity(type) ? whole : claims.renewed(whole);
}

/** A message that runs again tells its mismatches anew. */
function stillOpen(open: readonly Mismatch[], settled: readonly Mismatch[], told: readonly Mismatch[]): Mismatch[] {
  const anew = new Set(told.map(mismatchKey));
  return [...open.filter((each) => !settled.includes(each) && !anew.has(mismatchKey(each))), ...told];
}

function accountOf({ type, id, content }: ToldResource, { report, origin }: Outcome): Account {
  const { status } = content;
  const deletes = report.deletes.filter((each) => each.type === type && each.id === id);
  return {
    content,
    deletes: deletes.map(({ element }) => element),
    origin: typeof status === 'string' ? { ...origin, status } : origin,
  };
}

/** The slots that the message speaks of, were it to delete them. */
const slotsSaid = (type: string, { content, deletes }: Account): ReadonlySet<string> =>
  new Set([...Object.keys(content), ...deletes].map((member) => slotOf(type, member)));

/** A null has no leaf: the list of deletes says where it stands. */
function mineOf({ report }: Outcome, { type, id }: ToldResource, leaves: Leaves): Witness {
  const written = witnessOf(leaves);
  return (element) => {
    const leaf = written(element);
    if (leaf.rule !== undefined) return leaf;
    const asked = report.deletes.find((each) => each.type === type && each.id === id && each.element === element);
    return asked === undefined ? {} : { position: asked.position, rule: asked.rule };
  };
}

/** Of an event one issue for each reason: it was refused as a whole. */
function located({ disagreements }: Merge, { type }: ToldResource, mine: Witness, { terms }: Outcome): Issue[] {
  const refusals = disagreements.filter((each) => each.refused);
  const told = isEntity(type) ? refusals : refusals.filter(isFirstOfReason);
  return told.map((each) => {
    const found = issueOf(each, type, terms);
    const element = found.expression?.slice(type.length + 1) ?? each.element;
    return { ...found, ...mine(element) };
  });
}

const isFirstOfReason = (
  { reason }: { readonly reason: string },
  at: number,
  all: readonly { readonly reason: string }[],
) => all.findIndex((each) => each.reason === reason) === at;

function mergedLeaves(
  type: string,
  { written, origins }: Merge,
  leaves: Leaves,
  standing: StandingResource | undefined,
): readonly LeafLineage[] {
  if (standing === undefined) return leaves();
  const slot = ({ element }: LeafLineage): string => slotOfElement(type, element);
  const kept = standing.leaves().filter((leaf) => origins.has(slot(leaf)) && !written.has(slot(leaf)));
  return [...kept, ...leaves().filter((leaf) => written.has(slot(leaf)))];
}

/** The slot of `name[0].family`. */
export const slotOfElement = (type: string, element: string): string =>
  slotOf(type, /^[^.[]+/.exec(element)?.[0] ?? element);
