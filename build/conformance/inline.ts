// Tables of the guide that describe a primitive (`DTM[dateTime]`): what rules read without a module of its own.
import type { IrPackage } from '../../src/mappings/language/ir.js';
import type { MapReview } from './review.js';
import { writesOf, type Write } from './writes.js';

/** The HL7 v2 datatype of a field or component (`PID-7` -> `DTM`). */
export type Typing = (field: string) => string | undefined;

/** Rules that read a value of one of the datatypes and write a primitive of one of the types, as reading `SOURCE.n`. */
export function inlineWrites(
  source: string,
  { datatypes, types }: NonNullable<MapReview['inline']>,
  ir: IrPackage,
  typing: Typing,
): Write[] {
  const segments = ir.modules.filter(({ layer }) => layer === 'segment' || layer === 'datatype');
  return segments
    .flatMap((module) => writesOf(module, ir))
    .filter(({ type }) => type !== undefined && types.includes(type))
    .flatMap((write) => {
      const fields = write.fields.flatMap((field) => inlineFields(field, source, datatypes, typing));
      return fields.length === 0 ? [] : [{ ...write, path: '', fields }];
    });
}

/** `PV1-44` (a DTM) is `DTM.1`; `TQ1-13.2.1` (of a CQ) is `CQ.2.1`. */
function inlineFields(field: string, source: string, datatypes: readonly string[], typing: Typing): string[] {
  const is = (type: string | undefined): boolean => type !== undefined && datatypes.includes(type);
  const steps = field.split('.');
  const within = steps.slice(1).flatMap((_step, index) => {
    const whole = steps.slice(0, index + 1).join('.');
    return is(typing(whole)) ? [`${source}.${steps.slice(index + 1).join('.')}`] : [];
  });
  return is(typing(field)) ? [`${source}.1`, ...within] : within;
}
