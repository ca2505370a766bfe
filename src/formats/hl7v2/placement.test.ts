import { describe, expect, it } from 'vitest';
import { messageOf, readOne } from './fixtures.js';
import { Segment, type Group } from './places.js';

/** `GROUP(PID OBX)` in one line. */
const print = (group: Group): string =>
  group.children.map((child) => (child instanceof Segment ? child.name : `${child.name}(${print(child)})`)).join(' ');

const tree = (type: string, ...segments: string[]): string => print(readOne(messageOf(type, ...segments)).root);
const misplaced = (type: string, ...segments: string[]): string[] =>
  readOne(messageOf(type, ...segments))
    .issues.filter(({ code }) => code === 'hl7v2.out-of-place')
    .map(({ position }) => position?.path ?? '');

describe('segments in order', () => {
  it('stand in the groups of their structure', () => {
    const segments = [
      'PID|1',
      'NTE|1',
      'PV1|1',
      'ORC|RE',
      'OBR|1',
      'OBX|1',
      'NTE|1',
      'OBX|2',
      'SPM|1',
      'ORC|RE',
      'OBR|2',
    ];
    expect(tree('ORU^R01^ORU_R01', ...segments)).toBe(
      'MSH PATIENT_RESULT(PATIENT(PID NTE VISIT(PV1)) ORDER_OBSERVATION(ORC OBR OBSERVATION(OBX NTE) OBSERVATION(OBX) SPECIMEN(SPM)) ORDER_OBSERVATION(ORC OBR))',
    );
    expect(misplaced('ORU^R01^ORU_R01', ...segments)).toEqual([]);
  });

  it('start a new patient at the next PID of an ORU', () => {
    expect(tree('ORU^R01', 'PID|1', 'OBR|1', 'PID|2', 'OBR|1')).toBe(
      'MSH PATIENT_RESULT(PATIENT(PID) ORDER_OBSERVATION(OBR)) PATIENT_RESULT(PATIENT(PID) ORDER_OBSERVATION(OBR))',
    );
  });

  it('may occur twice in a group where the standard has them twice', () => {
    const segments = ['EVN|', 'PID|', 'ROL|', 'NK1|', 'PV1|', 'ROL|', 'PR1|', 'ROL|', 'IN1|', 'IN2|', 'IN1|', 'ROL|'];
    expect(tree('ADT^A01', ...segments)).toBe(
      'MSH EVN PID ROL NK1 PV1 ROL PROCEDURE(PR1 ROL) INSURANCE(IN1 IN2) INSURANCE(IN1 ROL)',
    );
    expect(misplaced('ADT^A01', ...segments)).toEqual([]);
  });

  it('may be one of a choice', () => {
    expect(tree('ORM^O01', 'PID|', 'ORC|NW', 'RXO|', 'ORC|NW', 'OBR|', 'NTE|')).toBe(
      'MSH PATIENT(PID) ORDER(ORC ORDER_DETAIL(RXO)) ORDER(ORC ORDER_DETAIL(OBR NTE))',
    );
  });
});

describe('segments out of order', () => {
  it('OBX after SPM stand in the specimen, where the standard has a place for them', () => {
    expect(tree('ORU^R01', 'PID|', 'OBR|', 'SPM|', 'OBX|1', 'OBX|2')).toBe(
      'MSH PATIENT_RESULT(PATIENT(PID) ORDER_OBSERVATION(OBR SPECIMEN(SPM SPECIMEN_OBSERVATION(OBX) SPECIMEN_OBSERVATION(OBX))))',
    );
  });

  it('OBX before its OBR wait for it in one group', () => {
    const segments = ['PID|', 'PV1|', 'OBX|1', 'OBR|1', 'OBX|2'];
    expect(tree('ORU^R01', ...segments)).toBe(
      'MSH PATIENT_RESULT(PATIENT(PID VISIT(PV1)) ORDER_OBSERVATION(OBSERVATION(OBX) OBR OBSERVATION(OBX)))',
    );
    expect(misplaced('ORU^R01', ...segments)).toEqual(['OBX[1]', 'OBR']);
  });

  it('OBR without ORC start an order each', () => {
    expect(tree('ORM^O01', 'PID|', 'OBR|1', 'NTE|', 'OBR|2')).toBe(
      'MSH PATIENT(PID) ORDER(ORDER_DETAIL(OBR NTE)) ORDER(ORDER_DETAIL(OBR))',
    );
  });

  it('NTE before PID belongs to the patient', () => {
    const segments = ['NTE|1', 'PID|1', 'OBR|1'];
    expect(tree('ORU^R01', ...segments)).toBe('MSH PATIENT_RESULT(PATIENT(NTE PID) ORDER_OBSERVATION(OBR))');
    expect(misplaced('ORU^R01', ...segments)).toEqual(['NTE', 'PID']);
  });

  it('a second PID of an ADT is kept beside the first', () => {
    const segments = ['EVN|', 'PID|1', 'PID|2', 'PV1|'];
    expect(tree('ADT^A01', ...segments)).toBe('MSH EVN PID PID PV1');
    expect(misplaced('ADT^A01', ...segments)).toEqual(['PID[2]']);
  });

  it('go back to the last group of their kind', () => {
    expect(tree('ORU^R01', 'PID|', 'OBR|', 'OBX|', 'NK1|')).toBe(
      'MSH PATIENT_RESULT(PATIENT(PID NK1) ORDER_OBSERVATION(OBR OBSERVATION(OBX)))',
    );
    expect(tree('ADT^A01', 'PID|', 'IN1|', 'PR1|', 'ROL|', 'IN1|')).toBe(
      'MSH PID INSURANCE(IN1) PROCEDURE(PR1 ROL) INSURANCE(IN1)',
    );
    expect(tree('ADT^A01', 'PID|', 'IN1|', 'OBX|', 'IN2|')).toBe('MSH PID INSURANCE(IN1 IN2) OBX');
  });

  it('IN2 before IN1 waits for it', () => {
    expect(tree('ADT^A01', 'PID|', 'IN2|', 'IN1|', 'IN1|')).toBe('MSH PID INSURANCE(IN2 IN1) INSURANCE(IN1)');
  });

  it('that the structure does not know stay where they were sent', () => {
    const segments = ['PID|', 'OBR|', 'OBX|', 'ZBX|', 'FAC|', 'OBX|'];
    expect(tree('ORU^R01', ...segments)).toBe(
      'MSH PATIENT_RESULT(PATIENT(PID) ORDER_OBSERVATION(OBR OBSERVATION(OBX ZBX FAC) OBSERVATION(OBX)))',
    );
    expect(misplaced('ORU^R01', ...segments)).toEqual(['FAC']);
  });
});
