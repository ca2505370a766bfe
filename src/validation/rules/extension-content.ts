// ext-1 (http://hl7.org/fhir/R4/extensibility.html#Extension): "Must have either extensions or value[x], not both".
import type { JsonObject } from '../../model/json.js';
import type { Rule } from './rule.js';

const hasValue = (extension: JsonObject): boolean => {
  for (const key in extension)
    if ((key.startsWith('value') || key.startsWith('_value')) && extension[key] !== undefined) return true;
  return false;
};

export const extensionContent: Rule = {
  key: 'ext-1',
  type: 'Extension',
  holds: (extension) => hasValue(extension) !== (extension.extension !== undefined),
};
