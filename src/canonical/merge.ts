// What a message says of a resource, merged into what earlier and later messages said of it. Each slot goes to the
// strongest account of it: by the owner of the element, then by how far the status has come, then by the message's own
// time. Strength is a total order, so that the outcome does not hang on the order of arrival.
import { isList, type JsonObject, type JsonValue } from '../model/json.js';
import { choiceOf, isEntity } from './entities.js';
import { equal, within } from './unite.js';

/** Who said something, and when. */
export interface Origin {
  readonly messageId: string;
  readonly feed: string;
  /** What an owner of elements can be named by: `hl7v2/ADT`, `hl7v2`. */
  readonly sources: readonly string[];
  /** The message's own time, an ISO 8601 instant in UTC. */
  readonly at: string;
  /** The resource's status in that message. */
  readonly status?: string;
}

/** What one message says of a resource. */
export interface Account {
  /** Without `resourceType` and `id`. */
  readonly content: JsonObject;
  /** Elements that it asks to delete (HL7's explicit null). */
  readonly deletes: readonly string[];
  readonly origin: Origin;
}

/**
 * Whose word each slot is: a member of the resource (a choice and a primitive's `_name` count as one with it), or
 * `whole` where the resource records an event, which one message tells as a whole. A slot without content was deleted.
 */
export type Origins = ReadonlyMap<string, Origin>;

export interface Standing {
  readonly content: JsonObject;
  readonly origins: Origins;
}

/** What contracts and the ownership table say. */
export interface MergeTerms {
  /** True when the sources own the element (`Patient`, `birthDate`), or when nobody does. */
  owns(type: string, element: string, sources: readonly string[]): boolean;
  /** How far a status has come; 0 where no contract speaks of it. */
  stage(type: string, status: string | undefined): number;
}

/** Why the one side was kept. */
export type Reason = 'owner' | 'status' | 'time' | 'delete';

/** Two messages that do not say the same of an element. Undefined: deleted. */
export interface Disagreement {
  readonly element: string;
  readonly reason: Reason;
  readonly kept: Side;
  readonly other: Side;
  /** True when the message being merged is the one that was passed over. */
  readonly refused: boolean;
}

interface Side {
  readonly origin: Origin;
  readonly value: JsonValue | undefined;
}

export interface Merge extends Standing {
  /** Slots that now hold what this message said. */
  readonly written: ReadonlySet<string>;
  readonly disagreements: readonly Disagreement[];
}

/** The slot of an event: no element of it outlives the account it stands in (an amount without its unit, say). */
export const whole = '*';

/** The slot that a member belongs to: `deceased` for `deceasedBoolean`, `birthDate` for `_birthDate`. */
export function slotOf(type: string, member: string): string {
  if (!isEntity(type)) return whole;
  const name = member.replace(/^_/, '');
  return choiceOf(type, name) ?? name;
}

/**
 * Merges an account into what stands. Nothing that is given is changed.
 *
 * - Absent is not deleted: a slot of which the account does not speak stays, unless the same message wrote it before.
 * - What nobody spoke of is filled in by anyone; a delete counts only when it comes from who owns the element.
 * - Of two that are as strong the one that is merged last stays: messages of one moment count in their order.
 */
export function merge(type: string, standing: Standing | undefined, account: Account, terms: MergeTerms): Merge {
  const merging = new Merging(type, account, terms, standing);
  for (const [slot, origin] of standing?.origins ?? []) merging.stays(slot, origin);
  for (const slot of merging.spoken) merging.speak(slot);
  return merging.answer();
}

type Members = Record<string, JsonValue | undefined>;
type Slots = ReadonlyMap<string, JsonObject>;

class Merging {
  /** What the account speaks of: a slot that it fills as well is not deleted. */
  readonly spoken: ReadonlySet<string>;
  readonly #type: string;
  readonly #origin: Origin;
  readonly #terms: MergeTerms;
  readonly #said: Slots;
  readonly #standing: Slots;
  readonly #origins = new Map<string, Origin>();
  readonly #slots = new Map<string, JsonObject>();
  readonly #written = new Set<string>();
  readonly #disagreements: Disagreement[] = [];

