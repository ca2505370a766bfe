// Is a resource that came with a request of the shape that is computed with? Lists where FHIR has lists, objects where it
// has objects, texts in codes; and no deeper than anybody would write.
const listed = new Set([
  ...['concept', 'designation', 'property', 'filter', 'extension'],
  ...['include', 'exclude', 'contains'],
  ...['group', 'element', 'target', 'dependsOn', 'product'],
]);
const single = new Set(['compose', 'expansion', 'use', 'unmapped', '_op']);
const texts = new Set(['url', 'version', 'system', 'code', 'display', 'language', 'value', 'op', 'content', 'source']);

/** Names that mean a list elsewhere and a text within these. */
const textWithin: Readonly<Record<string, readonly string[]>> = {
  property: ['filter', 'dependsOn', 'product'],
  target: ['group'],
};

const deepest = 500;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fits(name: string, value: unknown, within: string, depth: number): boolean {
  if (textWithin[name]?.includes(within) === true) return typeof value === 'string';
  if (listed.has(name))
    return Array.isArray(value) && value.every((each) => isObject(each) && isSound(each, name, depth + 1));
  if (name === 'contained') return Array.isArray(value) && value.every(isContained);
  if (single.has(name)) return isObject(value) && isSound(value, name, depth + 1);
  if (name === 'valueSet') return isTextOrTexts(value);
  return !texts.has(name) || typeof value === 'string';
}

/** Of contained resources only value sets are computed with. */
const isContained = (value: unknown): boolean =>
  isObject(value) && (value['resourceType'] !== 'ValueSet' || isSound(value));

/** CodeSystem.valueSet is one canonical, ValueSet.compose.include.valueSet several. */
const isTextOrTexts = (value: unknown): boolean =>
  typeof value === 'string' || (Array.isArray(value) && value.every((each) => typeof each === 'string'));

/** True when everything in it that is computed with has its shape. */
export function isSound(value: Readonly<Record<string, unknown>>, within = '', depth = 0): boolean {
  return depth < deepest && Object.entries(value).every(([name, each]) => fits(name, each, within, depth));
}
