// What a source code may mean: evidence for targets, weighed and put in order, each with its reasons in words.
import type { DecidedTarget } from '../concept-maps/decisions.js';
import type { Candidate, NameMatch } from './name-index.js';

/** What speaks for a target, or against it. */
export type Evidence = { readonly target: DecidedTarget } & (
  | { readonly kind: 'name'; readonly likeness: number; readonly said: string; readonly name: string }
  | { readonly kind: 'same-code'; readonly sameSystem: boolean }
  /** A code of an active concept of the dictionary: what the organization writes it by. */
  | { readonly kind: 'dictionary'; readonly concept: string }
  /** A row for the same code in another map. */
  | { readonly kind: 'elsewhere'; readonly map: string; readonly sameSystem: boolean }
  /** What people decided on the same code or name before. */
  | { readonly kind: 'decision'; readonly feed: string; readonly about: 'code' | 'name'; readonly accepted: boolean }
);

export interface Suggestion {
  readonly target: DecidedTarget;
  /** 0 to 1: how much speaks for it. */
  readonly score: number;
  readonly reasons: readonly string[];
}

/** How much one piece of evidence is worth by itself. */
function weightOf(evidence: Evidence): number {
  switch (evidence.kind) {
    case 'name':
      return 0.95 * evidence.likeness;
    case 'same-code':
      return evidence.sameSystem ? 1 : 0.6;
    case 'dictionary':
      return 0.4;
    case 'elsewhere':
      return evidence.sameSystem ? 0.8 : 0.5;
    case 'decision':
      return evidence.about === 'code' ? 0.6 : 0.7;
  }
}

function reasonOf(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'name':
      return `"${evidence.said}" is like "${evidence.name}"`;
    case 'same-code':
      return evidence.sameSystem ? 'it is a code of the target system itself' : 'it has the same code';
    case 'dictionary':
      return `in the dictionary as ${evidence.concept}`;
    case 'elsewhere':
      return `${evidence.map} translates the same code so`;
    case 'decision':
      return `${evidence.accepted ? 'approved' : 'turned down'} for the same ${evidence.about} on feed ${evidence.feed}`;
  }
}

/** What several people or maps say of the same is one voice: the strongest of each kind counts. */
const voiceOf = ({ kind }: Evidence): string => (kind === 'elsewhere' || kind === 'decision' ? 'people' : kind);

const isAgainst = (evidence: Evidence): boolean => evidence.kind === 'decision' && !evidence.accepted;

/** The targets that the evidence speaks for, those first for which most does; at most so many. */
export function suggest(evidence: readonly Evidence[], most: number): readonly Suggestion[] {
  const byTarget = new Map<string, Evidence[]>();
  for (const each of evidence) {
    const key = `${each.target.system}|${each.target.code}`;
    const known = byTarget.get(key);
    if (known === undefined) byTarget.set(key, [each]);
    else known.push(each);
  }
  return [...byTarget.values()]
    .map(suggestionOf)
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score || (a.target.code < b.target.code ? -1 : 1))
    .slice(0, most);
}

/** What less speaks for than this is noise. */
const least = 0.2;

function suggestionOf(evidence: readonly Evidence[]): Suggestion {
  const voices = new Map<string, number>();
  for (const each of evidence.filter((one) => !isAgainst(one)))
    voices.set(voiceOf(each), Math.max(voices.get(voiceOf(each)) ?? 0, weightOf(each)));
  // Independent voices: what one leaves open, the next may settle.
  const open = [...voices.values()].reduce((left, weight) => left * (1 - weight), 1);
  const against = evidence.some(isAgainst) ? 0.5 : 1;
  const named = evidence.find(({ target }) => target.display !== undefined) ?? evidence[0]!;
  const score = Math.round((1 - open) * against * 100) / 100;
  return { target: named.target, score, reasons: [...new Set(evidence.map(reasonOf))] };
}

export const targetOf = ({ system, code, names: [display], isNamedElsewhere }: Candidate): DecidedTarget => ({
  system,
  code,
  ...(display !== undefined && isNamedElsewhere !== true && { display }),
});

export const nameEvidence = (said: string, { candidate, likeness, name }: NameMatch): Evidence => ({
  ...{ kind: 'name', target: targetOf(candidate), likeness, said, name },
});
