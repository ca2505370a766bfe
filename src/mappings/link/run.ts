// The state of mapping one message: drafts of resources, issues, and what waits until every instance is known.
import type { Feed } from '../../model/feed.js';
import { issue, type Issue } from '../../model/issue.js';
import type { IssueCode } from '../../model/issues.js';
import type { MutableObject, MutableValue } from '../../model/json.js';
import type { ElementDelete, UnmappedCode } from '../../model/mapped.js';
import type { Place, SourceMessage } from '../../model/source.js';
import type { ConvertContext } from '../convert/converter.js';
import type { Draft } from './draft.js';
import type { KeyedItems } from './keyed-items.js';
import type { Leaf, RuleReference, Via } from './leaf.js';

/** What is given to a module that takes nothing. */
export const noParameters: readonly string[] = [];

/** One run of a module: the element it writes, its parameters, the items its rules share by key. */
export class Frame implements Via {
  readonly draft: Draft;
  readonly element: MutableObject;
  readonly parameters: readonly string[];
  readonly rule: RuleReference | undefined;
  readonly outer: Via | undefined;
  /** Items that rules of this run address by key. */
  keyed: KeyedItems | undefined;
  /** Nothing stood in the element when the run began, and nothing else writes it meanwhile. */
  isOwn: boolean;
  /** Some value of the source was written. */
  sourced = false;
  /** What a module with a primitive target wrote. */
  primitive: { readonly value: MutableValue; readonly leaf: Leaf } | undefined;

  /** @param rule the one that runs the module, within what `outer` runs. */
  constructor(
    draft: Draft,
    element: MutableObject,
    parameters: readonly string[],
    rule: RuleReference | undefined,
    outer: Via | undefined,
  ) {
    this.draft = draft;
    this.rule = rule;
    this.outer = outer;
    this.element = element;
    this.isOwn = element !== draft.content || draft.leaves === 0;
    this.parameters = parameters;
  }
}

/** Instances of one `each` repetition; inner scopes see their parents'. */
export class Scope {
  readonly slots: (Draft | undefined)[];
  readonly parent: Scope | undefined;
  constructor(size: number, parent: Scope | undefined) {
    this.slots = new Array<Draft | undefined>(size).fill(undefined);
    this.parent = parent;
  }
}

/** A delete asked for of a resource that may yet come to nothing. */
export interface PendingDelete extends Omit<ElementDelete, 'position'> {
  readonly resource: Draft;
  readonly place: Place;
}

/** A resource that a value gave. */
export interface Known {
  readonly draft: Draft;
  readonly place: Place;
}

/** What is done when every instance is known. */
export interface Deferred {
  run(): void;
}

/** The authority a key belongs to. */
export interface NamedAuthority {
  readonly authority: string;
  readonly assumedAuthority?: true;
}

export class Run {
  readonly message: SourceMessage;
  readonly feed: Feed;
  readonly convert: ConvertContext;
  readonly issues: Issue[] = [];
  readonly unmapped: UnmappedCode[] = [];
  readonly drafts: Draft[] = [];
  readonly deletes: PendingDelete[] = [];
  /** References, written once it is known which instances came to be. */
  readonly deferred: Deferred[] = [];
  /** Resources that equal bytes gave before, by module; then by arguments and bytes. */
  readonly #known = new Map<object, Map<string, Known>>();
  /** Whom an HD or EI names, by its place: every result of an order asks for the order's. */
  readonly authorities = { HD: new Map<Place, NamedAuthority>(), EI: new Map<Place, NamedAuthority>() };
  private readonly said = new Set<string>();
  /** The types of the resources begun at each place, by where it starts. */
  private readonly made = new Map<number, string[]>();

  constructor(message: SourceMessage, feed: Feed) {
    this.message = message;
    this.feed = feed;
    this.convert = { zone: feed.zone, format: message.format, dateTimes: new Map() };
  }

  /** The resources that the values of a message gave by a module's program, by what they were made of. */
  knownOf(program: object): Map<string, Known> {
    let known = this.#known.get(program);
    if (known === undefined) this.#known.set(program, (known = new Map<string, Known>()));
    return known;
  }

  /** How many resources of the type were begun at the place before. */
  ordinal(type: string, place: Place): number {
    const made = this.made.get(place.start);
    if (made === undefined) {
      this.made.set(place.start, [type]);
      return 0;
    }
    let before = 0;
    for (const each of made) if (each === type) before += 1;
    made.push(type);
    return before;
  }

  report(
    code: IssueCode,
    place: Place,
    rule: RuleReference,
    args: Readonly<Record<string, string | number>> = {},
  ): void {
    this.issues.push(issue(code, args, { position: this.message.positionOf(place), rule: rule.name }));
  }

  /** For what would be said of most values of a message: once is enough, lineage tells each. */
  reportOnce(
    code: IssueCode,
    place: Place,
    rule: RuleReference,
    args: Readonly<Record<string, string | number>> = {},
  ): void {
    if (this.said.has(code)) return;
    this.said.add(code);
    this.report(code, place, rule, args);
  }
}
