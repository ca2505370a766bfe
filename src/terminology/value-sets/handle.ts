// A value set made ready to be asked by the million: is the code in it? Versions are resolved and filters computed once;
// after that an answer is a look-up of the code and a test, with neither Parameters nor issues.
import type { DefinedCodeSystem } from '../code-systems/code-system.js';
import { isInactive } from '../code-systems/concept-state.js';
import type { Include, ValueSetResource } from '../resources.js';
import type { Scope } from '../scope.js';
import { resolveVersion } from '../system-version.js';
import { checkDefinition, importOf } from './imports.js';
import { compileInclude } from './include.js';

export interface ValueSetHandle {
  /** Undefined: it cannot be told, for a system or a value set that decides it is not here, or not in full. */
  has(system: string, code: string): boolean | undefined;
}

type Test = (code: string) => boolean | undefined;

function any(tests: readonly Test[], code: string): boolean | undefined {
  let answer: boolean | undefined = false;
  for (const test of tests) {
    const found = test(code);
    if (found === true) return true;
    if (found === undefined) answer = undefined;
  }
  return answer;
}

function all(tests: readonly Test[], code: string): boolean | undefined {
  let answer: boolean | undefined = true;
  for (const test of tests) {
    const found = test(code);
    if (found === false) return false;
    if (found === undefined) answer = undefined;
  }
  return answer;
}

function ofSystem(include: Include, system: DefinedCodeSystem | undefined, onlyActive: boolean): Test {
  if (system === undefined) return () => undefined;
  const { takes } = compileInclude(include, system);
  const otherwise = system.content === 'complete' || include.concept !== undefined ? false : undefined;
  return (code) => {
    const concept = system.find(code);
    if (concept === undefined) return otherwise;
    return takes(concept) && !(onlyActive && isInactive(system, concept));
  };
}

class Compilation {
  readonly scope: Scope;
  readonly #handles = new Map<ValueSetResource, ValueSetHandle>();
  constructor(scope: Scope) {
    this.scope = scope;
  }

  handle(valueSet: ValueSetResource): ValueSetHandle {
    let handle = this.#handles.get(valueSet);
    if (handle === undefined) this.#handles.set(valueSet, (handle = this.#compile(valueSet)));
    return handle;
  }

  #compile(valueSet: ValueSetResource): ValueSetHandle {
    const bySystem = new Map<string, Test>();
    const testOf = (system: string): Test => {
      let test = bySystem.get(system);
      if (test === undefined) {
        test = this.#testOf(valueSet, system);
        if (bySystem.size < mostSystems) bySystem.set(system, test);
      }
      return test;
    };
    return { has: (system, code) => testOf(system)(code) };
  }

  /** What the value set says of one system's codes. */
  #testOf(valueSet: ValueSetResource, system: string): Test {
    const { include = [], exclude = [], inactive } = valueSet.compose ?? {};
    const concerned = ({ system: own }: Include): boolean => own === undefined || own === system;
    const onlyActive = this.scope.options.activeOnly === true || inactive === false;
    const included = include.filter(concerned).map((each) => this.#part(each, valueSet, system, onlyActive));
    const excluded = exclude.filter(concerned).map((each) => this.#part(each, valueSet, system, false));
    if (excluded.length === 0) return included.length === 1 ? included[0]! : (code) => any(included, code);
    const isOut: Test = (code) => {
      const found = any(excluded, code);
      return found === undefined ? undefined : !found;
    };
    return (code) => all([(each) => any(included, each), isOut], code);
  }

  #part(include: Include, owner: ValueSetResource, system: string, onlyActive: boolean): Test {
    const own =
      include.system === undefined
        ? []
        : [ofSystem(include, resolveVersion(this.scope, system, include.version).system, onlyActive)];
    const imported = (include.valueSet ?? []).map((each) => this.#imported(each, owner, system));
    const [first, ...others] = [...own, ...imported];
    if (first === undefined) return () => false;
    return others.length === 0 ? first : (code) => all([first, ...others], code);
  }

  #imported(reference: string, owner: ValueSetResource, system: string): Test {
    const imported = importOf(owner, reference, this.scope);
    if (imported === undefined) return () => undefined;
    const handle = this.handle(imported);
    return (code) => handle.has(system, code);
  }
}

/** Tests kept for one value set: whoever asks with made-up systems does not fill the memory. */
const mostSystems = 1_000;

/**
 * A handle on a value set, for callers in process. It holds for the content of the scope.
 *
 * @throws TerminologyRefusal for a circle of value sets; its first question for a filter that cannot be computed.
 */
export function valueSetHandle(valueSet: ValueSetResource, scope: Scope): ValueSetHandle {
  checkDefinition(valueSet, scope);
  return new Compilation(scope).handle(valueSet);
}
