// Encapsulated data as base64.
import { Refused, type MappingFunction } from './function.js';

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function fromBase64(text: string): string | Refused {
  const data = text.replace(/\s+/g, '');
  return base64.test(data) ? data : new Refused('not base64');
}

function fromHex(text: string): string | Refused {
  const digits = text.replace(/\s+/g, '');
  return /^(?:[0-9a-f]{2})*$/i.test(digits)
    ? Buffer.from(digits, 'hex').toString('base64')
    : new Refused('not hexadecimal');
}

function encoded(text: string, encoding: string): string | Refused {
  if (encoding === 'BASE64') return fromBase64(text);
  if (encoding === 'HEX') return fromHex(text);
  return Buffer.from(text, 'utf8').toString('base64');
}

export const base64Content: MappingFunction = {
  name: 'base64-content',
  version: 1,
  doc: 'Encapsulated data as base64, whatever its transfer encoding (HL7 v2.5.1 ch. 2A.24, ED.4; table 0299).',
  inputs: [
    { name: 'content', doc: 'The data (ED.5)' },
    { name: 'encoding', doc: 'A (none), Hex or Base64; none where absent', optional: true },
  ],
  output: 'base64Binary',
  examples: [
    { given: ['aGVsbG8=', 'Base64'], gives: 'aGVsbG8=' },
    { given: ['68656C6C6F', 'Hex'], gives: 'aGVsbG8=' },
    { given: ['hello', 'A'], gives: 'aGVsbG8=' },
    { given: ['aGVsbG8', 'Base64'], gives: { refused: 'not base64' }, because: 'it was cut short' },
    { given: [null, 'Base64'], gives: null },
  ],
  run: ([content, encoding]) => (content === undefined ? undefined : encoded(content, (encoding ?? 'A').toUpperCase())),
};
