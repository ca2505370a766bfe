// Code maps in and out: as a FHIR ConceptMap (http://hl7.org/fhir/R4/conceptmap.html) or as CSV.
import { printJson } from '../../canonical/json.js';
import { GatewayError } from '../../model/error.js';
import { isObject, type JsonObject, type JsonValue } from '../../model/json.js';
import { soleSource, soleTarget, type CodeMap } from '../../terminology/code-map.js';
import { compileConceptMap } from '../../terminology/concept-map.js';
import type { CodeDecision } from '../../terminology/concept-maps/decisions.js';
import { changedRows, decisionOf, rowsOf, type MapRow } from '../../terminology/concept-maps/rows.js';
import { parseCsv, printCsv } from './csv.js';

export const exchangeFormats = ['fhir', 'csv'] as const;

export type ExchangeFormat = (typeof exchangeFormats)[number];

export const exported = ({ resource }: CodeMap, format: ExchangeFormat): string =>
  format === 'csv' ? printCsv(rowsOf(resource)) : printJson(resource as unknown as JsonObject);

/**
 * What an imported map decides otherwise than the map there is. Rows that are not in it stay as they are.
 *
 * @throws GatewayError `incorrect` with the place in the ConceptMap or the line of the CSV.
 */
export function importedDecisions(bytes: Uint8Array, format: ExchangeFormat, map: CodeMap): readonly CodeDecision[] {
  const rows = format === 'csv' ? parseCsv(bytes).map((row) => withSystems(row, map)) : conceptMapRows(bytes, map);
  return changedRows(rows, map.resource).map((row) => {
    const decision = decisionOf(row);
    if (typeof decision === 'string') throw new GatewayError('incorrect', `${row.place}: ${decision}`);
    return decision;
  });
}

/** A system that a line does not say is the map's. */
const withSystems = (row: MapRow, map: CodeMap): MapRow => ({
  ...row,
  system: row.system || soleSource(map),
  targets: row.targets.map((target) => ({ ...target, system: target.system || soleTarget(map) })),
});

/** It takes the place of the map, so it is called as that; what is asked of it is that its rows can be followed. */
function conceptMapRows(bytes: Uint8Array, { name, url, version }: CodeMap): readonly MapRow[] {
  const resource = { url, version, ...parse(bytes), name };
  return rowsOf(compileConceptMap(resource, { name, place: 'ConceptMap', digest: '' }).resource);
}

function parse(bytes: Uint8Array): JsonObject {
  let value: JsonValue;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as JsonValue;
  } catch {
    throw new GatewayError('incorrect', 'ConceptMap: is not JSON in UTF-8.');
  }
  if (!isObject(value)) throw new GatewayError('incorrect', 'ConceptMap: is not a JSON object.');
  return value;
}
