// What can be known of another process by its id.
import { readFileSync } from 'node:fs';

/** True for a process that exists, whoever owns it. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export interface ProcessStanding {
  readonly command: string;
  /** Ended, but not yet waited for by its parent. */
  readonly zombie: boolean;
  /** In clock ticks since boot: with the id it names a process once and for all. */
  readonly startedAt: string;
}

/** From /proc/<pid>/stat (proc(5)); undefined where there is no such process, or no /proc. */
export function standing(pid: number): ProcessStanding | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = text.lastIndexOf(')');
    const fields = text.slice(end + 2).split(' ');
    return {
      command: text.slice(text.indexOf('(') + 1, end),
      zombie: fields[0] === 'Z',
      startedAt: fields[19] ?? '',
    };
  } catch {
    return undefined;
  }
}
