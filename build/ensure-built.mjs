// `npm ci` builds through `prepare`; where install scripts are off, the first `npm start` or `npm test` builds instead.
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

const built = ['dist/src/main.js', 'generated/manifest.json'].every((path) =>
  existsSync(new URL(`../${path}`, import.meta.url)),
);
if (!built) {
  const { status } = spawnSync('npm', ['run', 'build'], { stdio: 'inherit', cwd: new URL('..', import.meta.url) });
  process.exit(status ?? 1);
}
