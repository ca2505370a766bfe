// base64Binary (http://hl7.org/fhir/R4/datatypes.html#base64Binary; RFC 4648 section 4), in one pass: the published
// regular expression takes exponential time on a long value that fails at its end.

const isDigit = (code: number): boolean =>
  (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 43 || code === 47;

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** Whole groups of four, white space anywhere, at most two `=` and only at the end. */
export function isBase64(text: string): boolean {
  let digits = 0;
  let padding = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 61) padding += 1;
    else if (isSpace(code)) continue;
    else if (!isDigit(code) || padding > 0) return false;
    else digits += 1;
  }
  return digits > 0 && padding <= 2 && (digits + padding) % 4 === 0;
}
