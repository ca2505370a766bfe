import { describe, expect, it } from 'vitest';
import { isRefusal, type PathRefusal, type Place, type SourceContext, type SourcePath } from '../../model/source.js';
import { describeHl7v2 } from './description.js';
import { dictionary, messageOf, readOne } from './fixtures.js';

const hl7v2 = describeHl7v2(dictionary);
const message = (...structures: string[]): SourceContext => ({ kind: 'message', structures });
const segment = (name: string): SourceContext => ({ kind: 'segment', segment: name });
const datatype = (name: string): SourceContext => ({ kind: 'datatype', datatype: name });

function path(text: string, context: SourceContext): SourcePath {
  const found = hl7v2.path(text, context);
  if (isRefusal(found)) throw new Error(`${text}: ${found.reason} ${found.mend}`);
  return found;
}
function refusal(text: string, context: SourceContext): PathRefusal {
  const found = hl7v2.path(text, context);
  if (!isRefusal(found)) throw new Error(`${text} is accepted`);
  return found;
}

const oru = readOne(
  messageOf(
    'ORU^R01^ORU_R01',
    'PID|1||77^^^NORTH&2.16&ISO^MR~88^^^^SS||Miller^Ann',
    'NTE|1||patient note',
    'PV1|1|I',
    'OBR|1||F1|24323-8',
    'NTE|1||order note',
    'OBX|1|NM|a||1~2',
    'NTE|1||first',
    'OBX|2|NM|b||3',
    'OBR|2||F2|718-7',
    'OBX|1|NM|c||4',
    'ZZZ|z',
  ),
);
const texts = (found: SourcePath, at: Place = oru.root): string[] => found.all(oru, at).map((place) => oru.text(place));

describe('paths of a segment module', () => {
  it.each([
    ['PID-3', 'CX', true, undefined],
    ['PID-3[2]', 'CX', false, undefined],
    ['PID-3.4', 'HD', true, '0363'],
    ['PID-3[1].4.2', 'ST', false, undefined],
    ['PID-7', 'DTM', false, undefined],
    ['PID-8', 'CWE', false, '0001'],
    ['PID-8.1', 'ST', false, '0001'],
    ['PID-2', 'CX', false, undefined],
    ['MSH-7', 'DTM', false, undefined],
    ['MSH-9.3', 'ID', false, '0354'],
    ['OBX-5', 'VARIES', true, undefined],
    ['OBX-2', 'ID', false, '0125'],
    ['PID', 'PID', false, undefined],
    ['.', 'PID', false, undefined],
  ])('%s is typed by the dictionary', (text, type, repeats, table) => {
    expect(path(text, segment('PID'))).toMatchObject({ text, datatype: type, repeats });
    expect(path(text, segment('PID')).table).toBe(table);
  });

  it('in a Z segment accept any field', () => {
    expect(path('ZPI-17.2', segment('ZPI'))).toMatchObject({ datatype: undefined, repeats: true });
  });

  it('select populated places only', () => {
    const pid = oru.segmentsNamed('PID')[0] ?? oru.root;
    expect(texts(path('PID-3.4', segment('PID')), pid)).toEqual(['NORTH']);
    expect(texts(path('PID-3[2]', segment('PID')), pid)).toEqual(['88']);
    expect(texts(path('PID-3', segment('PID')), pid)).toEqual(['77', '88']);
    expect(texts(path('PID-30', segment('PID')), pid)).toEqual([]);
  });

  it('that name another segment mean the nearest', () => {
    const lastObx = oru.segmentsNamed('OBX')[2] ?? oru.root;
    expect(texts(path('OBR-3', segment('OBX')), lastObx)).toEqual(['F2']);
    expect(texts(path('PID-5.2', segment('OBX')), lastObx)).toEqual(['Ann']);
    expect(texts(path('MSH-3', segment('OBX')), lastObx)).toEqual(['LAB']);
    expect(texts(path('NTE-3', segment('OBX')), oru.segmentsNamed('OBX')[0] ?? oru.root)).toEqual(['first']);
    expect(texts(path('NTE-3', segment('OBX')), lastObx)).toEqual(['patient note']);
  });

  it.each([
    ['PID-41', 'PID has no field 41.', 'Its last field is PID-40.'],
    ['PID-0', '"PID-0" counts from 0.', 'Fields and repetitions are numbered from 1.'],
    ['PID-3.13', 'CX has no component 13.', 'Its last is CX.12.'],
    ['PID-7.2', 'PID-7 is DTM, which has no components.', 'Write PID-7.'],
    ['PJD-3', 'PJD is no segment of HL7 v2.1 to v2.8.', 'Did you mean PID? Site-defined segments start with Z.'],
    ['PID.3', '"PID.3" names components without a field.', 'Write PID-3.'],
    [
      'PATIENT.PID-3',
      '"PATIENT.PID-3" names groups in a segment module.',
      'Write PID alone: the nearest one is meant.',
    ],
    [
      'pid-3',
      '"pid-3" is not an HL7 v2 path.',
      'Write PID, PID-3, PID-3[2].4.1, GROUP.PID-3 or, in a datatype module, CX.4.',
    ],
  ])('%s is refused with its mend', (text, reason, mend) => {
    expect(refusal(text, segment('PID'))).toEqual({ reason, mend });
  });
});

