// What asked for a fact: the gateway's design, FHIR, a row of the guide, a row done otherwise, or nothing of these.
import type { LeafLineage } from '../../../src/model/lineage.js';
import type { Account, Askers } from './account.js';
import { chainAsked } from './asked.js';
import type { Fact } from './facts.js';
import { requiredElement } from './required.js';
import { chainOf, makersOf } from './rules.js';

export function accountOf(fact: Fact, askers: Askers): Account {
  const { leaf, path, type } = fact;
  if (leaf === undefined) return { kind: 'stamp', rule: '', row: '', reason: '' };
  const exists = path === type;
  const asked = chainAsked(exists ? makersOf(chainOf(leaf), askers.rules) : chainOf(leaf), fact, askers);
  const required = exists ? undefined : requiredElement(path, askers.definitions);
  if (required === undefined) return asked;
  const isEmptyInGuide = required.always && asked.kind === 'beyond the guide';
  const isAbsentInMessage = required.itself && isConstant(leaf);
  if (!isEmptyInGuide && !isAbsentInMessage) return asked;
  return { kind: 'required by FHIR', rule: asked.rule, row: required.path, reason: '' };
}

/** Not in the message: written whatever it says. */
const isConstant = ({ from, conversions = [] }: LeafLineage): boolean =>
  from.length === 0 && conversions.some(({ kind }) => kind === 'fixed' || kind === 'assumed');
