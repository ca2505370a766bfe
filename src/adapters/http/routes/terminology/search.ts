// Search and read of the terminology that is installed (http://hl7.org/fhir/R4/http.html#search): by canonical, version, name.
import type { JsonObject } from '../../../../model/json.js';
import type { Content } from '../../../../terminology/content.js';
import { fhirText } from '../../answer.js';
import type { Parameter, Route, Services } from '../../route.js';

export const searchedTypes = ['CodeSystem', 'ValueSet', 'ConceptMap'] as const;
type Type = (typeof searchedTypes)[number];

interface Entry {
  readonly id?: string;
  readonly url: string;
  readonly version?: string;
  resource(): unknown;
}

const entriesOf: Readonly<Record<Type, (content: Content) => readonly Entry[]>> = {
  CodeSystem: (content) => content.codeSystemUrls().flatMap((url) => content.codeSystems(url)),
  ValueSet: (content) => content.valueSetUrls().flatMap((url) => content.valueSets(url)),
  ConceptMap: (content) => content.conceptMaps(),
};

const resourceOf = (entry: Entry): JsonObject => entry.resource() as JsonObject;

/** Tests that need the resource go last: the index answers the others. */
function matches(entry: Entry, asked: Readonly<Record<string, string>>): boolean {
  const { url, version, _id: id, name, title, status } = asked;
  if (url !== undefined && entry.url !== url) return false;
  if (version !== undefined && entry.version !== version) return false;
  if (id === undefined && name === undefined && title === undefined && status === undefined) return true;
  const resource = resourceOf(entry);
  return (
    (id === undefined || entry.id === id) &&
    (status === undefined || resource['status'] === status) &&
    begins(resource['name'], name) &&
    begins(resource['title'], title)
  );
}

/** http://hl7.org/fhir/R4/search.html#string: the value begins with the text, whatever the case. */
const begins = (value: unknown, text: string | undefined): boolean =>
  text === undefined || (typeof value === 'string' && value.toLowerCase().startsWith(text.toLowerCase()));

const mostInPage = 100;

function bundle(
  type: Type,
  found: readonly Entry[],
  asked: Readonly<Record<string, string>>,
  base: string,
): JsonObject {
  const offset = Number(asked['_offset'] ?? 0);
  const page = found.slice(offset, offset + Number(asked['_count'] ?? 20));
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: found.length,
    entry: page.map((entry) => ({
      ...(entry.id !== undefined && { fullUrl: `${base}/${type}/${entry.id}` }),
      resource: resourceOf(entry),
      search: { mode: 'match' },
    })),
  };
}

const text = (name: string, description: string): Parameter => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string' },
});

const parameters: readonly Parameter[] = [
  text('url', 'Canonical URL'),
  text('version', 'Business version'),
  text('_id', 'Logical id'),
  text('name', 'Beginning of the name'),
  text('title', 'Beginning of the title'),
  text('status', 'Publication status'),
  {
    name: '_count',
    in: 'query',
    description: 'Resources in a page',
    schema: { type: 'integer', minimum: 0, maximum: mostInPage, default: 20 },
  },
  {
    name: '_offset',
    in: 'query',
    description: 'Resources before the page',
    schema: { type: 'integer', minimum: 0, default: 0 },
  },
];

const searchRoute = (type: Type, services: Services): Route => ({
  method: 'get',
  path: `/fhir/${type}`,
  tag: 'Terminology',
  summary: `Search of the installed ${type} resources`,
  parameters,
  replies: { 200: { description: 'A Bundle of type searchset', content: { 'application/fhir+json': 'Bundle' } } },
  handle: ({ parameters: asked }) => {
    const found = entriesOf[type](services.terminology).filter((entry) => matches(entry, asked));
    return fhirText(JSON.stringify(bundle(type, found, asked, services.config.BASE_URL)));
  },
});

export const searchRoutes = (services: Services): readonly Route[] =>
  searchedTypes.map((type) => searchRoute(type, services));

const isSearched = (type: string): type is Type => (searchedTypes as readonly string[]).includes(type);

/** The installed resource of that id; undefined when there is none. */
export function installedResource(type: string, id: string, content: Content): JsonObject | undefined {
  if (!isSearched(type)) return undefined;
  const entry = entriesOf[type](content).find((each) => each.id === id);
  return entry && resourceOf(entry);
}
