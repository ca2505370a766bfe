// What contracts bind elements to, compiled once before any message comes. An element that FHIR does not have, and a value set
// that is not here at the version asked for, stop the gateway from starting: a check that cannot be made must not pass.
import { GatewayError } from '../../model/error.js';
import type { Definitions } from '../../model/definitions.js';
import type { Content } from '../../terminology/content.js';
import { TerminologyRefusal } from '../../terminology/issue.js';
import { compileCodingTest, type CompiledTest } from '../../terminology/operations/coding-test.js';
import { boundElement } from '../../validation/contracts/bound-element.js';
import type { ContractTerms } from '../../validation/contracts/compile.js';
import type { BoundValueSet, Contract } from '../../validation/contracts/contract.js';
import type { Binding } from '../../validation/contracts/value-set.js';
import type { Contracts } from './contract-files.js';

export interface BindingGround {
  readonly definitions: Definitions;
  /** Asked for where a contract binds anything. */
  readonly content: () => Content;
}

export const bindsValueSets = (contracts: readonly Contract[]): boolean =>
  contracts.some(({ schema = [] }) => schema.some(({ valueSets = [] }) => valueSets.length > 0));

/**
 * Compiles the bindings of all contracts.
 *
 * @throws GatewayError `incorrect` with a line for each that cannot be kept: file, line and mend.
 */
export function compileBindings(contracts: Contracts, ground: BindingGround): ContractTerms['bind'] {
  const testOf = valueSetTests(ground);
  const bindings = new Map<BoundValueSet, Binding>();
  const faults = boundIn(contracts).flatMap(({ type, bound, at }) => {
    const element = boundElement(ground.definitions, type, bound.element);
    if (typeof element === 'string') return [`${at('element')} ${element}. Correct the element.`];
    const compiled = testOf(bound.valueSet);
    if (!compiled.ok) return [`${at('valueSet')} ${compiled.fault}. ${mend}`];
    bindings.set(bound, { element, test: compiled.test });
    return [];
  });
  if (faults.length > 0) throw new GatewayError('incorrect', faults.join('\n'));
  return (_, bound) => bindings.get(bound)!;
}

const mend = 'Name a version that is installed, or install it (concord terminology import).';

interface Bound {
  readonly type: string;
  readonly bound: BoundValueSet;
  readonly at: (member: keyof BoundValueSet) => string;
}

const boundIn = ({ contracts, place }: Contracts): readonly Bound[] =>
  contracts.flatMap((contract) =>
    (contract.schema ?? []).flatMap(({ name: type, valueSets = [] }, schema) =>
      valueSets.map((bound, index) => ({
        type,
        bound,
        at: (member: keyof BoundValueSet) => place(contract, ['schema', schema, 'valueSets', index, member]),
      })),
    ),
  );

/** Each value set is compiled once, however many elements are bound to it. */
function valueSetTests({ content }: BindingGround): (canonical: string) => CompiledTest {
  const compiled = new Map<string, CompiledTest>();
  return (canonical) => {
    const found = compiled.get(canonical) ?? compiledTest(content(), canonical);
    compiled.set(canonical, found);
    return found;
  };
}

function compiledTest(content: Content, canonical: string): CompiledTest {
  try {
    return compileCodingTest(content, canonical);
  } catch (error) {
    if (!(error instanceof TerminologyRefusal)) throw error;
    return { ok: false, fault: `${canonical} cannot be computed with: ${error.issue.message.text}` };
  }
}
