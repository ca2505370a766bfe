// A row, or a group of rows, as a source message. A place is a range of cells, numbered row by row.
import type { Issue, Position } from '../../model/issue.js';
import type { Place, Residual, SourceMessage, Use } from '../../model/source.js';
import type { TextPayload } from '../payload/text-payload.js';
import { printable, type Header } from './header.js';
import { valueOffset } from './records.js';
import type { CsvRow } from './rows.js';

/** What the rows of one file share. */
export class CsvTable {
  readonly payload: TextPayload;
  readonly header: Header;
  readonly width: number;
  private readonly indices: ReadonlyMap<string, number>;

  constructor(payload: TextPayload, header: Header) {
    this.payload = payload;
    this.header = header;
    this.width = header.columns.length;
    this.indices = new Map(header.columns.map((name, index) => [name, index]));
  }

  indexOf(column: string): number | undefined {
    return this.indices.get(column);
  }

  columnName(index: number): string {
    return printable(this.header.columns[index] ?? '', index);
  }

  /** `row 17, column VALUE`, or `row 17` alone. */
  position({ record }: CsvRow, column?: number): Position {
    const at = valueOffset(this.payload.bytes, record, this.header.delimiter.charCodeAt(0), column ?? 0);
    const path = column === undefined ? `row ${record.row}` : `row ${record.row}, column ${this.columnName(column)}`;
    const offset = this.payload.offsetOf(at);
    return offset === undefined ? { path } : { path, offset };
  }
}

const unused = 0;
const uses: Readonly<Record<Use, number>> = { read: 1, ignored: 2 };

export class CsvMessage implements SourceMessage {
  readonly format = 'csv';
  readonly issues: readonly Issue[] = [];
  readonly root: Place;
  private readonly table: CsvTable;
  private readonly rows: readonly CsvRow[];
  private readonly cells: Place[] = [];
  private readonly rowPlaces: readonly Place[];
  private readonly marks: Uint8Array;

  constructor(table: CsvTable, rows: readonly CsvRow[]) {
    const { width } = table;
    this.table = table;
    this.rows = rows;
    this.rowPlaces = rows.map((_, row) => ({ start: row * width, end: (row + 1) * width }));
    const [only] = this.rowPlaces;
    this.root = only && rows.length === 1 ? only : { start: 0, end: rows.length * width };
    this.marks = new Uint8Array(rows.length * width);
  }

  get structure(): string {
    return this.table.header.kind;
  }

  get messageType(): string {
    return this.structure;
  }

  /** The rows of the place: all of them for the message, one for a row or a cell. */
  rowsAt(at: Place): readonly Place[] {
    const first = this.rowOf(at.start);
    return this.rowPlaces.slice(first, this.rowOf(at.end - 1) + 1);
  }

  /** The populated cell of a column in a row. */
  cell(row: Place, column: string): Place | undefined {
    const index = this.table.indexOf(column);
    if (index === undefined || this.value(row.start + index) === '') return undefined;
    const start = row.start + index;
    return (this.cells[start] ??= { start, end: start + 1 });
  }

  /** A cell's text; of more than a cell the first populated one's, or (`whole`) the record as it stands in the file. */
  text(place: Place, whole = false): string {
    if (place.end - place.start === 1) return this.value(place.start);
    if (!whole) return this.value(this.firstPopulated(place));
    const texts = this.rowsAt(place).map((row) => this.rawText(row));
    return texts.join('\n');
  }

  isNull(): boolean {
    return false;
  }

  mark(place: Place, use: Use, extent: 'leaf' | 'all'): void {
    if (extent === 'all') this.marks.fill(uses[use], place.start, place.end);
    else this.marks[this.firstPopulated(place)] = uses[use];
  }

  positionOf(place: Place): Position {
    const row = this.rows[this.rowOf(place.start)] as CsvRow;
    return place.end - place.start === 1
      ? this.table.position(row, place.start % this.table.width)
      : this.table.position(row);
  }

  residuals(): Residual[] {
    const found: Residual[] = [];
    for (let at = this.marks.indexOf(unused); at >= 0; at = this.marks.indexOf(unused, at + 1)) {
      if (this.value(at) === '') continue;
      const position = this.positionOf({ start: at, end: at + 1 });
      found.push({ position, path: this.table.columnName(at % this.table.width) });
    }
    return found;
  }

  private rowOf(cell: number): number {
    return Math.floor(cell / this.table.width);
  }

  private value(cell: number): string {
    return this.rows[this.rowOf(cell)]?.values[cell % this.table.width] ?? '';
  }

  private firstPopulated({ start, end }: Place): number {
    let at = start;
    while (at < end - 1 && this.value(at) === '') at++;
    return at;
  }

  private rawText(row: Place): string {
    const { record } = this.rows[this.rowOf(row.start)] as CsvRow;
    return this.table.payload.decode(record.start, record.end);
  }
}
