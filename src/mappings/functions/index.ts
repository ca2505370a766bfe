// Every mapping function, by name. A new one is a file and a line here.
import { authorityUri } from './authority-uri.js';
import { base64Content } from './base64-content.js';
import { codeSystemUri } from './code-system-uri.js';
import { comparator } from './comparator.js';
import { contentType } from './content-type.js';
import { dayOfWeek } from './day-of-week.js';
import { emailAddress } from './email-address.js';
import type { MappingFunction } from './function.js';
import { joinText } from './join-text.js';
import { narrativeDiv } from './narrative-div.js';
import { offsetMinutes } from './offset-minutes.js';
import { oidUri } from './oid-uri.js';
import { phoneNumber } from './phone-number.js';
import { positiveWhole } from './positive-whole.js';
import { referenceRangeHigh, referenceRangeLow } from './reference-range.js';
import { sampledValues } from './sampled-values.js';
import { tableUri } from './table-uri.js';
import { timeAmount } from './time-amount.js';
import { intervalAmount, intervalUnit } from './time-interval.js';
import { timeAfter, timeBefore } from './time-shift.js';
import { timeUnit } from './time-unit.js';
import { ucumUnit } from './ucum-unit.js';
import { yesNo } from './yes-no.js';

const all: readonly MappingFunction[] = [
  authorityUri,
  base64Content,
  codeSystemUri,
  comparator,
  contentType,
  dayOfWeek,
  emailAddress,
  intervalAmount,
  intervalUnit,
  joinText,
  narrativeDiv,
  offsetMinutes,
  oidUri,
  phoneNumber,
  positiveWhole,
  referenceRangeHigh,
  referenceRangeLow,
  sampledValues,
  tableUri,
  timeAfter,
  timeAmount,
  timeBefore,
  timeUnit,
  ucumUnit,
  yesNo,
];

export const mappingFunctions: ReadonlyMap<string, MappingFunction> = new Map(all.map((each) => [each.name, each]));
