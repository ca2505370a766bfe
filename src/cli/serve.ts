// concord serve: the gateway, until a signal stops it.
import { Command } from 'commander';

export const serveCommand = (): Command =>
  new Command('serve')
    .summary('run the gateway')
    .description(
      'Runs the gateway. Settings come from the environment (PORT, HOST, DATA_DIR, DATABASE_URL, BASE_URL, LOG_LEVEL,\n' +
        'NODE_ENV), or from concord.yaml in the current folder, or from the file that --config names.',
    )
    .option('--config <file>', 'settings as YAML; the environment wins over them')
    .action(async ({ config }: { config?: string }) => {
      // Loaded when it runs: the other commands need no server.
      const { serve } = await import('../main.js');
      await serve(config === undefined ? process.env : { ...process.env, CONCORD_CONFIG: config });
    });
