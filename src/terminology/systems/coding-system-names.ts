// Names of coding systems in HL7 v2 messages (table 0396; HL7 v2.5.1 ch. 2A, CWE.3) and the URIs that stand for them in
// FHIR (http://hl7.org/fhir/R4/terminologies-systems.html; elsewhere the preferred URI of HL7 Terminology's NamingSystem).

/** URI, then the names that mean it: those of table 0396, other names in wide use, OIDs. */
const rows: readonly (readonly [uri: string, ...names: readonly string[]])[] = [
  // Clinical terminologies
  ['http://loinc.org', 'LN', 'LOINC', '2.16.840.1.113883.6.1'],
  ['http://snomed.info/sct', 'SCT', 'SNOMED-CT', 'SNOMEDCT', 'SNOMED CT', '2.16.840.1.113883.6.96'],
  ['http://unitsofmeasure.org', 'UCUM', '2.16.840.1.113883.6.8'],
  ['http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl', 'NCIT', '2.16.840.1.113883.3.26.1.1'],
  ['http://dicom.nema.org/resources/ontology/DCM', 'DCM', '1.2.840.10008.2.16.4'],
  ['urn:iso:std:iso:11073:10101', 'MDC', '2.16.840.1.113883.6.24'],
  ['https://www.meddra.org', 'MEDR', '2.16.840.1.113883.6.163'],
  ['http://www.nanda.org/', 'NDA', '2.16.840.1.113883.6.20'],
  ['https://nursing.uiowa.edu/cncce/nursing-interventions-classification-overview', 'NIC', '2.16.840.1.113883.6.15'],
  // Classifications and procedures
  ['http://hl7.org/fhir/sid/icd-10', 'I10', 'ICD10', 'ICD-10', '2.16.840.1.113883.6.3'],
  ['http://hl7.org/fhir/sid/icd-10-cm', 'I10C', 'ICD10CM', 'ICD-10-CM', '2.16.840.1.113883.6.90'],
  ['http://www.cms.gov/Medicare/Coding/ICD10', 'I10P', 'ICD10PCS', 'ICD-10-PCS', '2.16.840.1.113883.6.4'],
  ['http://hl7.org/fhir/sid/icd-10-ca', 'ICD10CA', '2.16.840.1.113883.6.94'],
  [
    'http://hl7.org/fhir/sid/icd-9-cm',
    'I9C',
    'I9CDX',
    'I9CP',
    'ICD9CM',
    'ICD-9-CM',
    '2.16.840.1.113883.6.103',
    '2.16.840.1.113883.6.104',
  ],
  ['http://terminology.hl7.org/CodeSystem/icd9', 'I9', '2.16.840.1.113883.6.42'],
  ['http://terminology.hl7.org/CodeSystem/icd-o', 'ICDO', '2.16.840.1.113883.6.43'],
  ['http://terminology.hl7.org/CodeSystem/icd-o-3', 'ICDO3', '2.16.840.1.113883.6.43.1'],
  ['http://hl7.org/fhir/sid/icf', 'ICF', '2.16.840.1.113883.6.254'],
  ['http://www.ama-assn.org/go/cpt', 'C4', 'CPT', 'CPT4', 'CPT-4', '2.16.840.1.113883.6.12'],
  ['http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', 'HCPCS', 'HPC', '2.16.840.1.113883.6.285'],
  ['http://www.ada.org/cdt', 'CD2'],
  // Medicines and vaccines
  ['http://www.nlm.nih.gov/research/umls/rxnorm', 'RXNORM', '2.16.840.1.113883.6.88'],
  ['http://hl7.org/fhir/sid/ndc', 'NDC', '2.16.840.1.113883.6.69'],
  ['http://hl7.org/fhir/sid/cvx', 'CVX', '2.16.840.1.113883.12.292'],
  ['http://hl7.org/fhir/sid/mvx', 'MVX', '2.16.840.1.113883.12.227'],
  ['http://hl7.org/fhir/ndfrt', 'NDFRT', '2.16.840.1.113883.6.209'],
  ['http://fdasis.nlm.nih.gov', 'FDAUNII', 'UNII', '2.16.840.1.113883.4.9'],
  ['http://www.whocc.no/atc', 'WC', '2.16.840.1.113883.6.73'],
  ['http://terminology.hl7.org/CodeSystem/CAS', 'CAS', '2.16.840.1.113883.6.61'],
  // Genetics
  ['http://www.genenames.org', 'HGNC-Symb'],
  ['http://varnomen.hgvs.org', 'HGVS.c', 'HGVS.g', 'HGVS.p'],
  ['http://www.ncbi.nlm.nih.gov/clinvar', 'CLINVAR-V'],
  // People, places, administration
  ['urn:oid:2.16.840.1.113883.6.238', 'CDCREC', '2.16.840.1.113883.6.238'],
  ['http://nucc.org/provider-taxonomy', 'HCPT', 'NUCC', '2.16.840.1.113883.6.101'],
  ['http://hl7.org/fhir/sid/us-npi', 'NPI', '2.16.840.1.113883.4.6'],
  ['https://www.cdc.gov/nhsn/cdaportal/terminology/codesystem/hsloc.html', 'HSLOC', '2.16.840.1.113883.6.259'],
  ['http://terminology.hl7.org/CodeSystem/POS', 'POS', '2.16.840.1.113883.6.50'],
  ['urn:iso:std:iso:3166', 'ISO3166_1', '1.0.3166.1'],
  ['urn:iso:std:iso:3166:-2', 'ISO3166_2', '1.0.3166.2'],
  ['urn:iso:std:iso:4217', 'ISO4217', '1.0.4217'],
  ['http://terminology.hl7.org/CodeSystem/FIPS52', 'FIPS5_2', '2.16.840.1.113883.6.92'],
  ['http://terminology.hl7.org/CodeSystem/FIPS64', 'FIPS6_4', '2.16.840.1.113883.6.93'],
  ['https://www.usps.com/', 'USPS', '2.16.840.1.113883.6.350'],
  ['urn:ietf:bcp:13', 'MEDIATYPE'],
  ['https://www.nubc.org/CodeSystem/PriorityTypeOfAdmitOrVisit', 'UB04FL14'],
  ['https://www.nubc.org/CodeSystem/PointOfOrigin', 'UB04FL15'],
  ['https://www.nubc.org/CodeSystem/PatDischargeStatus', 'UB04FL17', '2.16.840.1.113883.6.301.5'],
  ['https://www.nubc.org/CodeSystem/ValueCodesAndAmounts', 'UB04FL39', '2.16.840.1.113883.6.301.6'],
  ['https://www.nubc.org/CodeSystem/RevenueCodes', 'UB04FL42'],
  // HL7 version 3 and FHIR
  ['http://terminology.hl7.org/CodeSystem/data-absent-reason', 'DAR'],
  ['http://terminology.hl7.org/CodeSystem/v3-ActCode', 'ACTCODE', '2.16.840.1.113883.5.4'],
  ['http://terminology.hl7.org/CodeSystem/v3-ActRelationshipSubset', 'ACTRELSS'],
  ['http://terminology.hl7.org/CodeSystem/v3-EntityCode', 'ENTITYCODE'],
  ['http://terminology.hl7.org/CodeSystem/v3-EntityHandling', 'ENTITYHDLG'],
  ['http://terminology.hl7.org/CodeSystem/v3-NullFlavor', 'NULLFL', '2.16.840.1.113883.5.1008'],
  ['http://terminology.hl7.org/CodeSystem/v3-ObservationMethod', 'OBSMETHOD', '2.16.840.1.113883.5.84'],
  ['http://terminology.hl7.org/CodeSystem/v3-ParticipationMode', 'PRTCPTNMODE'],
  ['http://terminology.hl7.org/CodeSystem/v3-ResponseMode', 'RSPMODE'],
  ['http://terminology.hl7.org/CodeSystem/v3-RoleClass', 'ROLECLASS'],
  ['http://terminology.hl7.org/CodeSystem/v3-RoleCode', 'ROLECODE', '2.16.840.1.113883.5.111'],
];

