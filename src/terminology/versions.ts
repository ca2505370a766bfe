// Versions of code systems and value sets: which fits a pattern, which is the newest.
// http://hl7.org/fhir/R5/codesystem-definitions.html#CodeSystem.versionAlgorithm_x_

/** `1.x` and `1.0.*` are patterns; `1` is not: it is a version that happens to have one part. */
const isWildcard = (part: string): boolean => part === 'x' || part === 'X' || part === '*';

export const isPattern = (version: string): boolean => version.split('.').some(isWildcard);

/** Is this the version asked for? Each wildcard stands for one part, the last one for all that follow. */
export function fitsVersion(asked: string, version: string): boolean {
  if (asked === version) return true;
  if (!isPattern(asked)) return false;
  const pattern = asked.split('.');
  const parts = version.split('.');
  const open = isWildcard(pattern.at(-1) ?? '');
  if (open ? parts.length < pattern.length - 1 : parts.length !== pattern.length) return false;
  return pattern.every((part, index) => isWildcard(part) || part === parts[index]);
}

/** Compares versions number by number and letter by letter: `1.10` is newer than `1.9`, a pre-release older than its release. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split(/[.\-+]/), b.split(/[.\-+]/)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const order = comparePart(left[index], right[index]);
    if (order !== 0) return order;
  }
  return 0;
}

const isNumber = (part: string): boolean => /^\d+$/.test(part);

function comparePart(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return missingPart(a, b);
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

// Semantic Versioning 2.0.0 clause 11: 1.0.0-alpha comes before 1.0.0; but 1.0 before 1.0.1.
function missingPart(a: string | undefined, b: string | undefined): number {
  const present = a ?? b;
  const sign = a === undefined ? -1 : 1;
  return present !== undefined && isNumber(present) ? sign : -sign;
}

/** The newest of these that fits; without a version asked for, the newest of all. */
export function newestOf<T extends { readonly version?: string }>(items: readonly T[], asked?: string): T | undefined {
  const fitting =
    asked === undefined || asked === '' ? items : items.filter(({ version }) => fitsVersion(asked, version ?? ''));
  return fitting.reduce<T | undefined>(
    (best, item) => (best === undefined || compareVersions(best.version ?? '', item.version ?? '') <= 0 ? item : best),
    undefined,
  );
}
