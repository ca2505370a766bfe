// How much a breach weighs: what a contract says shall become of the message, as the severity that dispositions go by.
import type { Severity } from '../../model/issues.js';
import type { OnViolation } from './contract.js';

export const severityOf: Readonly<Record<OnViolation, Severity>> = {
  reject: 'fatal',
  quarantine: 'error',
  warn: 'warning',
};
