// What the status of a code system or value set means for those who refer to it: a draft named by a draft is no news.
import { canonicalOf, type DefinedCodeSystem } from '../code-systems/code-system.js';
import type { TxIssue } from '../issue.js';
import { messages } from '../messages.js';
import { standardsStatus, type CanonicalResource, type ValueSetResource } from '../resources.js';
import { nameOf } from './imports.js';

export type Caution = 'deprecated' | 'withdrawn' | 'retired' | 'experimental' | 'draft';

/** The one thing to be told about a resource that `owner` uses. */
export function cautionOf(resource: CanonicalResource, owner: CanonicalResource | undefined): Caution | undefined {
  const standards = standardsStatus(resource);
  if (standards === 'deprecated' || standards === 'withdrawn') return standards;
  if (resource.status === 'retired') return 'retired';
  if (resource.experimental === true && owner?.experimental !== true) return 'experimental';
  const isDraft = resource.status === 'draft' || standards === 'draft';
  return isDraft && owner?.status !== 'draft' ? 'draft' : undefined;
}

const upperCase = {
  deprecated: 'DEPRECATED',
  withdrawn: 'WITHDRAWN',
  retired: 'RETIRED',
  experimental: 'EXPERIMENTAL',
  draft: 'DRAFT',
} as const;

const issueOf = (caution: Caution, type: string, canonical: string): TxIssue => ({
  severity: 'information',
  type: 'business-rule',
  detail: 'status-check',
  message: messages.statusOf(upperCase[caution], type, canonical),
});

export function systemStatusIssues(system: DefinedCodeSystem, owner: ValueSetResource | undefined): readonly TxIssue[] {
  const caution = cautionOf(system.header, owner);
  return caution === undefined ? [] : [issueOf(caution, 'CodeSystem', canonicalOf(system))];
}

/** A value set is asked for by nobody's fault: only that it is on its way out is told. */
export function valueSetStatusIssues(valueSet: ValueSetResource): readonly TxIssue[] {
  const caution = cautionOf(valueSet, { ...valueSet, experimental: true, status: 'draft' });
  return caution === undefined ? [] : [issueOf(caution, 'ValueSet', nameOf(valueSet))];
}
