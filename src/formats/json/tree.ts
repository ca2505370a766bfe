// JSON text to nodes, over bytes, without recursion: depth costs memory, never the stack.
import { issue, type Issue } from '../../model/issue.js';
import { refusal, success, type Result } from '../../model/result.js';
import type { Position } from '../../model/issue.js';
import type { TextPayload } from '../payload/text-payload.js';
import * as is from './characters.js';
import { addMember, memberOf, pointerOf, type JsonKind, type JsonNode } from './node.js';
import { endOfNumber, endOfString, stringText, type Stop } from './scalar.js';

export interface JsonTree {
  readonly payload: TextPayload;
  readonly root: JsonNode;
  /** The populated leaves in source order: not null, not the empty string. */
  readonly leaves: readonly JsonNode[];
}

const words: Readonly<Record<string, JsonKind>> = { true: 'boolean', false: 'boolean', null: 'null' };

const letterF = 0x66;

const isStop = (found: unknown): found is Stop => typeof found === 'object' && found !== null && 'reason' in found;

/** One reading of one text. Every method that can fail answers a Stop. */
class Reader {
  readonly payload: TextPayload;
  readonly bytes: Buffer;
  readonly limit: number;
  readonly leaves: JsonNode[] = [];
  readonly issues: Issue[] = [];
  at: number;
  depth = 0;
  tooDeep = false;
  /** The innermost open container. */
  open: JsonNode | undefined;
  /** The name read for the next member. */
  name = '';

  constructor(payload: TextPayload, limit: number) {
    this.payload = payload;
    this.bytes = payload.bytes;
    this.at = payload.from;
    this.limit = limit;
  }

  read(): JsonNode | Stop {
    const root = this.value();
    if (isStop(root)) return root;
    while (this.open) {
      const stop = this.step(this.open);
      if (stop) return stop;
    }
    this.skipSpace();
    return this.at === this.bytes.length ? root : this.stop('text follows the value');
  }

  /** The next member, item or close of the innermost container. */
  private step(container: JsonNode): Stop | undefined {
    this.skipSpace();
    const close = container.kind === 'object' ? is.closeObject : is.closeArray;
    if (this.bytes[this.at] === close) return this.close(container);
    const stop = this.separator(container) ?? (container.kind === 'object' ? this.memberName() : undefined);
    if (stop) return stop;
    const value = this.value();
    return isStop(value) ? value : undefined;
  }

  /** The comma before every entry but the first; a comma before a close is found by `value` and `memberName`. */
  private separator(container: JsonNode): Stop | undefined {
    if ((container.items ?? container.members)?.length === 0) return undefined;
    if (this.bytes[this.at] !== is.comma) return this.stop('a comma or a closing bracket is missing');
    this.at++;
    this.skipSpace();
    return undefined;
  }

  private memberName(): Stop | undefined {
    if (this.bytes[this.at] !== is.quote) return this.stop('a member name in quotes is missing');
    const end = endOfString(this.bytes, this.at);
    if (isStop(end)) return end;
    this.name = stringText(this.payload, this.at, end);
    this.at = end;
    this.skipSpace();
    if (this.bytes[this.at] !== is.colon) return this.stop('a colon is missing');
    this.at++;
    return undefined;
  }

  private value(): JsonNode | Stop {
    this.skipSpace();
    const byte = this.bytes[this.at];
    if (byte === is.openObject) return this.container('object');
    if (byte === is.openArray) return this.container('array');
    if (byte === is.quote) return this.leaf('string', endOfString(this.bytes, this.at));
    if (byte === is.minus || is.isDigit(byte)) return this.leaf('number', endOfNumber(this.bytes, this.at));
    return this.literal();
  }

  private literal(): JsonNode | Stop {
    const end = this.at + (this.bytes[this.at] === letterF ? 5 : 4);
    const kind = words[this.bytes.toString('latin1', this.at, end)];
    return kind ? this.leaf(kind, end) : this.stop('a value is missing');
  }

  private leaf(kind: JsonKind, end: number | Stop): JsonNode | Stop {
    if (isStop(end)) return end;
    const node = this.node(kind, end);
    if (kind !== 'null' && !(kind === 'string' && end - this.at === 2)) {
      this.leaves.push(node);
      node.lastLeaf++;
    }
    this.at = end;
    return node;
  }

  private container(kind: 'object' | 'array'): JsonNode | Stop {
    if (this.depth === this.limit) return this.deep();
    this.open = this.node(kind, this.at);
    this.depth++;
    this.at++;
    return this.open;
  }

  private node(kind: JsonKind, end: number): JsonNode {
    const node: JsonNode = {
      kind,
      start: this.at,
      end,
      parent: this.open,
      key: this.open?.items ? this.open.items.length : this.name,
      firstLeaf: this.leaves.length,
      lastLeaf: this.leaves.length,
      members: kind === 'object' ? [] : undefined,
      byName: undefined,
      items: kind === 'array' ? [] : undefined,
    };
    this.attach(node);
    return node;
  }

  private close(container: JsonNode): undefined {
    this.at++;
    container.end = this.at;
    container.lastLeaf = this.leaves.length;
    this.open = container.parent;
    this.depth--;
  }

  private attach(node: JsonNode): void {
    const { open } = this;
    open?.items?.push(node);
    if (!open?.members) return;
    if (memberOf(open, this.name) === undefined) addMember(open, node);
    else this.issues.push(issue('json.duplicate-key', {}, { position: this.positionOf(node) }));
  }

  private positionOf(node: JsonNode): Position {
    return positionIn(this.payload, pointerOf(node), node.start);
  }

  private deep(): Stop {
    this.tooDeep = true;
    return { at: this.at, reason: 'too deep' };
  }

  private skipSpace(): void {
    while (is.isSpace(this.bytes[this.at])) this.at++;
  }

  private stop(reason: string): Stop {
    const cut = this.at >= this.bytes.length;
    return { at: this.at, reason: cut ? `the text ends inside ${this.whatIsOpen()}` : reason };
  }

  private whatIsOpen(): string {
    return this.open?.kind === 'array' ? 'an array' : this.open ? 'an object' : 'a value';
  }
}

/** A position by pointer and, where the payload has one, byte offset. */
export function positionIn(payload: TextPayload, path: string, at: number): Position {
  const offset = payload.offsetOf(at);
  return offset === undefined ? { path } : { path, offset };
}

/**
 * Parses a JSON text (RFC 8259) no deeper than `depth` containers. Refuses with `json.syntax` or `json.depth`, located
 * at the byte where reading stopped and the innermost container there; a member name that comes twice is
 * `json.duplicate-key`, with the first value used.
 */
export function parseJson(payload: TextPayload, depth: number): Result<JsonTree> {
  const reader = new Reader(payload, depth);
  const root = reader.read();
  if (!isStop(root)) return success({ payload, root, leaves: reader.leaves }, reader.issues);
  const position = positionIn(payload, reader.open ? pointerOf(reader.open) : '', root.at);
  const found = reader.tooDeep
    ? issue('json.depth', { limit: depth }, { position })
    : issue('json.syntax', { reason: root.reason }, { position });
  return refusal(...reader.issues, found);
}
