// Text that a reader might render as HTML (http://hl7.org/fhir/R4/security.html#narrative), refused where the caller asks for that.
import type { Inspection } from './inspection.js';

const looksLikeTag = /<[A-Za-z!/?][^>]*>?/;

export const markupInText: Inspection = ({ value, type }, run) => {
  if (!run.settings.refuseMarkup || typeof value !== 'string' || !looksLikeTag.test(value)) return;
  const isMarkdown = type.name === 'markdown';
  run.reportAs(isMarkdown ? 'TYPE_SPECIFIC_CHECKS_DT_MARKDOWN_HTML' : undefined, 'validate.markup');
};
