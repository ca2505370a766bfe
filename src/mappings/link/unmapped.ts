// A code without a row in its map, noted so that a person can map it: whose code it is, and what the sender calls it.
import type { UnmappedCode } from '../../model/mapped.js';
import type { Place, SourcePath } from '../../model/source.js';
import { soleSource, type CodeMap } from '../../terminology/code-map.js';
import { codeSystemUriOf } from '../functions/code-system-uri.js';
import type { RuleLinking } from './deed.js';
import { link } from './environment.js';
import type { Run } from './run.js';

/** Notes the code at a place. */
export type NoteUnmapped = (run: Run, place: Place) => void;

/** HL7 v2 data types that hold a code with its text and coding system (ch. 2A: CE, CF, CNE, CWE). */
const coded: ReadonlySet<string> = new Set(['CE', 'CF', 'CNE', 'CWE']);

export function linkNoteUnmapped({ linking, reader }: RuleLinking, map: CodeMap): NoteUnmapped {
  const component = componentsOf(linking, reader.path);
  const own = soleSource(map);
  return (run, place) => {
    const code = run.message.text(place).trim();
    if (code === '') return;
    const [display, system] = [component(2, run, place), component(3, run, place)];
    run.unmapped.push({
      map: map.name,
      system: system === '' ? own : codeSystemUriOf(system, run.feed),
      code,
      ...(display !== '' && { display }),
      position: run.message.positionOf(place),
    } satisfies UnmappedCode);
  };
}

/** The text of a component of the value read, where its data type holds codes. */
function componentsOf(
  linking: RuleLinking['linking'],
  path: SourcePath | undefined,
): (number: 2 | 3, run: Run, place: Place) => string {
  const datatype = path?.datatype;
  if (datatype === undefined || !coded.has(datatype)) return () => '';
  const context = { kind: 'datatype', datatype } as const;
  const paths = { 2: link(linking, `${datatype}.2`, context), 3: link(linking, `${datatype}.3`, context) };
  return (number, run, place) => {
    const found = paths[number].first(run.message, place);
    return found === undefined ? '' : run.message.text(found).trim();
  };
}
