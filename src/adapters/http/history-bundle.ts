// A history Bundle (http://hl7.org/fhir/R4/http.html#history). The versions are printed already, with the digits their
// decimals had: they are set into the Bundle as they are, for reading them first would lose those.
import { printJson } from '../../canonical/json.js';
import type { JsonObject } from '../../model/json.js';

/** A version without text is the one that deleted the resource. */
export interface HistoryVersion {
  readonly type: string;
  readonly id: string;
  readonly versionId: string;
  readonly lastUpdated: string;
  readonly text: string | undefined;
}

export function historyText(versions: readonly HistoryVersion[], base: string): string {
  const head = { resourceType: 'Bundle', type: 'history', total: versions.length };
  return withMember(head, 'entry', `[${versions.map((version) => entryText(version, base)).join(',')}]`);
}

function entryText({ type, id, versionId, lastUpdated, text }: HistoryVersion, base: string): string {
  const entry = {
    fullUrl: `${base}/${type}/${id}`,
    request: { method: text === undefined ? 'DELETE' : 'PUT', url: `${type}/${id}` },
    response: { status: statusOf(versionId, text), etag: `W/"${versionId}"`, lastModified: lastUpdated },
  };
  return text === undefined ? printJson(entry) : withMember(entry, 'resource', text);
}

function statusOf(versionId: string, text: string | undefined): string {
  if (text === undefined) return '204';
  return versionId === '1' ? '201' : '200';
}

/** The object's text with one more member, whose value is JSON text. */
const withMember = (object: JsonObject, name: string, text: string): string =>
  `${printJson(object).slice(0, -1)},${printJson(name)}:${text}}`;
