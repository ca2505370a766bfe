// concord map: what interface engineers do with mapping packages.
import { Command } from 'commander';
import { checkCommand } from './map/check.js';
import { diffCommand } from './map/diff.js';
import { explainCommand } from './map/explain.js';
import { testCommand } from './map/golden.js';

export const mapCommand = (): Command =>
  new Command('map')
    .summary('check, test, explain and compare mapping packages')
    .addCommand(checkCommand())
    .addCommand(testCommand())
    .addCommand(explainCommand())
    .addCommand(diffCommand());
