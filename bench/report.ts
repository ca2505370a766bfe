// One table for people, one object for machines.
import { cpus } from 'node:os';
import type { Ratio } from './comparisons.js';
import type { Thresholds } from './thresholds.js';
import { best, median, type Figures, type Schedule } from './windows.js';

export interface Measured {
  readonly figures: Figures;
  readonly ratios: readonly Ratio[];
  readonly thresholds: Thresholds;
  readonly schedule: Schedule;
  /** What the samples are, and how faithfully each peer reads them. */
  readonly notes: readonly string[];
}

const machine = () => ({ node: process.version, flags: process.execArgv.join(' '), cpu: cpus()[0]?.model ?? '' });

export function toJson({ figures, ratios, thresholds, schedule, notes }: Measured): string {
  const subjects = [...figures].map(([name, each]) => ({
    name,
    best: best(each),
    median: median(each),
    windows: each,
  }));
  return JSON.stringify({ ...machine(), schedule, notes, subjects, ratios, thresholds }, undefined, 2);
}

export function toText({ figures, ratios, thresholds, schedule, notes }: Measured): string {
  const { node, flags, cpu } = machine();
  const heading = `${cpu}, Node ${node} ${flags}; ${schedule.rounds} rounds of ${schedule.windowMs} ms CPU each`;
  const speeds = [...figures].map(([name, each]) => [
    name,
    whole(best(each)),
    whole(median(each)),
    (1e6 / best(each)).toFixed(1),
  ]);
  const pairs = ratios.map(({ key, ours, theirs, median: middle, least, most }) => [
    key.startsWith('by the ') ? key : `${ours} / ${theirs}`,
    `${middle.toFixed(2)}x`,
    `${least.toFixed(2)} to ${most.toFixed(2)}`,
    thresholds[key] === undefined ? '' : `${thresholds[key]}x`,
  ]);
  return [
    heading,
    ...notes,
    '',
    table(['messages per CPU second', 'best', 'median', 'µs at best'], speeds),
    '',
    table(['ratio, round by round', 'median', 'range', 'floor'], pairs),
    '',
  ].join('\n');
}

const whole = (figure: number): string => Math.round(figure).toLocaleString('en');

/** The first column reads from the left, numbers from the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ');
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
