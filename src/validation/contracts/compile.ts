// Contracts compiled to closures by resource type, and by the code of what was measured. What no contract speaks of
// costs one look-up.
import type { Breach, ContractCheck, ConvertUnit } from './check.js';
import { contractPin, type BoundValueSet, type Contract } from './contract.js';
import { extensionCheck } from './extensions.js';
import { measurementCheck } from './measurement.js';
import { requiredCheck } from './required.js';
import { ownerCheck } from './unowned.js';
import { valueSetCheck, type Binding } from './value-set.js';

export interface ContractTerms {
  readonly contracts: readonly Contract[];
  readonly convert: ConvertUnit;
  /** What a binding of an element of the type stands for. */
  readonly bind: (type: string, bound: BoundValueSet) => Binding;
  /** Extensions that the mapping can write and nobody registered. */
  readonly unregistered: readonly string[];
  /** Elements that it can write and nobody owns, `Patient.photo`. */
  readonly unowned: readonly string[];
}

/** Compiles contracts. An empty answer means that all were kept; never throws for what a resource holds. */
export function compileContracts({ contracts, convert, bind, unregistered, unowned }: ContractTerms): ContractCheck {
  const checks = contracts.flatMap((contract) =>
    (contract.schema ?? []).flatMap((schema): TypeCheck[] => {
      const pin = contractPin(contract);
      const required = schema.required ?? [];
      const ofSchema = [
        ...(required.length === 0 ? [] : [requiredCheck(pin, schema.name, required)]),
        ...(schema.valueSets ?? []).map((bound) => valueSetCheck(pin, schema.name, bound, bind(schema.name, bound))),
        ...(schema.measurements ?? []).map((terms) => measurementCheck(pin, schema.name, terms, convert)),
      ];
      return ofSchema.map((check) => ({ type: schema.name, check }));
    }),
  );
  const ofAllTypes = [
    ...(unregistered.length === 0 ? [] : [extensionCheck(new Set(unregistered))]),
    ...(unowned.length === 0 ? [] : [ownerCheck(new Set(unowned))]),
  ];
  return (resources) => {
    const types = new Set<string>();
    for (const { type } of resources) types.add(type);
    const breaches: Breach[] = [];
    for (const { type, check } of checks)
      if (types.has(type)) for (const breach of check(resources)) breaches.push(breach);
    for (const check of ofAllTypes) for (const breach of check(resources)) breaches.push(breach);
    return breaches;
  };
}

/** A check of resources of one type: what it finds in others is nothing. */
interface TypeCheck {
  readonly type: string;
  readonly check: ContractCheck;
}
