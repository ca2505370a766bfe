// Why a module or package cannot stand: the place in the YAML, the reason and the mend.

export interface Refusal {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `module#rule` where one is concerned. */
  readonly rule?: string;
  readonly reason: string;
  readonly mend: string;
}

/** One line for a terminal: `pid.yaml:12:5 PID[Patient]#pid.sex: reason. Mend.` */
export const printRefusal = ({ file, line, column, rule, reason, mend }: Refusal): string =>
  `${file}:${line}:${column} ${rule === undefined ? '' : `${rule}: `}${reason} ${mend}`;
