// What the installed code systems say of the codings of a message: codes that are no longer in use are told of, with what
// takes their place; displays become those of their system where the feed asks for it. A code is never changed.
import type { IdentifiedResource } from '../../canonical/identity.js';
import { leafCounts } from '../../canonical/leaf-counts.js';
import type { Feed } from '../../model/feed.js';
import { issue, type Issue } from '../../model/issue.js';
import { isList, isObject, type JsonObject, type JsonValue } from '../../model/json.js';
import type { Conversion, LeafLineage } from '../../model/lineage.js';
import type { CodingState, CodingStates } from '../../terminology/coding-state.js';
import { locate } from '../locate.js';
import { conceptOf, eachCoding, pathOf } from './find.js';

export interface ToldCodings {
  readonly resources: readonly IdentifiedResource[];
  readonly issues: readonly Issue[];
}

export type Codings = (resources: readonly IdentifiedResource[]) => ToldCodings;

/** Nothing is installed to ask. */
export const untoldCodings: Codings = (resources) => ({ resources, issues: [] });

export function compileCodings(states: CodingStates, displays: Feed['displays']): Codings {
  return (all) => {
    const issues: Issue[] = [];
    const resources = all.map((resource) => {
      const notes = notesOf(resource.content, states, displays);
      if (notes.length === 0) return resource;
      const told = withNotes(resource, notes);
      issues.push(
        ...locate(
          notes.flatMap((note) => inactiveIssue(note, resource.type)),
          told,
        ),
      );
      return told;
    });
    return { resources, issues };
  };
}

interface FoundCoding {
  readonly coding: JsonObject;
  /** `code.coding[0]`. */
  readonly path: string;
  /** Absent for a coding of its own. */
  readonly concept: ReturnType<typeof conceptOf>;
}

/** What is to be said of one coding. */
interface Note {
  readonly found: FoundCoding;
  readonly state: CodingState;
  readonly display: string | undefined;
}

function notesOf(content: JsonObject, states: CodingStates, displays: Feed['displays']): Note[] {
  const notes: Note[] = [];
  eachCoding(content, (coding, steps, holders) => {
    const { system, code, version } = coding as { system: string; code: string; version?: string };
    const state = states(system, code, version);
    if (state === undefined || (!state.isInactive && isKept(coding, state, displays))) return;
    const found = { coding, path: pathOf(steps), concept: conceptOf(steps, holders) };
    const display = newDisplay(found, state, displays);
    if (state.isInactive || display !== undefined) notes.push({ found, state, display });
  });
  return notes;
}

const isKept = ({ display }: JsonObject, state: CodingState, displays: Feed['displays']): boolean =>
  displays === undefined || displays === 'keep' || display === state.display;

/** A display outside of a CodeableConcept has nowhere to stay beside the new one: it is kept. */
function newDisplay(
  { coding, concept }: FoundCoding,
  state: CodingState,
  displays: Feed['displays'],
): string | undefined {
  const { display } = coding;
  if (displays === undefined || displays === 'keep' || state.display === undefined) return undefined;
  if (typeof display !== 'string') return state.display;
  return displays === 'replace' && concept !== undefined && display !== state.display ? state.display : undefined;
}

const inactiveIssue = ({ found: { path }, state }: Note, type: string): Issue[] =>
  state.isInactive
    ? [
        issue(
          state.replacements.length > 0 ? 'terminology.code-replaced' : 'terminology.code-inactive',
          { system: state.system },
          { expression: `${type}.${path}` },
        ),
      ]
    : [];

function withNotes(resource: IdentifiedResource, notes: readonly Note[]): IdentifiedResource {
  const displayed = notes.filter(({ display }) => display !== undefined);
  if (displayed.length === 0) return { ...resource, lineage: () => notedLineage(resource.lineage(), notes) };
  const leaves = notedLineage(resource.lineage(), notes);
  const content = withDisplays(resource.content, displayed);
  return { ...resource, content, lineage: () => leaves, counts: leafCounts(leaves) };
}

/** A copy of what holds the codings; all else is shared. */
function withDisplays(content: JsonObject, notes: readonly Note[]): JsonObject {
  const codings = new Map(notes.map(({ found, display }) => [found.coding, display!]));
  const concepts = new Map(notes.flatMap(({ found: { coding, concept } }) => textFor(coding, concept)));
  const copied = (value: JsonValue): JsonValue => {
    if (isList(value)) return value.map(copied);
    if (!isObject(value)) return value;
    const copy: Record<string, JsonValue | undefined> = {};
    for (const key of Object.keys(value)) copy[key] = value[key] === undefined ? undefined : copied(value[key]);
    const [display, text] = [codings.get(value), concepts.get(value)];
    return { ...copy, ...(display !== undefined && { display }), ...(text !== undefined && { text }) };
  };
  return copied(content) as JsonObject;
}

/** The sender's words, where they would be gone (http://hl7.org/fhir/R4/datatypes-definitions.html#CodeableConcept.text). */
const textFor = (coding: JsonObject, concept: FoundCoding['concept']): (readonly [JsonObject, string])[] =>
  concept !== undefined && typeof coding['display'] === 'string' && concept.value['text'] === undefined
    ? [[concept.value, coding['display']]]
    : [];

function notedLineage(leaves: readonly LeafLineage[], notes: readonly Note[]): LeafLineage[] {
  const conversions = new Map<string, Conversion>();
  const added: LeafLineage[] = [];
  for (const note of notes) {
    const { found, state, display } = note;
    if (state.isInactive) conversions.set(`${found.path}.code`, inactiveConversion(state));
    if (display === undefined) continue;
    const conversion: Conversion = { kind: 'translate', by: state.system, because: 'display of the code system' };
    conversions.set(`${found.path}.display`, conversion);
    added.push(...newLeaves(leaves, note, conversion));
  }
  const converted = leaves.map((leaf) => {
    const conversion = conversions.get(leaf.element);
    return conversion === undefined ? leaf : { ...leaf, conversions: [...(leaf.conversions ?? []), conversion] };
  });
  return [...converted, ...added];
}

const inactiveConversion = ({ system, replacements }: CodingState): Conversion => ({
  kind: 'translate',
  by: system,
  because: replacements.length === 0 ? 'inactive' : `inactive; ${replacements.join(', ')} took its place`,
});

/** A display that nobody sent comes from the code; a text that was the display has its leaf. */
function newLeaves(leaves: readonly LeafLineage[], { found }: Note, conversion: Conversion): LeafLineage[] {
  const of = (member: string) => leaves.find(({ element }) => element === `${found.path}.${member}`);
  const [code, display] = [of('code'), of('display')];
  const made =
    display === undefined && code !== undefined
      ? [{ ...code, element: `${found.path}.display`, conversions: [conversion] }]
      : [];
  const { concept, coding } = found;
  const moved =
    display !== undefined && concept !== undefined && textFor(coding, concept).length > 0
      ? [{ ...display, element: `${concept.path}.text` }]
      : [];
  return [...made, ...moved];
}
