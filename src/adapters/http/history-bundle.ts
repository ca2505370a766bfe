// A history Bundle (http://hl7.org/fhir/R4/http.html#history). The versions are printed already, with the digits their
// decimals had: they are set into the Bundle as they are, for reading them first would lose those.
import { printJson } from '../../canonical/json.js';
import type { JsonObject } from '../../model/json.js';
import type { ResourceVersion } from '../store/store.js';

export function historyText(versions: readonly ResourceVersion[], base: string): string {
  const head = { resourceType: 'Bundle', type: 'history', total: versions.length };
  return withMember(head, 'entry', `[${versions.map((version) => entryText(version, base)).join(',')}]`);
}

function entryText({ type, id, versionId, lastUpdated, text }: ResourceVersion, base: string): string {
  const entry = {
    fullUrl: `${base}/${type}/${id}`,
    request: { method: 'PUT', url: `${type}/${id}` },
    response: { status: versionId === '1' ? '201' : '200', etag: `W/"${versionId}"`, lastModified: lastUpdated },
  };
  return withMember(entry, 'resource', text);
}

/** The object's text with one more member, whose value is JSON text. */
const withMember = (object: JsonObject, name: string, text: string): string =>
  `${printJson(object).slice(0, -1)},${printJson(name)}:${text}}`;
