// The rows of the HL7 v2-to-FHIR guide's segment and datatype tables that have a FHIR target, as facts: map, field, element.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { GatewayError } from '../../src/model/error.js';

export type GuideLayer = 'segment' | 'datatype';

export interface GuideRow {
  readonly layer: GuideLayer;
  /** `PID[Patient]`: the table's name. */
  readonly map: string;
  /** `PID-3`, `CX.4`; '' where the row names the whole segment or datatype, or nothing. */
  readonly field: string;
  /** The target cell without blanks. */
  readonly path: string;
  readonly conditional: boolean;
  /** The constant the row assigns, where it names one in quotes. */
  readonly literal?: string;
}

const folders: readonly (readonly [GuideLayer, string])[] = [
  ['segment', 'segments'],
  ['datatype', 'datatypes'],
];

/** Every row with a target, by table name and the table's own order. */
export function readGuide(guide: string): GuideRow[] {
  return folders.flatMap(([layer, name]) => {
    const folder = join(guide, 'mappings', name);
    const files = readdirSync(folder).filter((file) => file.endsWith('.csv'));
    return files.sort().flatMap((file) => tableRows(layer, mapName(file), readFileSync(join(folder, file), 'utf8')));
  });
}

/** `HL7 Segment - FHIR R4_ PID[Patient] - PID.csv` -> `PID[Patient]`. */
function mapName(file: string): string {
  const name = /FHIR R4_ (\S+) - /.exec(file)?.[1];
  if (name !== undefined) return name;
  throw new GatewayError('incorrect', `${file} is not named as a table of the guide.`);
}

/** Rows of one table: a banner, the header, then the rows. Cells are addressed by position, for headers differ. */
export function tableRows(layer: GuideLayer, map: string, text: string): GuideRow[] {
  const [, header = [], ...rows] = parse(text, { bom: true, relax_column_count: true });
  const assigns = isBlankOr(header[16], 'Assignment');
  return rows.flatMap((cells) => rowOf(layer, map, cells, assigns));
}

const isBlankOr = (cell: string | undefined, name: string): boolean => (cell?.trim() || name) === name;

function rowOf(layer: GuideLayer, map: string, cells: readonly string[], assigns: boolean): GuideRow[] {
  const cell = (at: number): string => cells[at]?.trim() ?? '';
  const path = cell(9).replace(/\s+/g, '');
  if (path === '') return [];
  const literal = assigns ? /^"([^"]*)"$/.exec(cell(16))?.[1] : undefined;
  return [
    {
      layer,
      map,
      field: fieldOf(layer, map, cell(1)),
      path,
      conditional: [6, 7, 8].some((at) => cell(at) !== ''),
      ...(literal === undefined ? {} : { literal }),
    },
  ];
}

/** Some rows of datatype tables write `FT-1` for `FT.1`, or another's name; one without a position is the thing itself. */
function fieldOf(layer: GuideLayer, map: string, identifier: string): string {
  const position = /[-.](\d+)$/.exec(identifier)?.[1];
  if (position === undefined) return '';
  return layer === 'datatype' ? `${map.slice(0, map.indexOf('['))}.${position}` : identifier;
}
