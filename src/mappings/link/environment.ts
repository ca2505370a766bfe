// What linking is given: the same values as compiling, less the definitions.
import type { CodeMap } from '../../terminology/code-map.js';
import type { SourceContext, SourceDescription, SourcePath } from '../../model/source.js';
import { isRefusal } from '../../model/source.js';
import { GatewayError } from '../../model/error.js';
import type { MappingFunction } from '../functions/function.js';
import type { IrModule } from '../language/ir.js';
import type { IdentityKey } from '../../model/mapped.js';
import type { Place } from '../../model/source.js';
import type { Frame, Run } from './run.js';

export interface LinkEnvironment {
  readonly description: SourceDescription;
  readonly functions: ReadonlyMap<string, MappingFunction>;
  readonly codeMaps: ReadonlyMap<string, CodeMap>;
}

/** Where a rule is being linked: its module, what its paths start at, and how to reach other modules. */
export interface Linking {
  readonly environment: LinkEnvironment;
  readonly module: IrModule;
  readonly context: SourceContext;
  /** `package/module`. */
  readonly name: string;
  /** The program of another module, linked when first run. */
  program(module: string): ModuleProgram;
}

export interface ModuleProgram {
  readonly module: IrModule;
  /** Runs the module's rules on a place, writing into the frame's element. */
  run(run: Run, at: Place, frame: Frame): void;
  readonly identity: Identity;
}

/** What identifies the resources of a module. */
export interface Identity {
  /** The key of what is built from a place; undefined: nothing but its place identifies it. */
  of(run: Run, at: Place): IdentityKey | undefined;
}

/** Another module, whose program is found when first run: modules may lead to each other. */
export class ModuleReference {
  readonly #linking: Linking;
  readonly #name: string;
  #program: ModuleProgram | undefined;

  constructor(linking: Linking, name: string) {
    this.#program = undefined;
    this.#linking = linking;
    this.#name = name;
  }

  get program(): ModuleProgram {
    return (this.#program ??= this.#linking.program(this.#name));
  }
}

/** Compiles a path the compiler has accepted; a refusal now means that the dictionary is another one. */
export function link(linking: Linking, text: string, context: SourceContext = linking.context): SourcePath {
  const path = linking.environment.description.path(text, context);
  if (isRefusal(path)) throw new GatewayError('incorrect', `${linking.name}: ${text}: ${path.reason}`);
  return path;
}
