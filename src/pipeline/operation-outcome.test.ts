import { describe, expect, it } from 'vitest';
import { issue } from '../model/issue.js';
import { operationOutcome } from './operation-outcome.js';

describe('issues as an OperationOutcome', () => {
  it('carry code, sentence, place, rule and mend', () => {
    const met = issue(
      'map.bad-value',
      { expected: 'date' },
      {
        position: { path: 'PID-7', offset: 120 },
        expression: 'Patient.birthDate',
        rule: 'hl7v2/PID[Patient]#pid.birthDate',
      },
    );
    expect(operationOutcome([met])).toEqual({
      resourceType: 'OperationOutcome',
      issue: [
        {
          severity: 'warning',
          code: 'value',
          details: {
            coding: [{ system: 'urn:concord:issue', code: 'map.bad-value' }],
            text: 'The value is not a date; the element is left out.',
          },
          diagnostics:
            'At PID-7 (byte 120). Rule hl7v2/PID[Patient]#pid.birthDate. The value is residual; correct the source or the rule.',
          expression: ['Patient.birthDate'],
        },
      ],
    });
  });

  it('say that all is well when there are none, for an OperationOutcome has at least one', () => {
    expect(operationOutcome([])).toMatchObject({ issue: [{ severity: 'information' }] });
  });
});
