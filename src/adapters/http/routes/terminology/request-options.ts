// Parameters that several operations share: languages, versions, supplements.
import { TerminologyRefusal } from '../../../../terminology/issue.js';
import { parseLanguages, type Languages } from '../../../../terminology/languages/languages.js';
import { messages } from '../../../../terminology/messages.js';
import { parseCanonical, type Canonical, type ValueSetResource } from '../../../../terminology/resources.js';
import { statedParameter, type Options, type VersionRules } from '../../../../terminology/scope.js';
import type { InParameters } from './in-parameters.js';

export interface Asked {
  readonly parameters: InParameters;
  readonly acceptLanguage: string | undefined;
}

const canonicals = (texts: readonly string[]): readonly Canonical[] => texts.map(parseCanonical);

const versionRules = (parameters: InParameters): VersionRules => ({
  default: canonicals(parameters.texts('system-version')),
  check: canonicals(parameters.texts('check-system-version')),
  force: canonicals(parameters.texts('force-system-version')),
});

/** What the client would like: `displayLanguage`, else Accept-Language, else what the value set says of itself. */
export function languageText({ parameters, acceptLanguage }: Asked, valueSet?: ValueSetResource): string | undefined {
  const own = valueSet && (statedParameter(valueSet, 'displayLanguage') ?? valueSet.language);
  return parameters.text('displayLanguage') ?? usable(acceptLanguage) ?? own;
}

/** `*` alone says nothing, and a header that is no language list is not worth refusing a request for. */
const usable = (header: string | undefined): string | undefined =>
  header === undefined || header.trim() === '*' || parseLanguages(header) === undefined ? undefined : header;

function languages(text: string | undefined): Languages | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const parsed = parseLanguages(text);
  if (parsed === undefined)
    throw new TerminologyRefusal(400, 'processing', messages.invalidLanguage(text), { detail: 'invalid-display' });
  return parsed;
}

export function optionsOf(asked: Asked, valueSet?: ValueSetResource): Options {
  const { parameters } = asked;
  const wished = languages(languageText(asked, valueSet));
  const activeOnly = parameters.boolean('activeOnly');
  return {
    ...(wished !== undefined && { languages: wished }),
    versions: versionRules(parameters),
    valueSetVersions: canonicals(parameters.texts('default-valueset-version')),
    useSupplements: parameters.texts('useSupplement'),
    ...(activeOnly !== undefined && { activeOnly }),
  };
}
