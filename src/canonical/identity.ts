// Gives every mapped resource its id, makes one resource of instances that are the same thing, and resolves references.
import type { Feed } from '../model/feed.js';
import { issue, type Issue, type Position } from '../model/issue.js';
import type { JsonObject } from '../model/json.js';
import type { LeafCounts, LeafLineage } from '../model/lineage.js';
import type { MappedMessage, MappedResource } from '../model/mapped.js';
import { groupBy } from './groups.js';
import { messageId } from './ids.js';
import { leafCounts, leavesIn } from './leaf-counts.js';
import { fillReferences, idOf, referencesOf } from './references.js';
import { settledIds } from './settled-ids.js';
import { isUnder, unite } from './unite.js';

export interface IdentityContext {
  readonly feed: Feed;
  /** SHA-256 of the payload, lower-case hex. */
  readonly payloadDigest: string;
  /** Position of the message in its payload, from 0. */
  readonly messageIndex: number;
}

export interface IdentifiedResource {
  readonly type: string;
  readonly id: string;
  /** References stand as `Type/id`; `resourceType` and `id` are not in it. */
  readonly content: JsonObject;
  /** The lineage of every leaf, of all instances that became this resource. */
  readonly lineage: () => LeafLineage[];
  /** Of the leaves that stand in the content. */
  readonly counts: LeafCounts;
}

export interface Identified {
  /** The id of the message itself. */
  readonly message: string;
  /** In the order in which the mapping first wrote each. */
  readonly resources: readonly IdentifiedResource[];
  readonly issues: readonly Issue[];
  /** Elements that the source asks to delete (HL7's explicit null). */
  readonly deletes: readonly IdentifiedDelete[];
}

export interface IdentifiedDelete {
  readonly type: string;
  readonly id: string;
  readonly element: string;
  readonly rule: string;
  /** Where the null stands. */
  readonly position: Position;
}

/**
 * Identifies the resources of one message. Ids: see ids.ts. Instances with one id are merged when their type is an
 * entity (entities.ts), are one when they say the same, and otherwise get ids of their own by ordinal. The holders of
 * pending references are filled in place; one whose target another message brings gets the id of its business key. Issues: `identity.conflict` for each element on which merged instances differ,
 * `identity.no-authority` and `identity.message-scoped` once for each type concerned. Throws a GatewayError (`fault`)
 * when a reference's target is neither among the resources nor named by a business key.
 */
export function identify(mapped: MappedMessage, context: IdentityContext): Identified {
  const feed = context.feed.name;
  const message = messageId(feed, context.payloadDigest, context.messageIndex);
  const ids = settledIds(mapped.resources, { feed, message });
  const references = referencesOf(ids);
  for (const resource of mapped.resources) fillReferences(resource, (target) => idOf(references, target));
  // An id tells the type: the name that it is made from begins with it.
  const resources: IdentifiedResource[] = [];
  const issues = identityIssues(mapped.resources);
  for (const [id, instances] of groupBy(mapped.resources, (resource) => idOf(ids, resource))) {
    const { resource, issues: conflicts } = united(instances, id);
    resources.push(resource);
    issues.push(...conflicts);
  }
  return {
    message,
    resources,
    issues,
    deletes: mapped.deletes.map(({ resource, element, rule, position }) => {
      return { type: resource.type, id: idOf(ids, resource), element, rule, position };
    }),
  };
}

interface United {
  readonly resource: IdentifiedResource;
  readonly issues: readonly Issue[];
}

function united(instances: readonly MappedResource[], id: string): United {
  const [first, ...others] = instances as [MappedResource, ...MappedResource[]];
  const { type, content, counts } = first;
  const alone: United = { resource: { type, id, content, lineage: () => first.lineage(), counts }, issues: [] };
  return others.reduce(joined, alone);
}

function joined({ resource, issues }: United, other: MappedResource): United {
  const { content, conflicts, relocate } = unite(resource.type, resource.content, other.content);
  const lineage = () => [...resource.lineage(), ...relocate(other.lineage())];
  return {
    resource: {
      type: resource.type,
      id: resource.id,
      content,
      lineage,
      counts: unitedCounts(resource, content, lineage),
    },
    issues: [...issues, ...conflicts.map((element) => conflict(other, element))],
  };
}

/** Most second accounts say nothing new: lineage is rendered for those alone that do. */
const unitedCounts = (
  { content, counts }: IdentifiedResource,
  united: JsonObject,
  lineage: () => readonly LeafLineage[],
): LeafCounts => (united === content || leavesIn(united) === leavesIn(content) ? counts : leafCounts(lineage()));

// The position is where the account that was passed over came from.
function conflict(loser: MappedResource, element: string): Issue {
  const leaf = loser.lineage().find((candidate) => isUnder(candidate.element, element));
  const position = leaf?.from[0];
  return issue(
    'identity.conflict',
    { type: loser.type, element },
    { expression: `${loser.type}.${element}`, ...(position && { position }), ...(leaf && { rule: leaf.rule }) },
  );
}

/** Types that have no life of their own outside their message: nobody asks for their business identifier. */
const ofTheMessage: ReadonlySet<string> = new Set(['Bundle', 'MessageHeader', 'Provenance']);

function identityIssues(resources: readonly MappedResource[]): Issue[] {
  const assumed = new Set<string>();
  const nameless = new Set<string>();
  for (const { type, identity } of resources) {
    if (identity.assumedAuthority === true) assumed.add(type);
    if (identity.scope === 'message' && !ofTheMessage.has(type)) nameless.add(type);
  }
  return [
    ...[...assumed].map((type) => issue('identity.no-authority', { type })),
    ...[...nameless].map((type) => issue('identity.message-scoped', { type })),
  ];
}
