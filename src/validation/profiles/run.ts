// One full validation: what was found, where it stands, and the resources around.
import { issue, type Issue } from '../../model/issue.js';
import type { IssueCode, Severity } from '../../model/issues.js';
import type { Host } from '../fhirpath/closure.js';
import type { Item } from '../fhirpath/item.js';
import { Trail } from '../trail.js';
import type { BundleIndex } from './bundle-index.js';
import type { ValidationSettings } from './registry.js';

type Arguments = Readonly<Record<string, string | number>>;

export class FullRun {
  found: Issue[] = [];
  readonly trail = new Trail();
  readonly settings: ValidationSettings;
  /** The resource that stands alone or in an entry; contained ones are its own. */
  container: Item | undefined = undefined;
  /** The resource that holds the element: the container or one it contains. */
  resource: Item | undefined = undefined;
  bundle: BundleIndex | undefined = undefined;
  /** The entry of the bundle that is being validated. */
  fullUrl: string | undefined = undefined;
  /** Elements from the resource down, for the contexts of extensions. */
  readonly path: { readonly name: string; readonly type: string; readonly item: Item }[] = [];
  /** What expressions may ask, made when one is first evaluated. */
  host: Host | undefined = undefined;
  private readonly conforming = new Map<string, Map<object, boolean>>();
  constructor(settings: ValidationSettings) {
    this.settings = settings;
  }

  report(code: IssueCode, args: Arguments = {}, severity?: Severity): void {
    this.found.push(issue(code, args, { expression: this.trail.render(), ...(severity && { severity }) }));
  }

  /** Reports under an id of the reference validator, where it tells apart what one code of ours covers. */
  reportAs(messageId: string | undefined, code: IssueCode, args: Arguments = {}, severity?: Severity): void {
    const told = { expression: this.trail.render(), ...(severity && { severity }), ...(messageId && { messageId }) };
    this.found.push(issue(code, args, told));
  }

  /** What a check would report, which is not reported. */
  silently(check: () => void): readonly Issue[] {
    const { found } = this;
    this.found = [];
    check();
    const result = this.found;
    this.found = found;
    return result;
  }

  /** Does the object conform to the profile? Asked once; while it is being found out, it does (types contain each other). */
  conforms(object: object, profile: string, check: () => void): boolean {
    let known = this.conforming.get(profile);
    if (known === undefined) this.conforming.set(profile, (known = new Map<object, boolean>()));
    const before = known.get(object);
    if (before !== undefined) return before;
    known.set(object, true);
    const result = !this.silently(check).some(({ severity }) => severity === 'error' || severity === 'fatal');
    known.set(object, result);
    return result;
  }
}

/** What was found, each thing once: base and profile may say the same. */
export function distinctIssues(found: readonly Issue[]): Issue[] {
  const seen = new Set<string>();
  return found.filter(({ code, expression, text }) => {
    const key = `${code} ${expression} ${text}`;
    return !seen.has(key) && seen.add(key);
  });
}
