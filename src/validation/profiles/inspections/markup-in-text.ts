// Text that a reader might render as HTML (http://hl7.org/fhir/R4/security.html#narrative), refused where the caller asks for that.
import type { Inspection } from './inspection.js';

const looksLikeTag = /<[A-Za-z!/?][^>]*>?/;

export const markupInText: Inspection = ({ value }, run) => {
  if (run.settings.refuseMarkup && typeof value === 'string' && looksLikeTag.test(value)) run.report('validate.markup');
};
