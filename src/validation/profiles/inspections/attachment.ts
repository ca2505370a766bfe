// Attachment (http://hl7.org/fhir/R4/datatypes.html#attachment): "size: number of bytes of content, if url provided" or data.
import { isObject } from '../../objects.js';
import type { Inspection } from './inspection.js';

/** Bytes of a base64 text, white space aside. */
function bytesOf(data: string): number {
  const digits = data.replace(/\s+/g, '');
  const padding = digits.endsWith('==') ? 2 : digits.endsWith('=') ? 1 : 0;
  return (digits.length * 3) / 4 - padding;
}

export const attachment: Inspection = ({ value }, run) => {
  if (!isObject(value) || typeof value.data !== 'string' || value.size === undefined) return;
  if (bytesOf(value.data) !== Number(value.size)) run.report('validate.attachment-size');
};
