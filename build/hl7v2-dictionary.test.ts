import { describe, expect, it } from 'vitest';
import { parseGrammar, printGrammar } from '../src/formats/hl7v2/grammar.js';
import { compileHl7v2Dictionary } from './hl7v2-dictionary.js';
import { sharedStructures } from './hl7v2-structures.js';

const dictionary = compileHl7v2Dictionary();

describe('the compiled HL7 v2 dictionary', () => {
  it('is small', () => {
    expect(JSON.stringify(dictionary).length).toBeLessThan(400_000);
  });

  it('types fields by the newest version that did not withdraw them', () => {
    const pid = dictionary.segments['PID']?.split(' ') ?? [];
    expect([pid[1], pid[2], pid[6], pid[7], pid[8]]).toEqual(['CX', 'CX*', 'DTM', 'CWE:0001', 'XPN*']);
    expect(dictionary.segments['OBR']?.split(' ')[14]).toBe('SPS');
    expect(dictionary.segments['OBX']?.split(' ').slice(1, 5)).toEqual(['ID:0125', 'CWE', 'OG', 'VARIES*']);
  });

  it('keeps types that only older versions have', () => {
    expect(Object.keys(dictionary.types)).toEqual(
      expect.arrayContaining(['TS', 'CE', 'PN', 'CN', 'PPN', 'CM_MSG', 'TQ', 'CK', 'DTM', 'VARIES']),
    );
  });

  it('names every type that a field or component has', () => {
    const rows = [...Object.values(dictionary.segments), ...Object.values(dictionary.types)];
    const named = rows.flatMap((row) => row.split(' ')).map((cell) => cell.replace(/[*:].*/, ''));
    expect([...new Set(named)].filter((name) => name !== '' && name !== '-' && !(name in dictionary.types))).toEqual(
      [],
    );
  });

  it('has a grammar for every structure that table 0354 shares, and none for events that share one', () => {
    for (const structure of Object.keys(sharedStructures)) expect(dictionary.structures).toHaveProperty(structure);
    for (const event of Object.keys(dictionary.triggers))
      expect(dictionary.structures).not.toHaveProperty(event.replace('^', '_'));
  });

  it('names groups as the v2-to-FHIR guide does', () => {
    expect(dictionary.structures['ORU_R01']).toBe(
      'MSH SFT* UAC? PATIENT_RESULT+(PATIENT?(PID PD1? PRT* NTE* NK1* PATIENT_OBSERVATION*(OBX PRT*) VISIT?(PV1 PV2? PRT*)) ORDER_OBSERVATION+(ORC? OBR NTE* ROL* PRT* TIMING_QTY*(TQ1 TQ2*) CTD? OBSERVATION*(OBX PRT* NTE*) FT1* CTI* SPECIMEN*(SPM SPECIMEN_OBSERVATION*(OBX PRT*)))) DSC?',
    );
  });

  it('prints grammars that parse to themselves, of segments it knows', () => {
    for (const text of Object.values(dictionary.structures))
      expect(printGrammar(parseGrammar(text).children ?? [])).toBe(text);
    const segments = Object.values(dictionary.structures).flatMap(
      (text) => text.match(/\b[A-Z][A-Z0-9]{2}\b(?![(_])(?![?*+]\()/g) ?? [],
    );
    expect([...new Set(segments)].filter((name) => !(name in dictionary.segments))).toEqual([]);
  });
});
