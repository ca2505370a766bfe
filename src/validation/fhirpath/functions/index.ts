// The functions of the language, by name. A new one is an entry in its group's file, a new group a line here.
import type { FunctionDefinition } from '../closure.js';
import { conversion } from './conversion.js';
import { existence } from './existence.js';
import { fhir } from './fhir.js';
import { filtering } from './filtering.js';
import { mathematics } from './mathematics.js';
import { strings } from './strings.js';
import { subsetting } from './subsetting.js';
import { utility } from './utility.js';

export const functions: ReadonlyMap<string, FunctionDefinition> = new Map(
  [existence, filtering, subsetting, strings, mathematics, conversion, fhir, utility].flatMap((group) =>
    Object.entries(group),
  ),
);