  constructor(type: string, { content, deletes, origin }: Account, terms: MergeTerms, standing: Standing | undefined) {
    this.#type = type;
    this.#origin = origin;
    this.#terms = terms;
    this.#said = slotsOf(type, content);
    this.#standing = slotsOf(type, standing?.content ?? {});
    const deleted = isEntity(type) ? deletes.filter((element) => !element.includes('.')) : [];
    this.spoken = new Set([...this.#said.keys(), ...deleted.map((element) => slotOf(type, element))]);
  }

  stays(slot: string, origin: Origin): void {
    if (origin.messageId === this.#origin.messageId && !this.spoken.has(slot)) return;
    this.#origins.set(slot, origin);
    const held = this.#standing.get(slot);
    if (held !== undefined) this.#slots.set(slot, held);
  }

  speak(slot: string): void {
    const mine = this.#said.get(slot);
    const held = this.#origins.get(slot);
    const owns = this.#owns(slot, this.#origin);
    if (mine === undefined && !owns) return this.#refuseDelete(slot, held);
    if (held === undefined) return this.#write(slot, mine);
    const reason = this.#stronger(slot, held);
    if (reason === undefined) this.#succeed(slot, mine, held);
    else this.#tell(slot, reason, true, mine, held);
  }

  #owns(slot: string, { sources }: Origin): boolean {
    return this.#terms.owns(this.#type, slot, sources);
  }

  /** Why what stands is stronger than the account; undefined when it is not. */
  #stronger(slot: string, held: Origin): Reason | undefined {
    const mine = this.#origin;
    const owner = Number(this.#owns(slot, mine)) - Number(this.#owns(slot, held));
    if (owner !== 0) return owner < 0 ? 'owner' : undefined;
    const stage = mine.messageId === held.messageId ? 0 : this.#stage(mine) - this.#stage(held);
    if (stage !== 0) return stage > 0 ? undefined : mine.at < held.at ? 'time' : 'status';
    return mine.at < held.at ? 'time' : undefined;
  }

  #stage({ status }: Origin): number {
    return this.#terms.stage(this.#type, status);
  }

  #succeed(slot: string, mine: JsonObject | undefined, held: Origin): void {
    const before = this.#slots.get(slot);
    if (equal(before, mine)) return void this.#origins.set(slot, confirmed(held, this.#origin));
    const reason = this.#disputed(slot, held);
    if (reason !== undefined) this.#tell(slot, reason, false, mine, held);
    this.#write(slot, mine);
  }

  /** What is replaced was never in dispute when its own kind of sender says something newer. */
  #disputed(slot: string, held: Origin): Reason | undefined {
    if (this.#owns(slot, held) !== this.#owns(slot, this.#origin)) return 'owner';
    return this.#origin.at < held.at ? 'status' : undefined;
  }

  #write(slot: string, mine: JsonObject | undefined): void {
    this.#origins.set(slot, this.#origin);
    this.#written.add(slot);
    if (mine === undefined) this.#slots.delete(slot);
    else this.#slots.set(slot, mine);
  }

  #refuseDelete(slot: string, held: Origin | undefined): void {
    if (held !== undefined && this.#slots.has(slot)) this.#tell(slot, 'delete', true, undefined, held);
  }

  #tell(slot: string, reason: Reason, refused: boolean, mine: JsonObject | undefined, held: Origin): void {
    const standing = this.#slots.get(slot);
    const [kept, other] = refused ? [standing, mine] : [mine, standing];
    const [keeper, loser] = refused ? [held, this.#origin] : [this.#origin, held];
    for (const element of contradicted(kept, other, slot)) {
      this.#disagreements.push({
        element,
        reason,
        refused,
        kept: { origin: keeper, value: kept?.[element] },
        other: { origin: loser, value: other?.[element] },
      });
    }
  }

  answer(): Merge {
    return {
      content: Object.assign({}, ...this.#slots.values()) as JsonObject,
      origins: this.#origins,
      written: this.#written,
      disagreements: this.#disagreements,
    };
  }
}

function slotsOf(type: string, content: JsonObject): Slots {
  if (!isEntity(type)) return new Map([[whole, content]]);
  const slots = new Map<string, Members>();
  for (const [member, value] of Object.entries(content)) {
    if (value === undefined) continue;
    const slot = slotOf(type, member);
    const members = slots.get(slot);
    if (members === undefined) slots.set(slot, { [member]: value });
    else members[member] = value;
  }
  return slots;
}

/** First said by the one, and again by the other, who is at least as strong. */
const confirmed = (held: Origin, { sources, at, status }: Origin): Origin => ({
  messageId: held.messageId,
  feed: held.feed,
  sources,
  at,
  ...(status !== undefined && { status }),
});

/** The members of which the other says what the kept one does not; a delete contradicts all that is there. `meta` is ours. */
function contradicted(kept: JsonObject | undefined, other: JsonObject | undefined, slot: string): string[] {
  if (other === undefined) return Object.keys(kept ?? {});
  return Object.entries(other)
    .filter(([member, value]) => member !== 'meta' && value !== undefined && !says(kept, member, value, slot))
    .map(([member]) => member);
}

/** An event leaves out what it does not know: only an element that both tell can contradict. */
function says(kept: JsonObject | undefined, member: string, value: JsonValue, slot: string): boolean {
  const ours = kept?.[member];
  return ours === undefined ? slot === whole : agrees(value, ours);
}

/** True when the one says nothing that the other does not say; of lists, item by item. */
export function agrees(value: JsonValue, ours: JsonValue): boolean {
  if (!isList(value) || !isList(ours)) return within(value, ours);
  return value.every((item) => ours.some((other) => within(item, other)));
}
