// A validation issue names an element; lineage says which source value and rule it came from.
import type { IdentifiedResource } from '../canonical/identity.js';
import { isUnder } from '../canonical/unite.js';
import type { Issue } from '../model/issue.js';
import type { LeafLineage } from '../model/lineage.js';

/** Adds to each issue the source position and the rule of the element it names, or of the first below it that has one. */
export function locate(issues: readonly Issue[], resource: Pick<IdentifiedResource, 'type' | 'lineage'>): Issue[] {
  const leaves = resource.lineage();
  return issues.map((issue) => {
    const leaf = leafOf(issue.expression, resource.type, leaves);
    if (leaf === undefined) return issue;
    const [position] = leaf.from;
    return { ...issue, rule: issue.rule ?? leaf.rule, ...(position === undefined ? {} : { position }) };
  });
}

function leafOf(expression: string | undefined, type: string, leaves: readonly LeafLineage[]): LeafLineage | undefined {
  if (expression === undefined || !expression.startsWith(`${type}.`)) return undefined;
  const element = memberPath(expression.slice(type.length + 1));
  const own = leaves.find((leaf) => leaf.element === element);
  if (own !== undefined) return own;
  const below = leaves.filter((leaf) => isUnder(leaf.element, element));
  return below.find(({ from }) => from.length > 0) ?? below[0];
}

/** FHIRPath's `value.ofType(Quantity)` is JSON's `valueQuantity`, and so lineage's. */
const memberPath = (expression: string): string =>
  expression.replace(/\.ofType\((\w)(\w*)\)/g, (_, first: string, rest: string) => first.toUpperCase() + rest);
