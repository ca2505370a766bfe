// The spelling of HL7 v2 source paths and positions: `PID`, `PATIENT.PID`, `PID-3`, `PATIENT.PID-3[2].4.1`, `CX.4.1`,
// and with segment numbers, as positions have them, `OBX[2]-5[1].1`.

export interface PathSyntax {
  /** Groups and, last, the segment, group or data type. */
  readonly names: readonly string[];
  /** The number of the segment among those of its name, in positions. */
  readonly ordinal?: number;
  readonly field?: number;
  readonly repetition?: number;
  /** Component and subcomponent numbers. */
  readonly parts: readonly number[];
}

const pattern = /^([A-Z][A-Z0-9_]*(?:\.[A-Z][A-Z0-9_]*)*)(?:\[(\d+)\])?(?:-(\d+)(?:\[(\d+)\])?)?((?:\.\d+)*)$/;

/** Parses a path; undefined where it is not spelled like one. */
export function parsePath(text: string): PathSyntax | undefined {
  const [, names, ordinal, field, repetition, parts] = pattern.exec(text) ?? [];
  if (names === undefined) return undefined;
  return {
    names: names.split('.'),
    parts: (parts ?? '').split('.').slice(1).map(Number),
    ...(ordinal === undefined ? {} : { ordinal: Number(ordinal) }),
    ...(field === undefined ? {} : { field: Number(field) }),
    ...(repetition === undefined ? {} : { repetition: Number(repetition) }),
  };
}
