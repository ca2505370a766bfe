import { propertyReader } from './property-values.js';
import type { FilterOperator } from './operator.js';

const listed = (value: string): ReadonlySet<string> => new Set(value.split(',').map((each) => each.trim()));

/** `in`: one of the property's values is in the comma-separated list. */
export const isIn: FilterOperator = {
  op: 'in',
  compile({ property, value }, system) {
    const read = propertyReader(system, property);
    const values = listed(value);
    return read === undefined ? 'not-understood' : (concept) => read(concept).some((each) => values.has(each));
  },
};

/** `not-in`: none of the property's values is in the list; a concept without the property is not in it either. */
export const isNotIn: FilterOperator = {
  op: 'not-in',
  compile({ property, value }, system) {
    const read = propertyReader(system, property);
    const values = listed(value);
    return read === undefined ? 'not-understood' : (concept) => !read(concept).some((each) => values.has(each));
  },
};
