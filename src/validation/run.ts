// One validation: what was found, where it stands, and the resources that references may name.
import { issue, type Issue } from '../model/issue.js';
import type { IssueCode } from '../model/issues.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import { Trail } from './trail.js';

/** Resources of a Bundle by fullUrl and by `Type/id`; a Bundle inside a Bundle sees the outer one's too. */
export interface BundleScope {
  readonly types: ReadonlyMap<string, string>;
  readonly outer: BundleScope | undefined;
}

export class Run {
  readonly found: Issue[] = [];
  readonly trail = new Trail();
  bundle: BundleScope | undefined = undefined;
  /** The resource whose `contained` a `#fragment` names. */
  container: JsonObject | undefined = undefined;

  /** Adds an issue where the trail stands, or one step further. */
  report(code: IssueCode, args: Readonly<Record<string, string | number>> = {}, last?: string): void {
    this.found.push(issue(code, args, { expression: this.trail.render(last) }));
  }
}

/** Checks a value where the run's trail stands. */
export type Check = (value: JsonValue, run: Run) => void;

/** What checks the objects of a type. */
export interface ObjectCheck {
  check(object: JsonObject, run: Run): void;
}
