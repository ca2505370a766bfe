// What a format gives the mapping engine: a source message whose every value has a place, and a description by which
// source paths are typed and compiled. Implemented in formats/*, used by mappings/.
import type { Issue, Position } from './issue.js';

export type SourceFormat = 'hl7v2' | 'json' | 'csv';

/**
 * A place in a source message: the message, a group, a segment, a field repetition, a component; a JSON value; a CSV
 * row or cell. Opaque outside its format; `start` is unique among the leaves of one message.
 */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** What became of a source value: read by a rule, or passed over by an `ignore` with a reason. */
export type Use = 'read' | 'ignored';

/** A populated source value that no rule read and no `ignore` explains. */
export interface Residual {
  readonly position: Position;
  /** The path without repetition numbers (`PID-13.4`, `/Patient/Notes/*`, `COST`), by which residuals are counted. */
  readonly path: string;
}

export interface SourceMessage {
  readonly format: SourceFormat;
  /** What selects the mapping: `ADT_A01` (HL7 v2 structure), `Results.New` (vendor event), `patients` (CSV file kind). */
  readonly structure: string;
  /** As the sender names it: `ADT^A08^ADT_A01`, `Results.New`, `patients`. */
  readonly messageType: string;
  /** When the sender made it, as it wrote that (HL7 v2: MSH-7); '' or absent where it does not say. */
  readonly sentAt?: string;
  /** The place every top-level path starts from. */
  readonly root: Place;
  /** What reading found; never fatal, for then there is no message. */
  readonly issues: readonly Issue[];
  /** The decoded, unescaped text of the first leaf at `place` (`whole`: all of it, delimiters kept); '' when empty. */
  text(place: Place, whole?: boolean): string;
  /** HL7's explicit null `""`, JSON's null: a value of its own that means "delete". */
  isNull(place: Place): boolean;
  /** Notes that the leaves under `place` (default: only its first leaf) were used. */
  mark(place: Place, use: Use, extent: 'leaf' | 'all'): void;
  /**
   * Which of the parts right below a place may hold something: bit n for part n, bit 31 for all from the 31st on, bit 0
   * always. Absent where a format does not number the parts.
   */
  outline?(place: Place): number;
  positionOf(place: Place): Position;
  /** The bytes at a place, as a key: what reads nothing else gives the same for the same bytes. Absent where a format has none. */
  bytesOf?(place: Place): string;
  /** Marks the leaves at `place` as those at another place that holds the same bytes. */
  markLike?(place: Place, other: Place): void;
  /** Every populated leaf not yet marked, in source order. */
  residuals(): Residual[];
  /** Names of the parts (HL7 v2: segments) that hold values of which none is marked. Absent where a format has no such parts. */
  unread?(): readonly string[];
}

/** A source path, typed against the format's dictionary and compiled to closures. */
export interface SourcePath {
  /** The canonical spelling. */
  readonly text: string;
  /** HL7 v2 data type (`CX`), segment (`PID`) or group name; undefined where the format has no types. */
  readonly datatype: string | undefined;
  /** May select more than one place from one starting place. */
  readonly repeats: boolean;
  /** HL7 v2 table of the field or component, e.g. `0001`, where the dictionary gives one. */
  readonly table?: string | undefined;
  /** The parts right below the starting place (bits as in `outline`) without which it selects nothing; absent: not known. */
  readonly parts?: number;
  /** The populated places it selects, in source order. Does not mark them. */
  all(message: SourceMessage, at: Place): readonly Place[];
  /** The first of them, without making a list. */
  first(message: SourceMessage, at: Place): Place | undefined;
}

/** What a module's paths are relative to. */
export type SourceContext =
  | { readonly kind: 'message'; readonly structures: readonly string[] }
  /** Inside `each: GROUP` of a message module. */
  | { readonly kind: 'group'; readonly structures: readonly string[]; readonly path: string }
  | { readonly kind: 'segment'; readonly segment: string }
  | { readonly kind: 'datatype'; readonly datatype: string }
  /** A JSON object or value named in the module's `source`. */
  | { readonly kind: 'object'; readonly name: string }
  | { readonly kind: 'file'; readonly files: readonly string[] }
  | { readonly kind: 'row'; readonly files: readonly string[] };

export interface PathRefusal {
  readonly reason: string;
  readonly mend: string;
}

/** A format's dictionary, as the mapping compiler sees it. */
export interface SourceDescription {
  readonly format: SourceFormat;
  /** Types and compiles a path, or says why it cannot stand. `.` is the place itself. */
  path(text: string, context: SourceContext): SourcePath | PathRefusal;
  /** The context a nested module or `each` runs in, given the path that led there. */
  within(path: SourcePath, context: SourceContext): SourceContext;
}

export const isRefusal = (path: SourcePath | PathRefusal): path is PathRefusal => 'mend' in path;
