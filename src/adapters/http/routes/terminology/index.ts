// The table of terminology operations. A new one is a file beside this, and a line here.
import type { Route, Services } from '../../route.js';
import { batchRoute } from './batch.js';
import { batchValidateCode } from './batch-validate-code.js';
import { closure } from './closure.js';
import { curateRoutes } from './curate.js';
import { valueSetCompare } from './compare.js';
import { valueSetExpand } from './expand.js';
import { codeSystemLookup } from './lookup.js';
import { searchRoutes } from './search.js';
import { operationRoutes, type TerminologyOperation } from './operation.js';
import { codeSystemSubsumes } from './subsumes.js';
import { conceptMapTranslate } from './translate.js';
import { codeSystemValidateCode, valueSetValidateCode } from './validate-code.js';
import { versions } from './versions.js';

export const terminologyOperations: readonly TerminologyOperation[] = [
  codeSystemLookup,
  codeSystemValidateCode,
  codeSystemSubsumes,
  valueSetExpand,
  valueSetValidateCode,
  batchValidateCode,
  valueSetCompare,
  conceptMapTranslate,
  closure,
  versions,
];

export const terminologyRoutes = (services: Services): readonly Route[] => [
  ...terminologyOperations.flatMap((operation) => operationRoutes(operation, services)),
  batchRoute(terminologyOperations, services),
  ...searchRoutes(services),
  ...curateRoutes(services),
];