const uris: ReadonlyMap<string, string> = new Map(
  rows.flatMap(([uri, ...names]) => names.map((name) => [name.toUpperCase(), uri] as const)),
);

/** `HL70001`, also `HL7-0001` and `HL7 0001`: table 0396, `HL7nnnn`. */
const hl7Table = /^HL7[-_ ]?(\d{1,4})$/i;

/** The URI of an HL7 v2 table by its number, with or without leading zeros. */
export const hl7TableUri = (number: string): string =>
  `http://terminology.hl7.org/CodeSystem/v2-${number.padStart(4, '0')}`;

/**
 * The URI of a coding system by its name in table 0396, a name in wide use, its OID, or `HL7nnnn`.
 *
 * @param name compared without regard to case.
 * @returns undefined for a local system (`L`, `99zzz`) and for a name that is not known.
 */
export function codingSystemUri(name: string): string | undefined {
  const known = uris.get(name);
  if (known !== undefined) return known;
  const trimmed = name.trim();
  const table = hl7Table.exec(trimmed)?.[1];
  return table === undefined ? uris.get(trimmed.toUpperCase()) : hl7TableUri(table);
}

/** Is the system the sender's own: `L`, `LB`, `99zzz` (table 0396)? */
export const isLocalName = (name: string): boolean => /^(L|LB|99\S+)$/i.test(name.trim());

/** Every name of the table with its URI, in order. */
export const codingSystemNames = (): readonly (readonly [name: string, uri: string])[] =>
  rows.flatMap(([uri, ...names]) => names.map((name) => [name, uri] as const));
