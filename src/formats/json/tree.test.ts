import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextPayload } from '../payload/text-payload.js';
import type { JsonNode } from './node.js';
import { stringText } from './scalar.js';
import { parseJson } from './tree.js';

function payloadOf(text: string): TextPayload {
  const bytes = Buffer.from(text);
  return { bytes, from: 0, decode: (start, end) => bytes.toString('utf8', start, end), offsetOf: (at) => at };
}

/** The value JSON.parse would give. */
function valueOf(payload: TextPayload, node: JsonNode): unknown {
  if (node.items) return node.items.map((item) => valueOf(payload, item));
  if (node.members) return Object.fromEntries(node.members.map((value) => [value.key, valueOf(payload, value)]));
  if (node.kind === 'string') return stringText(payload, node.start, node.end);
  const text = payload.decode(node.start, node.end);
  return node.kind === 'number' ? Number(text) : { true: true, false: false, null: null }[text];
}

function parsed(text: string): { ok: boolean; value?: unknown } {
  const payload = payloadOf(text);
  const tree = parseJson(payload, 100);
  return tree.ok ? { ok: true, value: valueOf(payload, tree.value.root) } : { ok: false };
}

function oracle(text: string): { ok: boolean; value?: unknown } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}

describe('the parser', () => {
  it('reads what JSON.parse reads, whatever the spacing', () => {
    const spacing = fc.constantFrom(undefined, 1, '\t', ' \n');
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), spacing, (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(parsed(text)).toEqual(oracle(text));
      }),
    );
  });

  it('accepts and refuses what JSON.parse does', () => {
    const token = fc.constantFrom(
      ...'{}[],:"\\ \n-+.eE01u',
      'true',
      'null',
      '"a"',
      '1.5',
      '\\u00e9',
      '\ud83d\ude00',
      '-0',
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
        const text = tokens.join('');
        expect(parsed(text).ok).toBe(oracle(text).ok);
      }),
      { numRuns: 5000 },
    );
  });

  it.each(['\ud83d\ude00', '\\ud83d\\ude00', '\\"', '\\\\', '\\/', '\\u0000', 'é'])('reads the string %j', (text) => {
    expect(parsed(`"${text}"`)).toEqual(oracle(`"${text}"`));
  });
});
