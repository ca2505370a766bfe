// Names of coding systems (HL7 table 0396) and the URIs that stand for them.

const uris: ReadonlyMap<string, string> = new Map([
  ['LN', 'http://loinc.org'],
  ['LOINC', 'http://loinc.org'],
  ['SCT', 'http://snomed.info/sct'],
  ['SNM', 'http://snomed.info/sct'],
  ['SNOMED-CT', 'http://snomed.info/sct'],
  ['2.16.840.1.113883.6.1', 'http://loinc.org'],
  ['2.16.840.1.113883.6.96', 'http://snomed.info/sct'],
  ['UCUM', 'http://unitsofmeasure.org'],
  ['CVX', 'http://hl7.org/fhir/sid/cvx'],
  ['MVX', 'http://terminology.hl7.org/CodeSystem/MVX'],
  ['NDC', 'http://hl7.org/fhir/sid/ndc'],
  ['I9C', 'http://hl7.org/fhir/sid/icd-9-cm'],
  ['I9CDX', 'http://hl7.org/fhir/sid/icd-9-cm'],
  ['I10', 'http://hl7.org/fhir/sid/icd-10'],
  ['I10C', 'http://hl7.org/fhir/sid/icd-10-cm'],
  ['C4', 'http://www.ama-assn.org/go/cpt'],
  ['CPT4', 'http://www.ama-assn.org/go/cpt'],
  ['CDCREC', 'urn:oid:2.16.840.1.113883.6.238'],
  ['ISO3166_1', 'urn:iso:std:iso:3166'],
  ['RXNORM', 'http://www.nlm.nih.gov/research/umls/rxnorm'],
]);

export const codingSystemUri = (name: string): string | undefined => uris.get(name.toUpperCase());
