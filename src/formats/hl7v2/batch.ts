// Reconciles files and batches: what the trailers declare against what was found, headers against trailers
// (HL7 v2.5.1 ch. 2.15.3: BTS-1 counts the messages of a batch, ch. 2.15.5: FTS-1 the batches of a file).
import { issue, type Issue } from '../../model/issue.js';
import type { Header } from './headers.js';

type Trailer = 'BTS' | 'FTS';

/** A batch or file that was opened and not yet closed. */
interface Open {
  readonly header: Header | undefined;
  found: number;
}

/** The issues of a payload's headers and trailers; `payloadOffset` turns offsets of `view` into those received. */
export function reconcile(
  view: string,
  headers: readonly Header[],
  payloadOffset: (offset: number) => number,
): Issue[] {
  const issues: Issue[] = [];
  let file: Open = { header: undefined, found: 0 };
  let batch: Open | undefined;
  const place = (header: Header, path: string = header.name) => ({
    position: { path, offset: payloadOffset(header.start) },
  });
  const missing = (open: Open | undefined, trailer: Trailer): void => {
    if (open?.header)
      issues.push(issue('hl7v2.batch-trailer', { header: open.header.name, trailer }, place(open.header)));
  };
  const count = (trailer: Header, found: number): void => {
    const declared = declaredCount(view, trailer.start);
    if (declared !== undefined && declared !== found)
      issues.push(
        issue('hl7v2.batch-count', { trailer: trailer.name, declared, found }, place(trailer, `${trailer.name}-1`)),
      );
  };
  for (const header of headers) {
    switch (header.name) {
      case 'FHS':
        missing(batch, 'BTS');
        missing(file, 'FTS');
        file = { header, found: 0 };
        batch = undefined;
        break;
      case 'BHS':
        missing(batch, 'BTS');
        file.found += 1;
        batch = { header, found: 0 };
        break;
      case 'MSH':
        batch ??= { header: undefined, found: 0 };
        batch.found += 1;
        break;
      case 'BTS':
        if (!batch?.header) file.found += 1;
        count(header, batch?.found ?? 0);
        batch = undefined;
        break;
      case 'FTS':
        missing(batch, 'BTS');
        count(header, file.found);
        file = { header: undefined, found: 0 };
        batch = undefined;
        break;
    }
  }
  missing(batch, 'BTS');
  missing(file, 'FTS');
  return issues;
}

/** BTS-1, FTS-1; undefined where it is empty or not a number. */
function declaredCount(view: string, start: number): number | undefined {
  const digits = /^[^\w\s](\d{1,9})(?!\d)/.exec(view.slice(start + 3, start + 16))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
