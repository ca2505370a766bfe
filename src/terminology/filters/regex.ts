import { compileRegex } from '../regex/linear.js';
import type { FilterOperator } from './operator.js';
import { propertyReader } from './property-values.js';

/** `regex`: the whole of one of the property's values matches; run in linear time. */
export const regex: FilterOperator = {
  op: 'regex',
  compile({ property, value }, system) {
    const read = propertyReader(system, property);
    const matches = compileRegex(value);
    if (read === undefined || matches === 'unreadable') return 'not-understood';
    if (matches === 'too-large') return 'too-costly';
    return (concept) => read(concept).some(matches);
  },
};
