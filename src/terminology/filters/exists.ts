import { propertyReader } from './property-values.js';
import type { FilterOperator } from './operator.js';

/** `exists`: `true` for concepts that have the property, `false` for those that have it not. */
export const exists: FilterOperator = {
  op: 'exists',
  compile({ property, value }, system) {
    const read = propertyReader(system, property);
    if (value !== 'true' && value !== 'false') return 'not-understood';
    return (concept) => (read?.(concept).length ?? 0) > 0 === (value === 'true');
  },
};
