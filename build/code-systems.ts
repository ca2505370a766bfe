// Code systems in compact form: code and display, nothing else.
import type { CodeSystem, CodeSystemConcept } from 'fhir/r4.js';
import type { CompactCodeSystem } from '../src/terminology/systems/code-system.js';
import type { Terminology } from './fhir-terminology.js';

const flatten = (concepts: readonly CodeSystemConcept[] = []): readonly CodeSystemConcept[] =>
  concepts.flatMap((concept) => [concept, ...flatten(concept.concept)]);

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Code -> display, the first occurrence of a code counting. */
function displaysOf(codeSystem: CodeSystem, into = new Map<string, string>()): Map<string, string> {
  for (const { code, display } of flatten(codeSystem.concept))
    if (!into.has(code)) into.set(code, oneLine(display ?? ''));
  return into;
}

/** Systems whose concepts say something about membership: neither supplements nor mere examples. */
const isContent = ({ content }: CodeSystem): boolean => content === 'complete' || content === 'fragment';

/**
 * @param older the same system in an older publication: its codes remain valid in data written by it.
 */
function compact(codeSystem: CodeSystem, older: CodeSystem | undefined): CompactCodeSystem {
  const displays = displaysOf(codeSystem);
  if (older !== undefined) displaysOf(older, displays);
  return {
    ...(codeSystem.version !== undefined && { version: codeSystem.version }),
    content: codeSystem.content,
    caseSensitive: codeSystem.caseSensitive ?? true,
    concepts: [...displays].map(([code, display]) => `${code}\t${display}`).join('\n'),
  };
}

/** The code systems of both publications, sorted by URL; the newer one's displays win. */
export function compactCodeSystems(older: Terminology, newer: Terminology): Record<string, CompactCodeSystem> {
  const all = new Map([...older.codeSystems, ...newer.codeSystems]);
  const systems = [...all.values()].filter(isContent).sort((a, b) => ((a.url ?? '') < (b.url ?? '') ? -1 : 1));
  return Object.fromEntries(
    systems.map((system) => [system.url ?? '', compact(system, older.codeSystems.get(system.url ?? ''))]),
  );
}
