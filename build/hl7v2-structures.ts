// What the dictionary library lacks, by hand from the standard: HL7 table 0354 (message structure by trigger event) and
// corrections of message structures.

/**
 * Trigger events whose structure is another event's (HL7 v2.8.2 ch. 2C, table 0354; v2.3 events of the order family
 * are led to the structures that replaced them in v2.4). Not listed: an event that names its own structure.
 */
export const sharedStructures: Readonly<Record<string, string>> = {
  ADT_A01: 'ADT^A04 ADT^A08 ADT^A13',
  ADT_A05: 'ADT^A14 ADT^A28 ADT^A31',
  ADT_A06: 'ADT^A07',
  ADT_A09: 'ADT^A10 ADT^A11',
  ADT_A21: 'ADT^A22 ADT^A23 ADT^A25 ADT^A26 ADT^A27 ADT^A29 ADT^A32 ADT^A33',
  ADT_A30: 'ADT^A34 ADT^A35 ADT^A36 ADT^A46 ADT^A47 ADT^A48 ADT^A49',
  ADT_A39: 'ADT^A40 ADT^A41 ADT^A42',
  ADT_A43: 'ADT^A44',
  ADT_A50: 'ADT^A51',
  ADT_A52: 'ADT^A53',
  ADT_A54: 'ADT^A55',
  ADT_A61: 'ADT^A62',
  CCR_I16: 'CCR^I17 CCR^I18',
  CRM_C01: 'CRM^C02 CRM^C03 CRM^C04 CRM^C05 CRM^C06 CRM^C07 CRM^C08',
  CSU_C09: 'CSU^C10 CSU^C11 CSU^C12',
  LSU_U12: 'LSU^U13',
  MDM_T01: 'MDM^T03 MDM^T05 MDM^T07 MDM^T09 MDM^T11',
  MDM_T02: 'MDM^T04 MDM^T06 MDM^T08 MDM^T10',
  MFK_M01:
    'MFK^M02 MFK^M03 MFK^M04 MFK^M05 MFK^M06 MFK^M07 MFK^M08 MFK^M09 MFK^M10 MFK^M11 MFK^M12 MFK^M13 MFK^M14 MFK^M15 MFK^M16 MFK^M17',
  OMD_O03: 'OMD^O01',
  OMN_O07: 'OMN^O01',
  OMS_O05: 'OMS^O01',
  ORU_R30: 'ORU^R31 ORU^R32',
  PEX_P07: 'PEX^P08',
  PGL_PC6: 'PGL^PC7 PGL^PC8',
  PMU_B01: 'PMU^B02',
  PMU_B04: 'PMU^B05 PMU^B06',
  PPG_PCG: 'PPG^PCH PPG^PCJ',
  PPP_PCB: 'PPP^PCC PPP^PCD',
  PPR_PC1: 'PPR^PC2 PPR^PC3',
  QBP_Q21: 'QBP^Q22 QBP^Q23 QBP^Q24 QBP^Q25',
  QCN_J01: 'QCN^J02',
  QRY_PC4: 'QRY^PC9 QRY^PCE QRY^PCK',
  QRY_Q01: 'QRY^Q26 QRY^Q27 QRY^Q28 QRY^Q29 QRY^Q30',
  RAS_O17: 'RAS^O01 RAS^O02',
  RDE_O11: 'RDE^O25 RDE^O01',
  RDS_O13: 'RDS^O01',
  REF_I12: 'REF^I13 REF^I14 REF^I15',
  RGV_O15: 'RGV^O01',
  RPA_I08: 'RPA^I09 RPA^I10 RPA^I11',
  RQA_I08: 'RQA^I09 RQA^I10 RQA^I11',
  RQC_I05: 'RQC^I06',
  RQI_I01: 'RQI^I02 RQI^I03',
  RRA_O18: 'RRA^O02',
  RRD_O14: 'RRD^O02',
  RRE_O12: 'RRE^O26 RRE^O01 RRE^O02',
  RRG_O16: 'RRG^O02',
  RRI_I12: 'RRI^I13 RRI^I14 RRI^I15',
  RSP_K23: 'RSP^K24',
  SIU_S12:
    'SIU^S13 SIU^S14 SIU^S15 SIU^S16 SIU^S17 SIU^S18 SIU^S19 SIU^S20 SIU^S21 SIU^S22 SIU^S23 SIU^S24 SIU^S26 SIU^S27',
  SRM_S01: 'SRM^S02 SRM^S03 SRM^S04 SRM^S05 SRM^S06 SRM^S07 SRM^S08 SRM^S09 SRM^S10 SRM^S11',
  SRR_S01: 'SRR^S02 SRR^S03 SRR^S04 SRR^S05 SRR^S06 SRR^S07 SRR^S08 SRR^S09 SRR^S10 SRR^S11',
  TCU_U10: 'TCU^U11',
  // Message types that, without a trigger event, can only be one structure.
  ORU_R01: 'ORU',
  ORM_O01: 'ORM',
  VXU_V04: 'VXU',
};

