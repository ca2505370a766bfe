// The lineage of quantities that were brought to another unit: every leaf still says where it came from, and by what.
import type { Conversion, LeafLineage } from '../../model/lineage.js';
import { translationUrl } from './quantity.js';

/** One element that a contract had changed. */
export interface Change {
  /** `component[0].valueQuantity`, or `referenceRange[0].text`. */
  readonly path: string;
  readonly conversion: Conversion;
  /** Members of the Quantity that were not there before. */
  readonly added: readonly string[];
  /** See NewQuantity. */
  readonly extension?: number;
  /** The rule and the version that made it so: `contracts/blood-pressure#systolic`, `blood-pressure@1.1.0`. */
  readonly rule: string;
  readonly version: string;
}

export const changedLineage = (leaves: readonly LeafLineage[], changes: readonly Change[]): LeafLineage[] => [
  ...leaves.flatMap((leaf) => changedLeaf(leaf, changes)),
  ...changes.flatMap((change) => [...newMembers(leaves, change), ...nameOfTranslation(change)]),
];

function changedLeaf(leaf: LeafLineage, changes: readonly Change[]): LeafLineage[] {
  const change = changes.find(({ path }) => leaf.element === path || leaf.element.startsWith(`${path}.`));
  if (change === undefined) return [leaf];
  const member = leaf.element.slice(change.path.length + 1);
  if (change.extension === undefined) return [member === '' ? withConversion(leaf, change) : leaf];
  if (/^(id|extension)\b/.test(member)) return [leaf];
  const sent = { ...leaf, element: `${change.path}.extension[${change.extension}].valueQuantity.${member}` };
  return [converted.has(member) ? withConversion(leaf, change) : leaf, sent];
}

const converted: ReadonlySet<string> = new Set(['value', 'unit', 'code']);

const withConversion = (leaf: LeafLineage, { conversion }: Change): LeafLineage => ({
  ...leaf,
  conversions: [...(leaf.conversions ?? []), conversion],
});

/** A code that was not there comes from the unit's text; a unit nobody sent, from the amount it belongs to. */
function newMembers(leaves: readonly LeafLineage[], change: Change): LeafLineage[] {
  const of = (member: string) => leaves.find(({ element }) => element === `${change.path}.${member}`);
  const source = of('unit') ?? of('value');
  return change.added.map((member) => ({
    element: `${change.path}.${member}`,
    from: source?.from ?? [],
    rule: change.rule,
    version: change.version,
    conversions: [change.conversion],
  }));
}

function nameOfTranslation({ path, extension, rule, version }: Change): LeafLineage[] {
  if (extension === undefined) return [];
  const conversions: Conversion[] = [{ kind: 'fixed', by: 'extension url', because: translationUrl }];
  return [{ element: `${path}.extension[${extension}].url`, from: [], rule, version, conversions }];
}
