// Search and read of terminology, installed and curated (http://hl7.org/fhir/R4/http.html#search).
import type { JsonObject } from '../../../../model/json.js';
import type { Terminology } from '../../../terminology/terminology.js';
import type { Content } from '../../../../terminology/content.js';
import { fhirText } from '../../answer.js';
import type { Parameter, Route, Services } from '../../route.js';

export const searchedTypes = ['CodeSystem', 'ValueSet', 'ConceptMap', 'NamingSystem'] as const;
export type TerminologyType = (typeof searchedTypes)[number];

interface Entry {
  readonly id?: string;
  /** A NamingSystem has none. */
  readonly url?: string;
  readonly version?: string;
  resource(): unknown;
}

const entriesOf: Readonly<
  Record<TerminologyType, (terminology: Pick<Terminology, 'content' | 'namingSystems'>) => readonly Entry[]>
> = {
  CodeSystem: ({ content }) => codeSystems(content),
  ValueSet: ({ content }) => content.valueSetUrls().flatMap((url) => content.valueSets(url)),
  ConceptMap: ({ content }) => content.conceptMaps(),
  NamingSystem: ({ namingSystems }) =>
    namingSystems.map((resource) => ({
      ...(resource.id !== undefined && { id: resource.id }),
      resource: () => resource,
    })),
};

const codeSystems = (content: Content): readonly Entry[] =>
  content.codeSystemUrls().flatMap((url) => content.codeSystems(url));

const resourceOf = (entry: Entry): JsonObject => entry.resource() as JsonObject;

/** What a parameter asks of the resource itself. */
type Asks = (resource: JsonObject, text: string) => boolean;

/** http://hl7.org/fhir/R4/search.html#string: the value begins with the text, whatever the case. */
const begins =
  (member: string): Asks =>
  (resource, text) => {
    const value = resource[member];
    return typeof value === 'string' && value.toLowerCase().startsWith(text.toLowerCase());
  };

const equals =
  (...members: readonly string[]): Asks =>
  (resource, text) =>
    members.some((member) => resource[member] === text);

const asks: Readonly<Record<string, Asks>> = {
  name: begins('name'),
  title: begins('title'),
  publisher: begins('publisher'),
  status: equals('status'),
  kind: equals('kind'),
  source: equals('sourceUri', 'sourceCanonical'),
  target: equals('targetUri', 'targetCanonical'),
  reference: ({ compose }, text) => systemsIn(compose).includes(text),
  value: ({ uniqueId }, text) => membersOf(uniqueId, 'value').includes(text),
};

const objects = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? (value as JsonObject[]) : []);
const membersOf = (value: unknown, member: string): readonly unknown[] => objects(value).map((each) => each[member]);

/** The code systems that a value set takes codes from. */
const systemsIn = (compose: unknown): readonly unknown[] =>
  membersOf((compose as JsonObject | undefined)?.['include'], 'system');

/** What the index answers goes first. */
function matches(entry: Entry, asked: Readonly<Record<string, string>>): boolean {
  const { url = asked['system'], version, _id: id } = asked;
  if (url !== undefined && entry.url !== url) return false;
  if (version !== undefined && entry.version !== version) return false;
  if (id !== undefined && entry.id !== id) return false;
  const others = Object.entries(asked).filter(([name]) => name in asks);
  return others.length === 0 || others.every(([name, text]) => asks[name]!(resourceOf(entry), text));
}

const mostInPage = 100;
const pageSize = 20;

function bundle(
  type: TerminologyType,
  found: readonly Entry[],
  asked: Readonly<Record<string, string>>,
  base: string,
): JsonObject {
  const offset = Number(asked['_offset'] ?? 0);
  const count = Number(asked['_count'] ?? pageSize);
  const link = (relation: string, at: number): JsonObject => ({ relation, url: pageUrl(type, asked, base, at, count) });
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total: found.length,
    link: [
      link('self', offset),
      ...(offset > 0 ? [link('previous', Math.max(0, offset - count))] : []),
      ...(count > 0 && offset + count < found.length ? [link('next', offset + count)] : []),
    ],
    entry: found.slice(offset, offset + count).map((entry) => ({
      ...(entry.id !== undefined && { fullUrl: `${base}/${type}/${entry.id}` }),
      resource: resourceOf(entry),
      search: { mode: 'match' },
    })),
  };
}

function pageUrl(
  type: TerminologyType,
  asked: Readonly<Record<string, string>>,
  base: string,
  offset: number,
  count: number,
): string {
  const query = new URLSearchParams({ ...asked, _count: String(count), _offset: String(offset) });
  return `${base}/${type}?${query}`;
}

const text = (name: string, description: string): Parameter => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string' },
});

/** Those of canonical resources, which a NamingSystem is not. */
const canonical: readonly Parameter[] = [
  text('url', 'Canonical URL'),
  text('version', 'Business version'),
  text('title', 'Beginning of the title'),
];

const parametersOf: Readonly<Record<TerminologyType, readonly Parameter[]>> = {
  CodeSystem: [...canonical, text('system', 'Canonical URL: the system of its codes')],
  ValueSet: [...canonical, text('reference', 'A code system that it takes codes from')],
  ConceptMap: [
    ...canonical,
    text('source', 'Canonical or URI of what is mapped'),
    text('target', 'Canonical or URI of what it is mapped to'),
  ],
  NamingSystem: [text('value', 'One of its unique ids'), text('kind', 'codesystem, identifier or root')],
};

const common: readonly Parameter[] = [
  text('_id', 'Logical id'),
  text('name', 'Beginning of the name'),
  text('publisher', 'Beginning of the name of the publisher'),
  text('status', 'Publication status'),
  {
    name: '_count',
    in: 'query',
    description: 'Resources in a page',
    schema: { type: 'integer', minimum: 0, maximum: mostInPage, default: pageSize },
  },
  {
    name: '_offset',
    in: 'query',
    description: 'Resources before the page',
    schema: { type: 'integer', minimum: 0, default: 0 },
  },
];

/** Names of what a type can be searched by. */
export const searchNames = (type: TerminologyType): readonly string[] =>
  [...parametersOf[type], ...common].map(({ name }) => name).filter((name) => !/^_(count|offset)$/.test(name));

const searchRoute = (type: TerminologyType, services: Services): Route => ({
  method: 'get',
  path: `/fhir/${type}`,
  tag: 'Terminology',
  summary: `Search of ${type} resources, installed and curated`,
  parameters: [...parametersOf[type], ...common],
  replies: { 200: { description: 'A Bundle of type searchset', content: { 'application/fhir+json': 'Bundle' } } },
  handle: ({ parameters: asked }) => {
    const found = entriesOf[type](services.terminology).filter((entry) => matches(entry, asked));
    return fhirText(JSON.stringify(bundle(type, found, asked, services.config.BASE_URL)));
  },
});

export const searchRoutes = (services: Services): readonly Route[] =>
  searchedTypes.map((type) => searchRoute(type, services));

export const isSearched = (type: string): type is TerminologyType =>
  (searchedTypes as readonly string[]).includes(type);

/** The installed resource of that id; undefined when there is none. */
export function installedResource(type: string, id: string, content: Content): JsonObject | undefined {
  if (!isSearched(type)) return undefined;
  const entry = entriesOf[type]({ content, namingSystems: [] }).find((each) => each.id === id);
  return entry && resourceOf(entry);
}
