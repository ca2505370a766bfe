// What a difference is laid at the door of: something that two versions of a mapping do not have in common.

/** `none`: nothing that changed explains it; the name is then the rule that wrote the value. */
export type CauseChange = 'added' | 'removed' | 'changed' | 'none';

export interface Cause {
  /**
   * `PID[Patient]#birthDate`, `PID[Patient] identity`, `PID[Patient] ignore PID-2`, `code map administrative-sex row U`,
   * or a module. Without the package, so that two packages can be compared.
   */
  readonly name: string;
  readonly change: CauseChange;
}

/** Rule names as lineage has them, without the package: `hl7v2/PID[Patient]#name` is `PID[Patient]#name`. */
export const plainName = (name: string): string => name.slice(name.indexOf('/') + 1);

/** Causes by the name of the rule, module part or code map row that they stand for. */
export type Causes = ReadonlyMap<string, Cause>;
