// concord terminology import: a release as its publisher ships it -> an edition. A source is one file in import/.
import { Command } from 'commander';
import { cvxCommand } from './import/cvx.js';
import { icd10cmCommand } from './import/icd10cm.js';
import { loincCommand } from './import/loinc.js';
import { ndcCommand } from './import/ndc.js';
import { packageCommand } from './import/package.js';
import { rxnormCommand } from './import/rxnorm.js';
import { snomedCommand } from './import/snomed.js';

export const terminologyImportCommand = (): Command =>
  new Command('import')
    .summary('import a release of a code system, or a FHIR package')
    .addCommand(cvxCommand())
    .addCommand(icd10cmCommand())
    .addCommand(loincCommand())
    .addCommand(ndcCommand())
    .addCommand(packageCommand())
    .addCommand(rxnormCommand())
    .addCommand(snomedCommand());
