// A parser beside ours: it parses a message and reads every value of it, as its users would. All of them, and ours, read in
// the same plain loop: how much of a callback is compiled into its caller is no property of a parser.
import type { Read } from '../reads.js';

export interface Reader {
  readonly name: string;
  /** Parses the text and reads the values in order. */
  readonly read: (text: string, reads: readonly Read[]) => readonly (string | number | undefined)[];
}

/** How many of the values came as they stand in the message, escapes resolved; a number counts by its text. */
export function faithful({ read }: Reader, text: string, reads: readonly Read[]): number {
  const values = read(text, reads);
  return reads.filter((each, index) => String(values[index]) === each.text).length;
}
