// Which values are read, in the words every reader understands: the segment by its place in the message, then the numbers
// of field, repetition, component and subcomponent.
import type { ResourceLineage } from '../src/pipeline/outcome.js';
import { segmentTrees, type Repetition } from './peers/message-tree.js';

export interface Read {
  /** Place of the segment in the message, from 0. */
  readonly segment: number;
  readonly name: string;
  readonly field: number;
  /** These count from 1, as HL7 v2 does. */
  readonly repetition: number;
  readonly component: number;
  readonly subcomponent: number;
  /** What stands there. */
  readonly text: string;
}

/** Every value of a message: each populated subcomponent, once. MSH-1 and MSH-2 are no values. */
export const allReads = (text: string): Read[] =>
  segmentTrees(text).flatMap(({ name, tree }, segment) =>
    Object.entries(tree).flatMap(([key, field]) => {
      const number = Number(key.slice(1));
      const repetitions = Array.isArray(field) ? (field as readonly Repetition[]) : [field as Repetition];
      const isDelimiters = name === 'MSH' && number === 2;
      return isDelimiters ? [] : repetitions.flatMap((each, index) => readsOf(each, segment, name, number, index + 1));
    }),
  );

function readsOf(values: Repetition, segment: number, name: string, field: number, repetition: number): Read[] {
  const { text: _, ...parts } = values;
  return Object.entries(parts).map(([key, text]) => {
    const [component = 1, subcomponent = 1] = key.slice(1).split('_').map(Number);
    return { segment, name, field, repetition, component, subcomponent, text };
  });
}

const positionSyntax = /^([A-Z0-9]{3})(?:\[(\d+)\])?-(\d+)(?:\[(\d+)\])?(?:\.(\d+))?(?:\.(\d+))?$/;

/** The reads a mapping made of a message, by its lineage: one for every source place of every leaf it wrote. */
export function mappedReads(text: string, lineage: readonly ResourceLineage[]): Read[] {
  const values = new Map(allReads(text).map((read) => [keyOf(read), read]));
  const segments = segmentTrees(text).map(({ name }, segment) => ({ name, segment }));
  const find = (path: string): Read | undefined => {
    const [, name = '', ordinal = '1', ...numbers] = positionSyntax.exec(path) ?? [];
    const segment = segments.filter((each) => each.name === name)[Number(ordinal) - 1]?.segment ?? -1;
    const [field = 0, repetition = 1, component = 1, subcomponent = 1] = numbers.map((each) => Number(each ?? 1));
    return values.get(keyOf({ segment, field, repetition, component, subcomponent }));
  };
  const places = lineage.flatMap(({ leaves }) => leaves.flatMap(({ from }) => from));
  return places.flatMap(({ path }) => find(path) ?? []);
}

const keyOf = ({ segment, field, repetition, component, subcomponent }: Omit<Read, 'name' | 'text'>): string =>
  [segment, field, repetition, component, subcomponent].join(' ');
