// GET /v1/codemaps/{map} and POST /v1/codemaps/{map}/import: a feed's code map, out and in.
import { exchangeFormats, exported, type ExchangeFormat } from '../../../codemaps/exchange.js';
import { fhirText, json } from '../../answer.js';
import type { Parameter, Route, Services } from '../../route.js';

const bodyLimit = 32 * 1024 * 1024;

const parameters: readonly Parameter[] = [
  { name: 'map', in: 'path', description: 'Name of the code map', schema: { type: 'string' } },
  { name: 'feed', in: 'query', description: 'The feed', schema: { type: 'string' }, required: true },
  {
    name: 'format',
    in: 'query',
    description: 'A FHIR ConceptMap, or CSV',
    schema: { type: 'string', enum: exchangeFormats, default: 'fhir' },
  },
];

const formatOf = (parameters: Readonly<Record<string, string>>): ExchangeFormat =>
  (parameters['format'] ?? 'fhir') as ExchangeFormat;

export const exportMap = ({ stewardship }: Services): Route => ({
  method: 'get',
  path: '/v1/codemaps/{map}',
  tag: 'Governance',
  summary: 'A code map as a feed runs on it now, with what was decided for the feed',
  parameters,
  replies: {
    200: { description: 'The map', content: { 'application/fhir+json': 'ConceptMap', 'text/csv': 'Text' } },
    404: {
      description: 'No such feed, or its mapping uses no such map',
      content: { 'application/problem+json': 'Problem' },
    },
  },
  handle: ({ parameters: asked }) => {
    const format = formatOf(asked);
    const text = exported(stewardship.mapOf(asked['feed']!, asked['map']!), format);
    return format === 'fhir' ? fhirText(text) : { status: 200, type: 'text/csv; charset=utf-8; header=present', text };
  },
});

const person = { type: 'string', pattern: '^.{1,200}$' } as const;

export const importMap = ({ stewardship }: Services): Route => ({
  method: 'post',
  path: '/v1/codemaps/{map}/import',
  tag: 'Governance',
  summary: 'Proposes what an imported code map says otherwise than the feed’s, as a draft',
  parameters: [
    ...parameters,
    { name: 'author', in: 'query', description: 'Who proposes it', schema: person, required: true },
    { name: 'comment', in: 'query', description: 'Why', schema: { type: 'string', pattern: '^.{1,2000}$' } },
  ],
  bodyLimit: () => bodyLimit,
  replies: {
    201: { description: 'The draft, to be previewed and reviewed', content: { 'application/json': 'Draft' } },
    400: {
      description: 'A row cannot stand, told with its place or line',
      content: { 'application/problem+json': 'Problem', 'application/fhir+json': 'OperationOutcome' },
    },
    404: {
      description: 'No such feed, or its mapping uses no such map',
      content: { 'application/problem+json': 'Problem' },
    },
    409: {
      description: 'The feed’s map says all of it already',
      content: { 'application/problem+json': 'Problem' },
    },
  },
  handle: async ({ parameters: asked, body }) => {
    const { map, feed, author, comment } = asked;
    const given = { map: map!, feed: feed!, author: author!, comment };
    const draft = await stewardship.import({ ...given, format: formatOf(asked), bytes: body });
    return json(draft, 201, { Location: `/v1/codemaps/drafts/${draft.draftId}` });
  },
});
