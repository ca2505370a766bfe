// POST /v1/normalize/{feed}: a payload in, canonical resources out (DESIGN section 6).
import type { Envelope } from '../../../model/envelope.js';
import { GatewayError } from '../../../model/error.js';
import type { Feed } from '../../../model/feed.js';
import type { Issue } from '../../../model/issue.js';
import type { Gateway } from '../../../pipeline/gateway.js';
import { envelop, takeIn, type IntakeOptions, type TakenIn } from '../../intake.js';
import { json, type Answer } from '../answer.js';
import { Refusal } from '../failure.js';
import type { Job } from '../jobs.js';
import { fhirAnswer, itemSummary, payloadAnswer, type Received } from '../normalize-answer.js';
import type { ApiRequest, Route, Services } from '../route.js';

export const normalize = (services: Services): Route => ({
  method: 'post',
  path: '/v1/normalize/{feed}',
  tag: 'Normalize',
  summary: 'Turns a payload of a feed into canonical FHIR R4 and stores it',
  parameters: [
    { name: 'feed', in: 'path', description: 'Name of a registered feed', schema: { type: 'string' } },
    flag('dryRun', 'Store nothing'),
    flag('lineage', 'Add the lineage of every element'),
    {
      name: 'mapping',
      in: 'query',
      description: 'With dryRun: a mapping package instead of the one the feed pins, as package@version',
      schema: { type: 'string', pattern: '^[\\w.-]+@[\\w.-]+$' },
    },
  ],
  bodyLimit: ({ feed }) => feedOf(services.gateway, feed!).limits.bytes,
  replies: {
    200: {
      description: 'The canonical resources; for a CSV or batch payload, an item for each message',
      content: { 'application/json': 'NormalizeAnswer', 'application/fhir+json': 'Bundle' },
    },
    202: {
      description: 'With Prefer: respond-async: where to ask for the result',
      content: { 'application/json': 'Job' },
    },
    400: { description: 'A parameter is wrong', content: { 'application/problem+json': 'Problem' } },
    404: { description: 'No such feed or mapping', content: { 'application/problem+json': 'Problem' } },
    413: { description: 'Larger than the feed allows', content: { 'application/problem+json': 'Problem' } },
    422: {
      description: 'The message was not published; the report says why and where',
      content: { 'application/json': 'NormalizeAnswer', 'application/fhir+json': 'OperationOutcome' },
    },
  },
  handle: (request) => normalizeRequest(services, request),
});

const flag = (name: string, description: string) =>
  ({ name, in: 'query', description, schema: { type: 'boolean', default: false } }) as const;

async function normalizeRequest(services: Services, request: ApiRequest): Promise<Answer> {
  const feed = feedOf(services.gateway, request.parameters['feed']!);
  const envelope = envelop(request.body, { feed: feed.name, receivedAt: services.now(), name: request.requestId });
  const options = optionsOf(request);
  if (request.wantsAsync) return later(services, envelope, options);
  const received = await receive(services, envelope, options);
  const withLineage = request.parameters['lineage'] === 'true';
  return request.wantsFhir()
    ? fhirAnswer(received)
    : payloadAnswer(received, { perItem: feed.format === 'csv', withLineage });
}

function feedOf(gateway: Gateway, name: string): Feed {
  const feed = gateway.feeds.get(name);
  if (feed === undefined)
    throw new GatewayError('not-found', 'No feed of that name is registered; GET /v1/feeds lists them.');
  return feed;
}

function optionsOf({ parameters }: ApiRequest): IntakeOptions {
  const dryRun = parameters['dryRun'] === 'true';
  const mapping = parameters['mapping'];
  if (mapping === undefined) return { dryRun };
  if (!dryRun) throw new Refusal(400, 'mapping is for a dry run only: add dryRun=true.');
  return { dryRun, mapping };
}

async function receive(services: Services, envelope: Envelope, options: IntakeOptions): Promise<Received> {
  const items: TakenIn[] = [];
  const issues = await each(services, envelope, options, (item) => items.push(item));
  return { items, issues };
}

async function each(
  services: Services,
  envelope: Envelope,
  options: IntakeOptions,
  use: (item: TakenIn) => unknown,
): Promise<readonly Issue[]> {
  const messages = takeIn(services, envelope, options);
  for (;;) {
    const next = await messages.next();
    if (next.done === true) return next.value;
    use(next.value);
  }
}

function later(services: Services, envelope: Envelope, options: IntakeOptions): Answer {
  const id = services.jobs.start((progress) => jobOf(services, envelope, options, progress));
  if (id === undefined)
    throw new Refusal(503, 'Too many jobs are running or kept; ask again later.', { 'Retry-After': '10' });
  const status = `/v1/jobs/${id}`;
  return json({ job: id, state: 'running', status }, 202, { Location: status, 'Preference-Applied': 'respond-async' });
}

// The answer of a job names what was stored, and does not hold it: a file may be large, and the store has it.
async function jobOf(
  services: Services,
  envelope: Envelope,
  options: IntakeOptions,
  progress: (messages: number) => void,
): Promise<Job> {
  const items: ReturnType<typeof itemSummary>[] = [];
  try {
    const issues = await each(services, envelope, options, (item) => progress(items.push(itemSummary(item))));
    return { state: 'done', result: { items, issues } };
  } catch (error) {
    services.log.error('job failed', error, { feed: envelope.feed });
    return {
      state: 'failed',
      status: 503,
      detail: 'The gateway failed; the log has the reason. What was stored stays.',
    };
  }
}

export const job = ({ jobs }: Services): Route => ({
  method: 'get',
  path: '/v1/jobs/{job}',
  tag: 'Normalize',
  summary: 'How far a payload has come that was posted with Prefer: respond-async',
  parameters: [{ name: 'job', in: 'path', description: 'Id of the job', schema: { type: 'string' } }],
  replies: {
    200: { description: 'Done: what became of each message', content: { 'application/json': 'JobResult' } },
    202: { description: 'Still running', content: { 'application/json': 'Job' } },
    404: {
      description: 'No such job, or it ended more than an hour ago',
      content: { 'application/problem+json': 'Problem' },
    },
    503: { description: 'The job failed', content: { 'application/problem+json': 'Problem' } },
  },
  handle: ({ parameters }) => jobAnswer(parameters['job']!, jobs.find(parameters['job']!)),
});

function jobAnswer(id: string, found: Job | undefined): Answer {
  if (found === undefined) throw new GatewayError('not-found', 'No such job, or it ended more than an hour ago.');
  if (found.state === 'failed') throw new Refusal(found.status, found.detail);
  if (found.state === 'done') return json({ job: id, state: 'done', ...found.result });
  return json({ job: id, ...found }, 202, { 'Retry-After': '1' });
}
