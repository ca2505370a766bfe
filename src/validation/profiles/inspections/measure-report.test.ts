import { describe, expect, it } from 'vitest';
import { told, validatorWith } from '../../../../test/validation/validator.js';
import type { JsonObject } from '../../../model/json.js';

const coded = (code: string): JsonObject => ({ coding: [{ system: 'urn:x:codes', code }] });

const measure = (...groups: readonly JsonObject[]): JsonObject => ({
  resourceType: 'Measure',
  url: 'urn:x:measure',
  status: 'draft',
  group: groups,
});

const population = (code: string, more: JsonObject = { count: 2 }): JsonObject => ({ code: coded(code), ...more });

const report = (group: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  resourceType: 'MeasureReport',
  status: 'complete',
  type: 'summary',
  measure: 'urn:x:measure',
  period: { start: '2026-01' },
  group,
  ...more,
});

const simple = measure({ population: [{ code: coded('initial'), criteria: { language: 'x', expression: 'y' } }] });

const against = (definition: JsonObject, resource: JsonObject): string[] => told(resource, validatorWith(definition));

describe('A MeasureReport', () => {
  it('has the populations of its Measure', () => {
    expect(against(simple, report([{ population: [population('initial')] }]))).toEqual([]);
    expect(against(simple, report([{ population: [population('initial'), population('other')] }]))).toEqual([
      'validate.measure-population MeasureReport.group[0].population[1]',
    ]);
  });

  it('tells several groups by their codes, and lacks none when it is complete', () => {
    const two = measure({ code: coded('a') }, { code: coded('b') });
    expect(against(two, report([{ code: coded('a') }, { code: coded('b') }]))).toEqual([]);
    expect(against(two, report([{ code: coded('c') }, { code: coded('a') }]))).toEqual([
      'validate.measure-group MeasureReport.group[0]',
      'validate.measure-group-missing MeasureReport',
    ]);
    expect(against(two, report([{ code: coded('a') }], { status: 'pending' }))).toEqual([]);
  });

  it('lists subjects where its type says so, as many as it counts', () => {
    const listed = { count: 2, subjectResults: { reference: '#l' } };
    const list = {
      resourceType: 'List',
      id: 'l',
      status: 'current',
      mode: 'working',
      entry: [{ item: { display: 'one' } }, { item: { display: 'two' } }],
    };
    const reported = (count: number, type: string): string[] =>
      against(
        simple,
        report([{ population: [population('initial', { ...listed, count })] }], { type, contained: [list] }),
      );
    expect(reported(2, 'subject-list')).toEqual([]);
    expect(reported(3, 'subject-list')).toEqual(['validate.measure-count MeasureReport.group[0].population[0]']);
    expect(reported(2, 'summary')).toEqual(['validate.measure-subjects MeasureReport.group[0].population[0]']);
  });
});
