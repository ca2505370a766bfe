// The inspections by type. A new one is a file here and a line in the table.
import { attachment } from './attachment.js';
import { bundle } from './bundle.js';
import { capabilityStatement } from './capability-statement.js';
import { conceptMap } from './concept-map.js';
import { containment } from './containment.js';
import { extension } from './extension.js';
import { identifier } from './identifier.js';
import { identifiers } from './identifiers.js';
import type { Inspection } from './inspection.js';
import { markupInText } from './markup-in-text.js';
import { measureReport } from './measure-report.js';
import { narrative } from './narrative.js';
import { questionnaire } from './questionnaire/conditions.js';
import { questionnaireResponse } from './questionnaire/response.js';
import { reference } from './reference.js';
import { searchParameter } from './search-parameter.js';
import { structureDefinition } from './structure-definition.js';
import { valueSet } from './value-set.js';
import { codeSystem } from './code-system.js';
import { coding, quantity } from './coding.js';

export const inspections: Readonly<Record<string, Inspection>> = {
  Attachment: attachment,
  Bundle: bundle,
  CapabilityStatement: capabilityStatement,
  CodeSystem: codeSystem,
  Coding: coding,
  ConceptMap: conceptMap,
  Extension: extension,
  Identifier: identifier,
  MeasureReport: measureReport,
  Narrative: narrative,
  Quantity: quantity,
  Questionnaire: questionnaire,
  QuestionnaireResponse: questionnaireResponse,
  Reference: reference,
  SearchParameter: searchParameter,
  StructureDefinition: structureDefinition,
  ValueSet: valueSet,
  markdown: markupInText,
  string: markupInText,
};

/** Of every resource. */
export const resourceInspections: readonly Inspection[] = [containment, identifiers];
