// From a position back to its place: the inverse of position.ts.
import type { Place } from '../../model/source.js';
import type { Hl7v2Message } from './message.js';
import { parsePath } from './path-syntax.js';
import { valueNumbers, ValueSelector } from './selection.js';

/**
 * The populated place at a position (`PID-3[1].4`, `OBX[2]-5[1]`); undefined where nothing stands there, or where the
 * text is no position. Without numbers, the first segment and the first populated repetition are meant.
 */
export function locate(message: Hl7v2Message, position: string): Place | undefined {
  const syntax = parsePath(position);
  const name = syntax?.names.at(-1);
  if (!syntax || name === undefined) return undefined;
  const segment = message.segmentsNamed(name)[(syntax.ordinal ?? 1) - 1];
  if (!segment || syntax.field === undefined) return segment;
  return new ValueSelector(valueNumbers(syntax)).first(message, segment);
}
