import { expect, it } from 'vitest';
import { messageTable } from './guide-messages.js';

const row = (map: string, references: string): string => `1,ORU_R01.X,X,,1,1,,,,Target,${map},"${references}",`;
const table = (...rows: string[]): string => ['HL7 v2,,,', 'Sort Order,Identifier,,,,,,,,,,,', ...rows].join('\n');

it('takes the segment tables that a message table runs, and the references it writes', () => {
  const text = table(
    row('PID[Patient]', ''),
    row('PV1[Encounter]', 'Encounter[1].subject.reference=Patient[1].id'),
    row('MSH[Provenance-Source]', 'Provenance[1].target.reference=Bundle.id; Provenance[1].target=MessageHeader[1].id'),
  );
  expect(messageTable(text)).toEqual({
    runs: ['PID[Patient]', 'PV1[Encounter]', 'MSH[Provenance-Source]'],
    references: ['Encounter.subject', 'Provenance.target', 'Provenance.target'],
  });
});

it('takes neither constants nor what is no path for a reference', () => {
  const text = table(row('', 'Provenance[1].entity.role=""source""\nServiceRequest.#ext-rejectReason#=SPM-21'));
  expect(messageTable(text)).toEqual({ runs: [], references: [] });
});
