// What is measured: a piece of work that handles one message each time it runs.

export interface Subject {
  /** Unique in a run: `ORU map with lineage`. */
  readonly name: string;
  /** Handles one message; what it returns is thrown away. */
  readonly run: () => unknown;
  /** How many runs are a turn, where messages follow one another: they differ, and a part of them is another figure. Absent: 1. */
  readonly turn?: number;
}
