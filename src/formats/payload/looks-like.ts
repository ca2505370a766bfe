// Names what a payload looks like from its first bytes, for the sentence "it is not JSON; it looks like HL7 v2".

const signatures: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF document'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['\x1f\x8b', 'gzip'],
  ['{\\rtf', 'an RTF document'],
  ['{', 'JSON'],
  ['[', 'JSON'],
  ['<', 'XML or HTML'],
];

const hl7 = /^(?:MSH|FHS|BHS)[^\w\s]/;
const lineWithDelimiters = /^[^\r\n]*[,;\t|][^\r\n]*(?:[\r\n]|$)/;

/** The first bytes as Latin-1 text, without a byte order mark and white space. */
function beginning(bytes: Buffer): string {
  return bytes
    .toString('latin1', 0, 1024)
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .trimStart();
}

/** One of a fixed list of names; never a piece of the payload. */
export function looksLike(bytes: Buffer): string {
  const text = beginning(bytes);
  if (hl7.test(text)) return 'HL7 v2';
  const signature = signatures.find(([start]) => text.startsWith(start));
  if (signature) return signature[1];
  return lineWithDelimiters.test(text) ? 'delimited text' : 'plain text';
}
