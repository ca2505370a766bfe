// Whether decisions on source codes can stand: what they lack is filled in, what is wrong with them is told with its place.
import { GatewayError } from '../model/error.js';
import { soleSource, soleTarget, type CodeMap } from '../terminology/code-map.js';
import type { CodeDecision, DecidedTarget, Relationship } from '../terminology/concept-maps/decisions.js';

/** A decision as somebody gives it: systems that the map tells need not be said. */
export interface GivenDecision {
  readonly system?: string | undefined;
  readonly code: string;
  readonly display?: string | undefined;
  readonly relationship: Relationship;
  readonly target?:
    { readonly system?: string | undefined; readonly code: string; readonly display?: string | undefined } | undefined;
  readonly comment?: string | undefined;
}

export interface Ground {
  readonly map: CodeMap;
  /** False for a code that an element written by the map may not have: it is not in the required value set. */
  allows(code: string): boolean;
  /** The display of a code, '' where it has none; undefined where its system is not known; false: there is no such code. */
  displayOf(system: string, code: string): string | undefined | false;
}

/** @throws GatewayError `incorrect` that names every fault with the place of its decision. */
export function checkDecisions(given: readonly GivenDecision[], ground: Ground): readonly CodeDecision[] {
  const faults: string[] = [];
  const refuse = (index: number, fault: string): void => void faults.push(`decisions[${index}]${fault}`);
  const codes = new Set<string>();
  const decisions = given.map((decision, index) => {
    if (codes.has(decision.code)) refuse(index, '.code: an earlier decision is about the same code.');
    codes.add(decision.code);
    return completed(decision, ground, (fault) => refuse(index, fault));
  });
  if (faults.length > 0) throw new GatewayError('incorrect', faults.join(' '));
  return decisions;
}

type Refuse = (fault: string) => void;

/** As long as the store can find it by. What is longer is no code. */
const longestCode = 250;

function refuseLong({ code, system = '', target }: GivenDecision, refuse: Refuse): void {
  const parts = { code, system, 'target.code': target?.code ?? '', 'target.system': target?.system ?? '' };
  for (const [name, text] of Object.entries(parts))
    if (text.length > longestCode) refuse(`.${name}: is longer than ${longestCode} characters.`);
}

function completed(given: GivenDecision, ground: Ground, refuse: Refuse): CodeDecision {
  const { code, display, relationship, comment } = given;
  refuseLong(given, refuse);
  const target = targetOf(given, ground, refuse);
  return {
    system: given.system ?? soleSource(ground.map),
    code,
    relationship,
    ...(display !== undefined && { display }),
    ...(target !== undefined && { target }),
    ...(comment !== undefined && { comment }),
  };
}

function targetOf({ relationship, target }: GivenDecision, ground: Ground, refuse: Refuse): DecidedTarget | undefined {
  if ((relationship === 'no-map') !== (target === undefined)) {
    refuse(
      target === undefined ? '.target: is required unless the relationship is no-map.' : '.target: no-map has none.',
    );
    return undefined;
  }
  if (target === undefined) return undefined;
  const system = target.system ?? soleTarget(ground.map);
  if (system === '') refuse('.target.system: is required, for the map does not tell it.');
  if (relationship !== 'not-related' && !ground.allows(target.code))
    refuse('.target.code: is not in the value set that the element requires.');
  const known = ground.displayOf(system, target.code);
  if (known === false) refuse('.target.code: is no code of the target system.');
  const display = target.display ?? (known || undefined);
  return { system, code: target.code, ...(display !== undefined && { display }) };
}