describe('paths of a message module', () => {
  const context = message('ORU_R01');

  it.each([
    ['PID', false, true],
    ['PATIENT.PID', false, true],
    ['PATIENT_RESULT.PATIENT.PID', false, true],
    ['OBX', false, true],
    ['OBSERVATION', true, true],
    ['PATIENT_RESULT', true, true],
    ['MSH', false, false],
  ])('%s stands anywhere below', (text, group, repeats) => {
    const found = path(text, context);
    expect(found).toMatchObject({ text, repeats });
    expect(hl7v2.within(found, context).kind).toBe(group ? 'group' : 'segment');
  });

  it('mean the direct child where the group has one', () => {
    const order = path('ORDER_OBSERVATION', context);
    const inOrder = hl7v2.within(order, context);
    const [first, second] = order.all(oru, oru.root);
    expect(first && second && [texts(path('NTE-3', inOrder), first), texts(path('NTE-3', inOrder), second)]).toEqual([
      ['order note'],
      [],
    ]);
    expect(texts(path('NTE-3', context))).toEqual(['patient note', 'order note', 'first']);
    expect(path('OBR', inOrder).repeats).toBe(false);
    expect(texts(path('OBX-5', inOrder), first)).toEqual(['1', '2', '3']);
  });

  it('follow nested contexts', () => {
    const inOrder = hl7v2.within(path('PATIENT_RESULT.ORDER_OBSERVATION', context), context);
    const observation = path('OBSERVATION', inOrder);
    const inObservation = hl7v2.within(observation, inOrder);
    expect(path('OBX', inObservation)).toMatchObject({ datatype: 'OBX', repeats: false });
    expect(refusal('PID', inObservation).reason).toContain('PID is no segment or group of');
    expect(path('ZZZ', inObservation)).toMatchObject({ repeats: true });
  });

  it('need be valid in one of several structures only, and work in each', () => {
    const both = message('ADT_A01', 'ORU_R01');
    expect(path('OBR-4', both).repeats).toBe(true);
    expect(texts(path('PID-5', both))).toEqual(['Miller']);
    const adt = readOne(messageOf('ADT^A01', 'PID|1||7', 'PR1|1', 'ROL|2', 'IN1|1', 'ROL|3'));
    expect(path('ROL', message('ADT_A01')).all(adt, adt.root)).toEqual([]);
    expect(
      path('PROCEDURE.ROL-1', message('ADT_A01'))
        .all(adt, adt.root)
        .map((place) => adt.text(place)),
    ).toEqual(['2']);
    expect(
      path('PID-3', both)
        .all(adt, adt.root)
        .map((place) => adt.text(place)),
    ).toEqual(['7']);
  });

  it('of any structure accept any segment', () => {
    expect(path('TXA-2', message('*')).repeats).toBe(true);
    expect(texts(path('OBR-3', message('*')))).toEqual(['F1', 'F2']);
    expect(refusal('XXX', message('*')).reason).toContain('XXX');
  });

  it.each([
    ['PV3', 'PV3 is no segment or group of ORU_R01.', /^Did you mean PV[12]\?$/],
    ['IN1', 'IN1 is no segment or group of ORU_R01.', /^Did you mean/],
    ['PATIENT-3', 'PATIENT is a group; groups have no fields.', /^Name a segment of it\.$/],
  ])('%s is refused with its mend', (text, reason, mend) => {
    expect(refusal(text, context).reason).toBe(reason);
    expect(refusal(text, context).mend).toMatch(mend);
  });
});

describe('paths of a datatype module', () => {
  const pid = oru.segmentsNamed('PID')[0] ?? oru.root;
  const cx = path('PID-3', segment('PID'));

  it('are relative to the value', () => {
    const inCx = hl7v2.within(cx, segment('PID'));
    expect(inCx).toEqual(datatype('CX'));
    const [first] = cx.all(oru, pid);
    expect(first && oru.text(path('CX.4.2', inCx).first(oru, first) ?? first)).toBe('2.16');
    const authority = first && path('CX.4', inCx).first(oru, first);
    const inHd = hl7v2.within(path('CX.4', inCx), inCx);
    expect(authority && oru.text(path('HD.3', inHd).first(oru, authority) ?? authority)).toBe('ISO');
    expect(authority && path('.', inHd).first(oru, authority)).toBe(authority);
  });

  it('on a value without components: the first is the value itself', () => {
    const family = path('PID-5.1', segment('PID')).first(oru, pid);
    expect(family && oru.text(path('FN.1', datatype('FN')).first(oru, family) ?? oru.root)).toBe('Miller');
    expect(family && path('FN.2', datatype('FN')).first(oru, family)).toBeUndefined();
  });

  it.each([
    ['CWE.2', 'CE'],
    ['CE.2', 'CWE'],
    ['CWE.1', 'VARIES'],
    ['TS.1', 'DTM'],
    ['XCN.2.1', 'PPN'],
  ])('%s reads a %s', (text, type) => {
    expect(path(text, datatype(type)).text).toBe(text);
  });

  it.each([
    ['XPN.1', 'CX', 'XPN is not the data type here, CX.', 'Write CX.1.'],
    ['CX.99', 'CX', 'CX has no component 99.', 'Its last is CX.12.'],
    ['CX-3', 'CX', '"CX-3" is no path of a datatype module.', 'Write CX.1 for the first component.'],
  ])('%s of a %s is refused with its mend', (text, type, reason, mend) => {
    expect(refusal(text, datatype(type))).toEqual({ reason, mend });
  });

  it('may name another segment: the nearest', () => {
    const [first] = cx.all(oru, pid);
    expect(first && oru.text(path('MSH-3', datatype('CX')).first(oru, first) ?? first)).toBe('LAB');
  });
});
