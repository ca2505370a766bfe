// JSON as the mapping compiler sees it: pointers are checked for their form; there is no dictionary to check names by.
import type {
  PathRefusal,
  Place,
  SourceContext,
  SourceDescription,
  SourceMessage,
  SourcePath,
} from '../../model/source.js';
import type { JsonNode } from './node.js';
import { ancestor, compileWalk, parsePointer, type Pointer } from './pointer.js';

type Starting = (message: SourceMessage, at: Place) => JsonNode | undefined;

function starting({ from, up }: Pointer): Starting {
  if (from === 'top') return (message) => message.root as JsonNode;
  if (up === 0) return (_, at) => at as JsonNode;
  return (message, at) => ancestor(at as JsonNode, up, message.root as JsonNode);
}

function compiled(text: string, pointer: Pointer): SourcePath {
  const start = starting(pointer);
  const walk = compileWalk(pointer.tokens);
  return {
    text,
    datatype: undefined,
    repeats: pointer.tokens.includes('*'),
    all(message, at) {
      const found: JsonNode[] = [];
      const from = start(message, at);
      if (from) walk(from, (node) => found.push(node) === 0);
      return found;
    },
    first(message, at) {
      let found: JsonNode | undefined;
      const from = start(message, at);
      if (from) walk(from, (node) => (found = node) !== undefined);
      return found;
    },
  };
}

function path(text: string): SourcePath | PathRefusal {
  const pointer = parsePointer(text);
  if (typeof pointer !== 'string') return compiled(text, pointer);
  return {
    reason: `"${text}" is no JSON source path: ${pointer}`,
    mend: 'Write /Member/Member, #/From/The/Top, 1/OneLevelUp or .',
  };
}

/** The description of JSON sources: any well-formed pointer compiles; see `pointer.ts` for what each form selects. */
export function describeJson(): SourceDescription {
  return {
    format: 'json',
    path: (text) => path(text),
    within: (to): SourceContext => ({ kind: 'object', name: to.text }),
  };
}
