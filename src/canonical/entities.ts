// Which resource types stand for a thing that lasts, so that two accounts of it in one message are one resource. All
// others (results, orders, reports) record an event: two that differ are two.

/** The types that are merged, with the choice elements of which a resource may hold one form only. */
const entities: Readonly<Record<string, readonly string[]>> = {
  Account: [],
  CareTeam: [],
  Coverage: [],
  Device: [],
  Encounter: [],
  Endpoint: [],
  EpisodeOfCare: [],
  Group: [],
  HealthcareService: [],
  Location: [],
  Medication: [],
  Organization: [],
  Patient: ['deceased', 'multipleBirth'],
  Person: [],
  Practitioner: [],
  PractitionerRole: [],
  RelatedPerson: [],
  Substance: [],
};

export const isEntity = (type: string): boolean => Object.hasOwn(entities, type);

/** The choice element (`deceased`) that the member `deceasedBoolean` of the type is a form of, if it is one. */
export const choiceOf = (type: string, member: string): string | undefined =>
  entities[type]?.find((choice) => member.startsWith(choice));
