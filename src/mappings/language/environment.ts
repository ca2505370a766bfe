// What the compiler is given: dictionaries, definitions, functions and code maps, all as values.
import type { Definitions } from '../../model/definitions.js';
import type { SourceDescription } from '../../model/source.js';
import type { CodeMap } from '../../terminology/code-map.js';
import type { MappingFunction } from '../functions/function.js';
import type { FileSyntax } from './syntax.js';

export interface CompileEnvironment {
  describe(format: 'hl7v2' | 'json' | 'csv', files: Readonly<Record<string, FileSyntax>>): SourceDescription;
  readonly definitions: Definitions;
  readonly functions: ReadonlyMap<string, MappingFunction>;
  /** By name. */
  readonly codeMaps: ReadonlyMap<string, CodeMap>;
  /** HL7 table 0125: the value types a switch over OBX-2 has to handle. */
  readonly valueTypes: readonly string[];
}
