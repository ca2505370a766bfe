import { describe, expect, it } from 'vitest';
import type { LeafLineage } from '../../../src/model/lineage.js';
import { factsOf } from './facts.js';

const leaf = (element: string, rule: string, via?: string[]): LeafLineage => ({
  element,
  from: [],
  rule,
  version: '1.0.0',
  ...(via === undefined ? {} : { via }),
});

const inBundle = (...resources: object[]) =>
  ({ resourceType: 'Bundle', id: 'b', entry: resources.map((resource) => ({ resource })) }) as never;

const ruleAt = (facts: ReturnType<typeof factsOf>) =>
  facts.map(({ path, value, leaf: of }) => [path, value, of?.rule ?? '']);

describe('the facts of a Bundle', () => {
  it('are its leaves, by path and text, each with the rule that wrote it', () => {
    const patient = { resourceType: 'Patient', id: 'p', active: true, name: [{ given: ['Ada', 'May  Ann'] }] };
    const leaves = [leaf('name[0].given[1]', 'hl7v2/XPN#middle', ['hl7v2/ADT#patient'])];
    expect(ruleAt(factsOf(inBundle(patient), [{ type: 'Patient', id: 'p', leaves }])).slice(1)).toEqual([
      ['Patient', 'exists', 'hl7v2/XPN#middle'],
      ['Patient.active', 'true', ''],
      ['Patient.name.given', 'Ada', ''],
      ['Patient.name.given', 'May Ann', 'hl7v2/XPN#middle'],
    ]);
  });

  it('name extensions by their url, also those of primitives, and the url itself where nothing else is said', () => {
    const patient = {
      resourceType: 'Patient',
      id: 'p',
      _gender: { extension: [{ url: 'http://x/absent', valueCode: 'unknown' }] },
      extension: [{ url: 'http://x/empty' }],
    };
    const leaves = [leaf('_gender.extension[0].valueCode', 'a'), leaf('extension[0].url', 'b')];
    expect(ruleAt(factsOf(inBundle(patient), [{ type: 'Patient', id: 'p', leaves }])).slice(2)).toEqual([
      ['Patient.gender.extension(http://x/absent).valueCode', 'unknown', 'a'],
      ['Patient.extension(http://x/empty)', 'present', 'b'],
    ]);
  });

  it('tell a reference by the type it points at, and leave out what says nothing of the message', () => {
    const report = {
      resourceType: 'DiagnosticReport',
      id: 'r',
      text: { status: 'generated' },
      subject: { reference: 'Patient/p', display: 'Ada' },
    };
    const leaves = [leaf('subject.reference', 'a')];
    expect(ruleAt(factsOf(inBundle(report), [{ type: 'DiagnosticReport', id: 'r', leaves }])).slice(2)).toEqual([
      ['DiagnosticReport.subject', '->Patient', 'a'],
      ['DiagnosticReport.subject.display', 'Ada', ''],
    ]);
  });

  it('of the Bundle itself have the lineage of what the mapping wrote of it, whatever its id', () => {
    const leaves = [leaf('type', 'hl7v2/MSH[Bundle]#type')];
    const bundle = { resourceType: 'Bundle', id: 'given', type: 'message' } as never;
    expect(ruleAt(factsOf(bundle, [{ type: 'Bundle', id: 'other', leaves }]))).toContainEqual([
      'Bundle.type',
      'message',
      'hl7v2/MSH[Bundle]#type',
    ]);
  });
});