/** Group names of the dictionary that are not the standard's, or that the v2-to-FHIR guide (v2.9) prints otherwise. */
export const groupNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  VXU_V04: { PATIENT: 'PATIENT_VISIT' },
  MDM_T02: { OBXNTE: 'OBSERVATION', GROUP: 'OBSERVATION' },
};

/**
 * Structures given whole, because the union of the versions is none: where the standard prints the same segments twice
 * without a group, groups tell them apart, and where versions differ in their groups, the newest holds.
 */
export const replacements: Readonly<Record<string, string>> = {
  ADT_A17: 'MSH SFT* UAC? EVN PATIENT+(PID PD1? PV1 PV2? DB1* OBX*)',
  ADT_A18: 'MSH SFT* UAC? EVN PATIENT+(PID PD1? MRG PV1?)',
  ADT_A24: 'MSH SFT* UAC? EVN PATIENT(PID PD1? PV1? DB1*) LINKED_PATIENT?(PID PD1? PV1? DB1*)',
  ADT_A30: 'MSH SFT* UAC? EVN PATIENT+(PID PD1? ARV* MRG PV1?)',
  ADT_A37: 'MSH SFT* UAC? EVN PATIENT+(PID PD1? PV1? DB1*)',
  ORL_O22:
    'MSH MSA ERR* SFT* UAC? NTE* RESPONSE?(PATIENT?(PID PRT* ORDER*(ORC PRT* TIMING*(TQ1 TQ2*) OBSERVATION_REQUEST?(OBR ROL* PRT* SPECIMEN*(SPM SAC*)))))',
  RGV_O15:
    'MSH SFT* UAC? NTE* PATIENT?(PID NTE* AL1* PATIENT_VISIT?(PV1 PV2? PRT*)) ORDER+(ORC TIMING*(TQ1 TQ2*) ORDER_DETAIL?(RXO ORDER_DETAIL_SUPPLEMENT?(NTE* RXR+ COMPONENTS*(RXC NTE*))) PRT* ENCODING?(RXE PRT* NTE* TIMING_ENCODED*(TQ1 TQ2*) RXR+ RXC*) GIVE+(RXG TIMING_GIVE*(TQ1 TQ2*) RXR+ RXC* OBSERVATION*(OBX PRT* NTE*)))',
  // Responses to immunization queries (CDC implementation guide 2.5.1 release 1.5, profiles Z31, Z32 and Z42).
  RSP_K11:
    'MSH SFT* UAC? MSA ERR* QAK QPD ROW_DEFINITION?(RDF RDT*) RESPONSE*(PID PD1? NK1* PATIENT_VISIT?(PV1 PV2?) IN1* ORDER*(ORC TIMING*(TQ1 TQ2*) RXA RXR? OBSERVATION*(OBX NTE*))) DSC?',
};

/** Segments that v2.9 adds, or that the dictionary dropped, in grammar notation; merged as optional. */
export const supplements: Readonly<Record<string, string>> = {
  ADT_A01:
    'MSH EVN PID PD1 ARV* ROL* PRT* NK1* PV1 PV2? ROL* PRT* DB1* OBX* AL1* IAM* DG1* DRG? PROCEDURE*(PR1 ROL* PRT*) GT1* INSURANCE*(IN1 IN2? IN3* ROL* PRT*)',
  ADT_A03: 'MSH EVN PID PD1 ARV* ROL* PRT* NK1* PV1 PV2? ROL* PRT* DB1* AL1* IAM* DG1*',
  ADT_A05: 'MSH EVN PID PD1 ARV* ROL* PRT* NK1* PV1 PV2? ROL* PRT* DB1* OBX* AL1* IAM* DG1*',
  ADT_A06: 'MSH EVN PID PD1 ARV* ROL* PRT* MRG? NK1* PV1 PV2? ROL* PRT* DB1* OBX* AL1* IAM* DG1*',
  VXU_V04:
    'MSH PID PD1? NK1* PATIENT_VISIT?(PV1 PV2?) GT1* INSURANCE*(IN1 IN2? IN3?) PERSON_OBSERVATION*(OBX PRT* NTE*) ORDER*(ORC? TIMING*(TQ1 TQ2*) RXA RXR? OBSERVATION*(OBX PRT* NTE*))',
  MDM_T02: 'MSH EVN PID PV1 COMMON_ORDER*(ORC OBR NTE*) TXA CON* OBSERVATION*(OBX PRT* NTE*)',
};
