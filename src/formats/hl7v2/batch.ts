// Reconciles files and batches: what the trailers declare against what was found, headers against trailers
// (HL7 v2.5.1 ch. 2.15.3: BTS-1 counts the messages of a batch, ch. 2.15.5: FTS-1 the batches of a file).
import { issue, type Issue } from '../../model/issue.js';
import type { Header, HeaderName } from './headers.js';

/** The issues of a payload's headers and trailers; `payloadOffset` turns offsets of `view` into those received. */
export function reconcile(
  view: string,
  headers: readonly Header[],
  payloadOffset: (offset: number) => number,
): Issue[] {
  const reconciler = new Reconciler(view, payloadOffset);
  for (const header of headers) reconciler.meet(header);
  return reconciler.close();
}

/** A batch or file that was begun and has not ended. */
interface Open {
  /** Absent where messages stand without one. */
  readonly header?: Header;
  found: number;
}

const trailerOf: Readonly<Partial<Record<HeaderName, HeaderName>>> = { FHS: 'FTS', BHS: 'BTS' };

class Reconciler {
  readonly #view: string;
  readonly #payloadOffset: (offset: number) => number;
  readonly #issues: Issue[] = [];
  #file: Open = { found: 0 };
  #batch: Open | undefined;

  constructor(view: string, payloadOffset: (offset: number) => number) {
    this.#view = view;
    this.#payloadOffset = payloadOffset;
  }

  meet(header: Header): void {
    switch (header.name) {
      case 'FHS':
        this.close();
        this.#file = { header, found: 0 };
        break;
      case 'BHS':
        this.#lacksTrailer(this.#batch);
        this.#begin({ header, found: 0 });
        break;
      case 'MSH':
        if (!this.#batch) this.#begin({ found: 0 });
        if (this.#batch) this.#batch.found += 1;
        break;
      case 'BTS':
        if (!this.#batch) this.#file.found += 1;
        this.#compare(header, this.#batch?.found ?? 0);
        this.#batch = undefined;
        break;
      case 'FTS':
        this.#lacksTrailer(this.#batch);
        this.#batch = undefined;
        this.#compare(header, this.#file.found);
        this.#file = { found: 0 };
        break;
    }
  }

  /** The end of the payload, or of a file in it. */
  close(): Issue[] {
    this.#lacksTrailer(this.#batch);
    this.#lacksTrailer(this.#file);
    this.#batch = undefined;
    return this.#issues;
  }

  #begin(batch: Open): void {
    this.#batch = batch;
    this.#file.found += 1;
  }

  #lacksTrailer(open: Open | undefined): void {
    const header = open?.header;
    const trailer = header && trailerOf[header.name];
    if (trailer) this.#issues.push(issue('hl7v2.batch-trailer', { header: header.name, trailer }, this.#at(header)));
  }

  #compare(trailer: Header, found: number): void {
    const declared = declaredCount(this.#view, trailer.start);
    if (declared === undefined || declared === found) return;
    const args = { trailer: trailer.name, declared, found };
    this.#issues.push(issue('hl7v2.batch-count', args, this.#at(trailer, `${trailer.name}-1`)));
  }

  #at(header: Header, path: string = header.name) {
    return { position: { path, offset: this.#payloadOffset(header.start) } };
  }
}

/** BTS-1, FTS-1; undefined where it is empty or not a number. */
function declaredCount(view: string, start: number): number | undefined {
  const digits = /^[^\w\s](\d{1,9})(?!\d)/.exec(view.slice(start + 3, start + 16))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
