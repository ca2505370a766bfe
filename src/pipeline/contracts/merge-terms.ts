// By what messages about one resource are merged: who owns its elements, and what the kept contracts say of succession.
import { choiceOf } from '../../canonical/entities.js';
import type { MergeTerms, Reason } from '../../canonical/merge.js';
import type { Contract } from '../../validation/contracts/contract.js';
import { compileSuccession, type Succession } from '../../validation/contracts/succession.js';
import { noClaims, type Claims } from '../profiles/claims.js';
import { ownerOf, type Ownership } from './governed.js';

export interface ReconcileTerms extends MergeTerms, Omit<Succession, 'stage'> {
  /** What owners can be named by, of a message of this type (`ADT^A08^ADT_A01`): `hl7v2`, `hl7v2/ADT`. */
  sources(messageType: string): readonly string[];
  /** Names the rule that decides between two accounts of an element, the later one so many milliseconds later. */
  ruleFor(reason: Reason, type: string, element: string, milliseconds: number): string;
  /** The profiles that a merged resource conforms to. */
  readonly claims: Claims;
}

/** @param names the feed's, the mapping package's, and the names of packages that it extends. */
export function mergeTerms(
  names: readonly string[],
  contracts: readonly Contract[],
  ownership: readonly Ownership[],
  claims: Claims = noClaims,
): ReconcileTerms {
  const owners = new Map<string, readonly string[] | undefined>();
  const ownersOf = (element: string): readonly string[] | undefined => {
    if (!owners.has(element))
      owners.set(element, (ownerOf(element, ownership) ?? formOwner(element, ownership))?.owner);
    return owners.get(element);
  };
  const own = [...new Set(names)];
  const succession = compileSuccession(contracts);
  return {
    ...succession,
    claims,
    owns(type, element, sources) {
      const named = ownersOf(`${type}.${element}`);
      return named === undefined || named.some((name) => sources.includes(name));
    },
    sources(messageType) {
      const kind = kindOf(messageType);
      const names: string[] = [];
      for (const name of own) names.push(name, `${name}/${kind}`);
      return names;
    },
    ruleFor(reason, type, element, milliseconds) {
      if (reason === 'owner' || reason === 'delete') return `ownership ${type}.${element}`;
      return (
        (reason === 'status' ? succession.orderedBy(type) : succession.missed(type, milliseconds)) ?? 'message time'
      );
    },
  };
}

/** Of `Patient.deceased`: the owner of its first form that has one, such as deceasedDateTime. */
function formOwner(element: string, ownership: readonly Ownership[]): Ownership | undefined {
  const [type = '', choice] = element.split('.');
  return ownership.find((each) => each.type === type && each.elements.some((form) => choiceOf(type, form) === choice));
}

/** `ADT` of `ADT^A08^ADT_A01`, `PatientAdmin` of `PatientAdmin.NewPatient`, `patients`. */
const kindOf = (messageType: string): string => messageType.replace(/[\^.].*$/s, '');
