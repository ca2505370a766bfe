// Compares settings of the V8 heap on the whole way of a message: each in a process of its own, turn by turn, with no
// collection forced, as in production.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { best, median, type Schedule } from './windows.js';

const steady = '--no-allocation-site-pretenuring';

const settings: readonly (readonly string[])[] = [
  [],
  ['--max-semi-space-size=64'],
  ['--single-threaded-gc'],
  [steady],
  [steady, '--max-semi-space-size=32'],
  [steady, '--max-semi-space-size=64'],
  [steady, '--no-parallel-scavenge'],
  [steady, '--no-parallel-scavenge', '--max-semi-space-size=32'],
  [steady, '--no-parallel-scavenge', '--max-semi-space-size=64'],
  [steady, '--single-threaded-gc', '--max-semi-space-size=64'],
];

/** What one process tells of itself. */
export interface SteadyRun {
  readonly perCpuSecond: number;
  readonly perSecond: number;
  /** Highest resident memory, in MB. */
  readonly memory: number;
}

const program = fileURLToPath(new URL('./steady.js', import.meta.url));

const runOnce = (flags: readonly string[]): SteadyRun =>
  JSON.parse(execFileSync(process.execPath, [...flags, program], { encoding: 'utf8' })) as SteadyRun;

export function compareHeaps({ rounds, json }: Pick<Schedule, 'rounds'> & { readonly json: boolean }): void {
  const runs = new Map(settings.map((flags) => [flags, [] as SteadyRun[]]));
  for (let round = 0; round < rounds; round++) for (const flags of settings) runs.get(flags)?.push(runOnce(flags));
  const lines = [...runs].map(([flags, each]) => ({
    flags: flags.join(' ') || 'defaults',
    best: best(each.map(({ perCpuSecond }) => perCpuSecond)),
    median: median(each.map(({ perCpuSecond }) => perCpuSecond)),
    perSecond: best(each.map(({ perSecond }) => perSecond)),
    memory: median(each.map(({ memory }) => memory)),
  }));
  process.stdout.write(json ? `${JSON.stringify(lines, undefined, 2)}\n` : lines.map(lineOf).join(''));
}

const lineOf = (line: { flags: string; best: number; median: number; perSecond: number; memory: number }): string =>
  `${line.flags.padEnd(48)} ${whole(line.best)} best, ${whole(line.median)} median per CPU second; ` +
  `${whole(line.perSecond)} per second; ${whole(line.memory)} MB\n`;

const whole = (figure: number): string => Math.round(figure).toString().padStart(5);
