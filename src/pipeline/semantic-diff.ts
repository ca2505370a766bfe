// What another version of a mapping would do to real messages: the rules that differ, and what comes of each of them.
import type { Definitions } from '../model/definitions.js';
import { BehaviourTally, type BehaviourDiff, type MessageChanges, type TallyOptions } from './diff/behaviour.js';
import { Findings } from './diff/findings.js';
import { MessageDiff } from './diff/message-diff.js';
import { Reasons } from './diff/reasons.js';
import { diffRules, type PackageVersion, type RuleDiff } from './diff/rule-diff.js';
import type { Outcome } from './outcome.js';

export type {
  BehaviourDiff,
  CauseDiff,
  Counted,
  DispositionDiff,
  ElementDiff,
  Example,
  IssueDiff,
  ResidualDiff,
} from './diff/behaviour.js';
export type { Cause } from './diff/cause.js';
export type { CodeMapChange, CodeMapRowChange } from './diff/code-map-diff.js';
export { changeKinds, type ChangeKind } from './diff/kind.js';
export type { AspectChange } from './diff/rule-aspects.js';
export { diffRules, type PackageVersion, type RuleChange, type RuleDiff } from './diff/rule-diff.js';

/** A payload as two versions took it, message by message in the order of the source. */
export interface ComparedPayload {
  /** The input's name, for examples. */
  readonly name: string;
  readonly before: Iterable<Outcome>;
  readonly after: Iterable<Outcome>;
}

export interface SemanticDiff {
  readonly rules: RuleDiff;
  readonly behaviour: BehaviourDiff;
}

export interface SemanticDiffOptions extends Partial<TallyOptions> {
  readonly definitions: Definitions;
}

/**
 * Compares two versions of a package by their rules and by what they make of messages. Resources are told to be the same
 * by identity, and where that changed by what they say and where they had it from; so a changed id is one difference, not
 * one for every reference to it. What the gateway stamps on a Bundle (meta.source, its own Provenance) is left out. Every
 * difference is laid to the changed rule nearest to it among those that led to the value; one that no change explains has
 * a cause of `none`. Two equal versions differ in nothing. Without `showValues` nothing of a message's content is kept.
 */
export function semanticDiff(
  before: PackageVersion,
  after: PackageVersion,
  payloads: Iterable<ComparedPayload>,
  options: SemanticDiffOptions,
): SemanticDiff {
  const comparing = compareVersions(before, after, options);
  for (const payload of payloads) comparing.add(payload);
  return comparing.result();
}

export interface Comparing {
  add(payload: ComparedPayload): void;
  /** Of what was added so far. */
  result(): SemanticDiff;
}

/** The same payload by payload, for who has other work between them. */
export function compareVersions(
  before: PackageVersion,
  after: PackageVersion,
  { definitions, examples = 3, showValues = false }: SemanticDiffOptions,
): Comparing {
  const rules = diffRules(before, after);
  const reasons = new Reasons(rules, before, after);
  const tally = new BehaviourTally({ examples, showValues });
  return {
    add: (payload) => {
      for (const { input, was, is } of messagesOf(payload))
        tally.add(messageChanges(input, was, is, reasons, definitions));
    },
    result: () => ({ rules, behaviour: tally.result() }),
  };
}

interface ComparedMessage {
  readonly input: string;
  readonly was: Outcome | undefined;
  readonly is: Outcome | undefined;
}

/** Side by side, so that a big file is never whole in memory; from the second message on they are numbered. */
function* messagesOf({ name, before, after }: ComparedPayload): Generator<ComparedMessage> {
  const [was, is] = [before[Symbol.iterator](), after[Symbol.iterator]()];
  for (let number = 1; ; number++) {
    const [from, to] = [was.next(), is.next()];
    if (from.done === true && to.done === true) return;
    const input = number === 1 ? name : `${name} message ${number}`;
    yield { input, was: from.done === true ? undefined : from.value, is: to.done === true ? undefined : to.value };
  }
}

function messageChanges(
  input: string,
  was: Outcome | undefined,
  is: Outcome | undefined,
  reasons: Reasons,
  definitions: Definitions,
): MessageChanges {
  const message = new MessageDiff(was, is, reasons);
  const findings = new Findings(was, is, message, reasons);
  const decidedBy = is?.report.decidedBy ?? was?.report.decidedBy;
  const disposition = {
    before: was?.disposition ?? ('no message' as const),
    after: is?.disposition ?? ('no message' as const),
    ...(decidedBy !== undefined && { decidedBy }),
  };
  return {
    input,
    elements: message.changes(definitions),
    issues: findings.issues(),
    residuals: findings.residuals(),
    ...(disposition.before !== disposition.after && { disposition }),
  };
}
