// The value set that a request is about: given in it, or named by canonical and version.
import { findValueSet, type Content } from '../../../../terminology/content.js';
import { TerminologyRefusal } from '../../../../terminology/issue.js';
import { messages } from '../../../../terminology/messages.js';
import { parseCanonical, printCanonical, type ValueSetResource } from '../../../../terminology/resources.js';
import type { InParameters } from './in-parameters.js';
import { givenValueSet } from './tx-resources.js';

/** Throws a refusal (404) when it is named and not here; undefined when the request names none. */
export function valueSetAsked(
  parameters: InParameters,
  content: Content,
  names: { readonly resource: string; readonly url: string; readonly version?: string },
): ValueSetResource | undefined {
  const given = givenValueSet(parameters, names.resource);
  if (given !== undefined) return given;
  const text = parameters.text(names.url);
  if (text === undefined) return undefined;
  const { url, version = names.version && parameters.text(names.version) } = parseCanonical(text);
  const entry = findValueSet(content, url, version);
  if (entry !== undefined) return entry.resource();
  const message = messages.unknownValueSet(printCanonical(url, version));
  throw new TerminologyRefusal(404, 'not-found', message, { detail: 'not-found' });
}
