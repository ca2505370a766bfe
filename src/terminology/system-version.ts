// Which version of a code system an include means, when the value set, the request and the code may each name one.
import type { DefinedCodeSystem } from './code-systems/code-system.js';
import { withSupplements } from './code-systems/supplement.js';
import { findSystem, systemVersions, type CodeSystemEntry } from './content.js';
import { supplementsOf, type Scope } from './scope.js';
import { compareVersions, fitsVersion } from './versions.js';

export interface ResolvedVersion {
  /** Undefined: there is no such version. */
  readonly system: DefinedCodeSystem | undefined;
  /** The version looked for; undefined: none was named, the newest is taken. */
  readonly asked: string | undefined;
  /** What named it, where it was not the value set. */
  readonly rule?: 'default' | 'check' | 'force';
}

interface Supplemented {
  readonly by: readonly CodeSystemEntry[];
  readonly system: DefinedCodeSystem;
}

const supplemented = new WeakMap<CodeSystemEntry, Supplemented[]>();

const areSame = (a: readonly CodeSystemEntry[], b: readonly CodeSystemEntry[]): boolean =>
  a.length === b.length && a.every((entry, index) => entry === b[index]);

/** The code system of an entry, with the supplements in scope; made once for each set of supplements. */
export function definedIn(scope: Scope, entry: CodeSystemEntry): DefinedCodeSystem {
  const by = supplementsOf(scope, entry.url, entry.version);
  if (by.length === 0) return entry.defined();
  const known = supplemented.get(entry) ?? [];
  const found = known.find((each) => areSame(each.by, by));
  if (found !== undefined) return found.system;
  const system = withSupplements(
    entry.defined(),
    by.map((each) => each.resource()),
  );
  supplemented.set(entry, [...known, { by, system }]);
  return system;
}

const ruleFor = (rules: readonly { readonly url: string; readonly version?: string }[], url: string) =>
  rules.find((rule) => rule.url === url)?.version;

/** The version an include names or is given: force-system-version over the value set's own over the defaults. */
export function askedVersion(
  { options }: Scope,
  url: string,
  stated: string | undefined,
): Omit<ResolvedVersion, 'system'> {
  const force = ruleFor(options.versions.force, url);
  if (force !== undefined) return { asked: force, rule: 'force' };
  if (stated !== undefined && stated !== '') return { asked: stated };
  const byDefault = ruleFor(options.versions.default, url);
  if (byDefault !== undefined) return { asked: byDefault, rule: 'default' };
  const check = ruleFor(options.versions.check, url);
  return check === undefined ? { asked: undefined } : { asked: check, rule: 'check' };
}

/**
 * The version an include means. Where it names a pattern or none, the version of the code is taken if that fits.
 *
 * @param coded the version the code itself names.
 */
export function resolveVersion(scope: Scope, url: string, stated: string | undefined, coded?: string): ResolvedVersion {
  const asked = askedVersion(scope, url, stated);
  const own = coded === undefined || coded === '' ? undefined : findSystem(scope.content, url, coded);
  const fits = own !== undefined && (asked.asked === undefined || fitsVersion(asked.asked, own.version ?? ''));
  const entry = fits ? own : findSystem(scope.content, url, asked.asked);
  return { ...asked, system: entry && definedIn(scope, entry) };
}

/** What check-system-version requires of this system and the version does not fulfil. */
export function violatedCheck({ options }: Scope, { url, version }: DefinedCodeSystem): string | undefined {
  const required = ruleFor(options.versions.check, url);
  return required === undefined || fitsVersion(required, version ?? '') ? undefined : required;
}

/** The versions there are of a code system, oldest first. */
export const knownVersions = ({ content }: Scope, url: string): readonly string[] =>
  systemVersions(content, url)
    .flatMap(({ version }) => version ?? [])
    .sort(compareVersions);
