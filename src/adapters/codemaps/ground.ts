// What the codes of a feed's map may be: told by the elements that the map is for, and by the code systems that are here.
import type { Ground } from '../../governance/check-decisions.js';
import { bindingsOf } from '../../mappings/language/translated-elements.js';
import type { Definitions } from '../../model/definitions.js';
import type { Gateway } from '../../pipeline/gateway.js';
import type { CodeMap } from '../../terminology/code-map.js';
import { findSystem, type Content } from '../../terminology/content.js';

export interface GroundParts {
  readonly gateway: Gateway;
  readonly definitions: Definitions;
  readonly terminology: Content;
}

export function groundOf(feed: string, map: CodeMap, { gateway, definitions, terminology }: GroundParts): Ground {
  const required = bindingsOf(gateway.release(feed).program.package, map.name, definitions)
    .filter(({ strength }) => strength === 'required')
    .flatMap(({ valueSet }) => definitions.codes(valueSet) ?? []);
  return {
    map,
    allows: (code) => required.every((systems) => [...systems.values()].some((codes) => codes.has(code))),
    displayOf: (system, code) => displayIn(terminology, system, code),
  };
}

function displayIn(content: Content, system: string, code: string): string | undefined | false {
  const defined = findSystem(content, system)?.defined();
  const concept = defined?.find(code);
  if (concept !== undefined) return concept.display ?? '';
  return defined?.content === 'complete' ? false : undefined;
}
