// GET /v1/dictionary and /v1/dictionary/{id}: the concepts that are shared, with owner, definition, codes and units.
import { GatewayError } from '../../../model/error.js';
import { dictionaryDigest } from '../../dictionary/dictionary-files.js';
import { json } from '../answer.js';
import type { Route, Services } from '../route.js';

export const dictionary = ({ catalogue }: Services): Route => ({
  method: 'get',
  path: '/v1/dictionary',
  tag: 'Governance',
  summary: 'The dictionary: concepts with owner, definition, codes and units; by id',
  parameters: [
    {
      name: 'status',
      in: 'query',
      description: 'Of concepts of this status',
      schema: { type: 'string', enum: ['draft', 'active', 'retired'] },
    },
  ],
  replies: { 200: { description: 'All of them', content: { 'application/json': 'Dictionary' } } },
  handle: ({ parameters: { status } }) => {
    const all = catalogue.dictionary();
    const concepts = all.concepts.filter((each) => status === undefined || each.status === status);
    return json({ digest: dictionaryDigest(all), concepts });
  },
});

export const dictionaryConcept = ({ catalogue }: Services): Route => ({
  method: 'get',
  path: '/v1/dictionary/{id}',
  tag: 'Governance',
  summary: 'One concept of the dictionary',
  parameters: [{ name: 'id', in: 'path', description: 'Such as blood-pressure.systolic', schema: { type: 'string' } }],
  replies: {
    200: { description: 'The concept', content: { 'application/json': 'DictionaryConcept' } },
    404: { description: 'There is none of that id', content: { 'application/problem+json': 'Problem' } },
  },
  handle: ({ parameters: { id = '' } }) => {
    const concept = catalogue.dictionary().concept(id);
    if (concept === undefined)
      throw new GatewayError('not-found', 'No concept has that id; GET /v1/dictionary lists them.');
    return json(concept);
  },
});
