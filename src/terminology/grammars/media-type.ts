// BCP 13, media types (http://hl7.org/fhir/R4/valueset-mimetypes.html): names by RFC 6838 section 4.2, parameters by RFC 2045
// section 5.1, and FHIR's own short names of its formats (http://hl7.org/fhir/R4/http.html#mime-type).
import { grammarConcept, type Grammar } from './grammar.js';

const name = '[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}';
const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const parameter = `${token}=(?:${token}|"(?:[^"\\\\]|\\\\.)*")`;
const mediaType = new RegExp(`^${name}/${name}(?:\\s*;\\s*${parameter})*$`);

const formats: ReadonlySet<string> = new Set(['xml', 'json', 'ttl']);

export const isMediaType = (text: string): boolean =>
  formats.has(text) || (text.length <= longest && mediaType.test(text));

const longest = 500;

/** The type, and its parameters with their names folded (RFC 2045: names are not case sensitive, values are). */
function partsOf(code: string): { readonly type: string; readonly parameters: ReadonlySet<string> } {
  const [type = '', ...rest] = code.split(/\s*;\s*/);
  const folded = rest.map((each) => each.replace(/^[^=]*/, (key) => key.toLowerCase()));
  return { type: type.toLowerCase(), parameters: new Set(folded) };
}

/** Is a type with all its parameters the other one, with further parameters perhaps? */
function isBelow(code: string, ancestor: string): boolean {
  const [own, above] = [partsOf(code), partsOf(ancestor)];
  return own.type === above.type && [...above.parameters].every((each) => own.parameters.has(each));
}

export const mediaTypeGrammar = (): Grammar => ({
  url: 'urn:ietf:bcp:13',
  name: 'MimeTypes',
  title: 'Media types (BCP 13)',
  properties: [],
  base: () => undefined,
  find: (code) =>
    isMediaType(code)
      ? grammarConcept({ code, display: code, isA: (ancestor) => isBelow(code, ancestor.code) })
      : undefined,
});
