// A progress meter on standard error, where that is a terminal.

export interface Meter {
  files(done: number): void;
  messages(more: number): void;
  clear(): void;
}

const silent: Meter = { files: () => undefined, messages: () => undefined, clear: () => undefined };

const width = 24;
const redrawMilliseconds = 80;

/** A meter of this many files; a silent one where there is nobody to look at it. */
export function meter(total: number, quiet: boolean): Meter {
  if (quiet || !process.stderr.isTTY) return silent;
  const start = Date.now();
  let [done, messages, drawn] = [0, 0, 0];
  const draw = () => {
    if (Date.now() - drawn < redrawMilliseconds) return;
    drawn = Date.now();
    process.stderr.write(`\r${line(done, total, messages, (drawn - start) / 1000)}\u001b[K`);
  };
  return {
    files: (n) => {
      done = n;
      draw();
    },
    messages: (more) => {
      messages += more;
      draw();
    },
    clear: () => void process.stderr.write('\r\u001b[K'),
  };
}

function line(done: number, total: number, messages: number, seconds: number): string {
  const filled = total === 0 ? width : Math.round((done / total) * width);
  const rate = seconds === 0 ? 0 : Math.round(messages / seconds);
  const bar = '#'.repeat(filled) + '-'.repeat(width - filled);
  return `[${bar}] ${done}/${total} files  ${messages} messages  ${rate}/s`;
}
