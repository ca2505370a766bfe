// The bytes of an edition: magic, format version, length of the header, header as JSON, then the sections, each on a
// boundary of eight bytes. The digest is that of the sections; a file that is cut short or altered is refused.

export const magic = 'CONCTERM';
export const formatVersion = 1;

export type SectionType = 'i32' | 'u8';

export interface Section {
  readonly name: string;
  readonly type: SectionType;
  /** Bytes from the start of the sections. */
  readonly start: number;
  readonly length: number;
}

/** A property may have values of several types: then there is a column of each. */
export interface PropertyColumn {
  readonly code: string;
  /** What it means, where that is one of the standard's own (http://hl7.org/fhir/concept-properties). */
  readonly uri?: string;
  readonly type: 'code' | 'string' | 'boolean' | 'integer' | 'dateTime';
  readonly description?: string;
}

export interface EditionHeader {
  readonly url: string;
  readonly version: string;
  readonly name: string;
  readonly title: string;
  /** What made it: `snomed`, `loinc`, … */
  readonly kind: string;
  readonly language: string;
  readonly concepts: number;
  readonly languages: readonly string[];
  /** `code|display` of the uses of designations. */
  readonly uses: readonly { readonly system: string; readonly code: string; readonly display: string }[];
  readonly properties: readonly PropertyColumn[];
  readonly sections: readonly Section[];
  /** SHA-256 of the sections, hex. */
  readonly digest: string;
}

export type Sections = Readonly<Record<string, Int32Array | Uint8Array>>;
export type Stated = Omit<EditionHeader, 'sections' | 'digest'>;

const aligned = (size: number): number => (size + 7) & ~7;
const bytesOf = (array: Int32Array | Uint8Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

export interface EncodedEdition {
  readonly sections: readonly Section[];
  /** In order, padding included. */
  readonly parts: readonly Uint8Array[];
}

export function layOut(sections: Sections): EncodedEdition {
  const table: Section[] = [];
  const parts: Uint8Array[] = [];
  let start = 0;
  for (const [name, array] of Object.entries(sections)) {
    table.push({ name, type: array instanceof Int32Array ? 'i32' : 'u8', start, length: array.byteLength });
    parts.push(bytesOf(array), new Uint8Array(aligned(array.byteLength) - array.byteLength));
    start += aligned(array.byteLength);
  }
  return { sections: table, parts };
}

/** What stands before the sections. */
export function preamble(header: EditionHeader): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(aligned(16 + json.length));
  bytes.set(new TextEncoder().encode(magic));
  const view = new DataView(bytes.buffer);
  view.setUint32(8, formatVersion, true);
  view.setUint32(12, json.length, true);
  bytes.set(json, 16);
  return bytes;
}

/** Where the sections begin, by the first sixteen bytes of a file; undefined: it is no edition of this format. */
export function headerSpan(
  start: Uint8Array,
): { readonly from: number; readonly to: number; readonly sections: number } | undefined {
  if (start.length < 16 || new TextDecoder().decode(start.subarray(0, 8)) !== magic) return undefined;
  const view = new DataView(start.buffer, start.byteOffset);
  if (view.getUint32(8, true) !== formatVersion) return undefined;
  const to = 16 + view.getUint32(12, true);
  return { from: 16, to, sections: aligned(to) };
}

export const sectionsLength = ({ sections }: EditionHeader): number =>
  sections.reduce((end, { start, length }) => Math.max(end, start + aligned(length)), 0);

/** Views over the sections; nothing is copied. */
export function viewsOf({ sections }: EditionHeader, buffer: ArrayBufferLike): Sections {
  return Object.fromEntries(
    sections.map(({ name, type, start, length }) => [
      name,
      type === 'i32' ? new Int32Array(buffer, start, length / 4) : new Uint8Array(buffer, start, length),
    ]),
  );
}
