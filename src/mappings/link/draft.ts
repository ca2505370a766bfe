// A resource under construction, with its lineage.
import type { MutableObject, MutableValue } from '../../model/json.js';
import { Decimal } from '../../model/json.js';
import type { LeafCounts, LeafLineage } from '../../model/lineage.js';
import type { IdentityKey, MappedResource, PendingReference } from '../../model/mapped.js';
import type { SourceMessage } from '../../model/source.js';
import type { KeyedItems } from './keyed-items.js';
import { placesOf, type Holder, type Leaf, type Via } from './leaf.js';

/** Where a resource is made from; several of one type from one place are told apart by their order. */
export interface DraftPlace {
  readonly start: number;
  readonly ordinal: number;
}

export class Draft implements MappedResource {
  readonly type: string;
  readonly content: MutableObject = {};
  readonly references: PendingReference[] = [];
  /** Some value of the source was written: the resource exists. */
  sourced = false;
  /** How many leaves are noted. */
  leaves = 0;
  private fixed = 0;
  private assumed = 0;
  /** Items that runs of several modules address by the same key (`join`). */
  keyed: KeyedItems | undefined;
  private readonly message: SourceMessage;
  private readonly place: DraftPlace | undefined;
  private key: IdentityKey | undefined;
  private lastLeaf: Leaf | undefined;
  private targets: Set<MappedResource> | undefined;

  /** @param from what names it: the place it is made from, until a business key is found, or that key. */
  constructor(type: string, from: DraftPlace | IdentityKey, message: SourceMessage) {
    this.type = type;
    this.message = message;
    this.place = 'start' in from ? from : undefined;
    this.key = 'start' in from ? undefined : from;
  }

  /** What names it; its place alone is put in words when it is asked for: most come to have a better name. */
  get identity(): IdentityKey {
    return (this.key ??= {
      scope: 'message',
      authority: '',
      key: `${this.place?.start ?? 0}.${this.place?.ordinal ?? 0}`,
    });
  }

  /** Nothing but its place names it so far. */
  get isNameless(): boolean {
    return this.key === undefined || this.key.scope === 'message';
  }

  get hasBusinessKey(): boolean {
    return this.key?.scope === 'business';
  }

  get counts(): LeafCounts {
    const { leaves, fixed, assumed } = this;
    return { sourced: leaves - fixed - assumed, fixed, assumed };
  }

  /** Takes a name. */
  name(key: IdentityKey): void {
    this.key = key;
  }

  /** Notes a leaf that was written. */
  note(leaf: Leaf, holder: Holder, key: string | number, via: Via): void {
    leaf.holder = holder;
    leaf.key = key;
    leaf.via = via;
    leaf.before = this.lastLeaf;
    this.lastLeaf = leaf;
    this.leaves += 1;
    const { conversion } = leaf;
    if (conversion === undefined) return;
    if (conversion.kind === 'fixed') this.fixed += 1;
    else if (conversion.kind === 'assumed') this.assumed += 1;
  }

  /** Adds a Reference that waits for its target's id. */
  refer(holder: MutableObject, target: Draft): void {
    this.references.push({ holder, target });
    this.targets?.add(target);
  }

  refersTo(target: Draft): boolean {
    this.targets ??= new Set(this.references.map((reference) => reference.target));
    return this.targets.has(target);
  }

  lineage(): LeafLineage[] {
    const paths = new Map<object, string>();
    index(this.content, '', paths);
    return inOrder(this.lastLeaf).flatMap((leaf) => this.render(leaf, paths) ?? []);
  }

  /** Undefined for a leaf whose holder did not come to stand in the resource. */
  private render(leaf: Leaf, paths: ReadonlyMap<object | undefined, string>): LeafLineage | undefined {
    const holder = paths.get(leaf.holder);
    if (holder === undefined) return undefined;
    const element = typeof leaf.key === 'number' ? `${holder}[${leaf.key}]` : join(holder, leaf.key);
    const { rule, conversion } = leaf;
    const via = namesOf(leaf.via);
    const from = placesOf(leaf).map((place) => this.message.positionOf(place));
    return {
      element,
      from,
      rule: rule.name,
      version: rule.version,
      ...(via.length === 0 ? {} : { via }),
      ...(conversion === undefined ? {} : { conversions: [conversion] }),
    };
  }
}

function inOrder(last: Leaf | undefined): Leaf[] {
  const leaves: Leaf[] = [];
  for (let leaf = last; leaf !== undefined; leaf = leaf.before) leaves.push(leaf);
  return leaves.reverse();
}

/** Outermost first, as a reader follows it. */
function namesOf(via: Via | undefined): string[] {
  const names: string[] = [];
  for (let each = via; each !== undefined; each = each.outer)
    if (each.rule !== undefined) names.unshift(each.rule.name);
  return names;
}

const join = (holder: string, key: string): string => (holder === '' ? key : `${holder}.${key}`);

/** The path of every object and array below `value`. */
function index(value: MutableValue, path: string, paths: Map<object, string>): void {
  if (value === null || typeof value !== 'object' || value instanceof Decimal) return;
  paths.set(value, path);
  if (Array.isArray(value)) value.forEach((item, at) => index(item, `${path}[${at}]`, paths));
  else for (const key of Object.keys(value)) index(value[key] as MutableValue, join(path, key), paths);
}
