#!/usr/bin/env node
// The command line. A new command is a file beside this, and a line here.
import { Command } from 'commander';
import { fail } from '../adapters/exit.js';
import { version } from '../adapters/installation.js';
import { steadyEngine } from '../adapters/steady-engine.js';
import { codemapCommand } from './codemap.js';
import { contractCommand } from './contract.js';
import { dictionaryCommand } from './dictionary.js';
import { mapCommand } from './map.js';
import { normalizeCommand } from './normalize.js';
import { reconciliationCommand } from './reconciliation.js';
import { serveCommand } from './serve.js';
import { terminologyCommand } from './terminology.js';
import { validateCommand } from './validate.js';

const program = new Command('concord')
  .description('FHIR canonical translation gateway: HL7 v2, vendor JSON and CSV in, provenance-stamped FHIR R4 out.')
  .version(version)
  // What stands behind a command is its own, also where one of its options goes by the same name.
  .enablePositionalOptions()
  .addCommand(serveCommand())
  .addCommand(normalizeCommand())
  .addCommand(mapCommand())
  .addCommand(codemapCommand())
  .addCommand(contractCommand())
  .addCommand(dictionaryCommand())
  .addCommand(reconciliationCommand())
  .addCommand(validateCommand())
  .addCommand(terminologyCommand());

steadyEngine();
await program.parseAsync().catch(fail);
