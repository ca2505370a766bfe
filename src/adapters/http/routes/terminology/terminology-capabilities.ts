// GET /fhir/metadata?mode=terminology: what the terminology service can do
// (http://hl7.org/fhir/R4/terminologycapabilities.html).
import type { JsonObject } from '../../../../model/json.js';
import type { Content } from '../../../../terminology/content.js';
import type { Services } from '../../route.js';

/** Parameters of $expand that are understood. */
const expansionParameters = [
  'activeOnly',
  'check-system-version',
  'count',
  'default-valueset-version',
  'designation',
  'displayLanguage',
  'excludeNested',
  'filter',
  'force-system-version',
  'includeDefinition',
  'includeDesignations',
  'offset',
  'property',
  'system-version',
  'tx-resource',
  'useSupplement',
];

/** @param date since when it is so. */
export const terminologyCapabilities = (
  { config, version, terminology: { content } }: Services,
  date: string,
): JsonObject => ({
  resourceType: 'TerminologyCapabilities',
  url: `${config.BASE_URL}/TerminologyCapabilities/concord`,
  version,
  name: 'ConcordTerminology',
  title: 'Concord terminology service',
  status: 'active',
  date,
  kind: 'instance',
  software: { name: 'Concord', version },
  implementation: { description: 'Concord terminology service', url: config.BASE_URL },
  lockedDate: false,
  codeSystem: content.codeSystemUrls().map((uri) => codeSystem(uri, content)),
  expansion: {
    hierarchical: true,
    paging: true,
    incomplete: false,
    parameter: expansionParameters.map((name) => ({ name })),
    textFilter: 'Every word must begin or be part of a word of a display or of the code; likeliest first.',
  },
  codeSearch: 'all',
  validateCode: { translations: true },
  translation: { needsMap: false },
});

function codeSystem(uri: string, content: Content): JsonObject {
  const versions = content.codeSystems(uri).flatMap(({ version }) => version ?? []);
  return { uri, ...(versions.length > 0 && { version: versions.map((code) => ({ code })) }) };
}
