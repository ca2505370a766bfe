// What a route answers: a value, written to the wire in one place (app.ts).
import { printJson } from '../../canonical/json.js';
import type { JsonObject, JsonValue } from '../../model/json.js';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Headers = Readonly<Record<string, string>>;

export const jsonType = 'application/json; charset=utf-8';
export const fhirType = 'application/fhir+json; charset=utf-8';
export const problemType = 'application/problem+json; charset=utf-8';

// The gateway's records are plain JSON; only their declarations lack the index signature that JsonObject asks for.
export const json = (value: object, status = 200, headers: Headers = {}): Answer => ({
  status,
  type: jsonType,
  text: printJson(value as JsonValue),
  headers,
});

export const fhir = (resource: JsonObject, status = 200, headers: Headers = {}): Answer =>
  fhirText(printJson(resource), status, headers);

export const fhirText = (text: string, status = 200, headers: Headers = {}): Answer => ({
  status,
  type: fhirType,
  text,
  headers,
});

export const html = (text: string): Answer => ({ status: 200, type: 'text/html; charset=utf-8', text });
