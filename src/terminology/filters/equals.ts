import { propertyReader } from './property-values.js';
import type { FilterOperator } from './operator.js';

/** `=`: one of the property's values is the value. */
export const equals: FilterOperator = {
  op: '=',
  compile({ property, value }, system) {
    const read = propertyReader(system, property);
    return read === undefined ? 'not-understood' : (concept) => read(concept).includes(value);
  },
};
