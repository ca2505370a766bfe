// A route: what it is called, what may be asked and answered, and what answers it. The server, the OpenAPI document and
// the documentation page are all made from the same table of routes.
import type { Gateway } from '../../pipeline/gateway.js';
import type { Catalogue } from '../catalogue.js';
import type { Resumption } from '../codemaps/resumption.js';
import type { Stewardship } from '../codemaps/stewardship.js';
import type { Config } from '../config.js';
import type { Store } from '../store/store.js';
import type { Terminology } from '../terminology/terminology.js';
import type { ValidationService } from '../validation/validation-service.js';
import type { Log } from '../telemetry/log.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { Answer } from './answer.js';
import type { Jobs } from './jobs.js';

/** What routes work with. */
export interface Services {
  readonly config: Config;
  readonly gateway: Gateway;
  readonly store: Store;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly jobs: Jobs;
  readonly catalogue: Catalogue;
  readonly stewardship: Stewardship;
  readonly resumption: Resumption;
  readonly terminology: Terminology;
  /** Made when first asked for: definitions take their time to load. */
  readonly validation: () => ValidationService;
  /** The gateway's own version. */
  readonly version: string;
  /** The present moment, ISO 8601 in UTC. */
  readonly now: () => string;
}

export interface ApiRequest {
  /** Path and query parameters, checked against the route's declaration. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The query as it is, for routes that read it themselves. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly acceptLanguage: string | undefined;
  readonly body: Uint8Array;
  /** The client asked for application/fhir+json. */
  readonly wantsFhir: () => boolean;
  /** The client sent `Prefer: respond-async` (RFC 7240). */
  readonly wantsAsync: boolean;
  readonly ifNoneMatch: string | undefined;
  readonly ifMatch: string | undefined;
  readonly requestId: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly description: string;
  /** A query parameter that must be there; those of the path always are. */
  readonly required?: true;
  /** JSON Schema of the value; `enum`, `pattern` and the type `boolean` or `integer` are checked. */
  readonly schema: {
    readonly type: 'string' | 'boolean' | 'integer';
    readonly enum?: readonly string[];
    readonly pattern?: string;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly default?: string | boolean | number;
  };
}

/** What a status means, and what comes with it: media type -> schema of openapi.ts, or nothing. */
export interface Reply {
  readonly description: string;
  readonly content?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** With `{name}` for path parameters. */
  readonly path: string;
  readonly tag: 'Normalize' | 'Governance' | 'FHIR' | 'Terminology' | 'Operation';
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  /** The query is read by the route itself: its parameters are those of a FHIR operation, and may repeat. */
  readonly anyQuery?: boolean;
  /** The limit of the body in bytes; absent: the route takes none. */
  readonly bodyLimit?: (parameters: Readonly<Record<string, string>>) => number;
  /** The schema of a JSON body, by its name; absent: it may be anything. */
  readonly body?: string;
  readonly replies: Readonly<Record<number, Reply>>;
  /** Throws a Refusal or a GatewayError for what it cannot answer. */
  handle(request: ApiRequest): Answer | Promise<Answer>;
}
