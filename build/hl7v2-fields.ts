// Fields and components that the dictionary library has wrong or lacks, by hand from the standard; cells are written as
// in src/formats/hl7v2/dictionary.ts.

/** From a field number on, what v2.8.1 to v2.9 add to segments; the library ends with v2.8. */
const laterFields: Readonly<Record<string, readonly [first: number, row: string]>> = {
  MSH: [26, 'CWE:0952 CWE*:0953 ST*'],
  NTE: [9, 'CWE*:0611'],
  OBX: [27, 'CWE:0914 CWE*:0915 ID:0936 ID:0937 ID:0206 CWE*:0960 EIP*'],
  ORC: [34, 'CWE* ID:0206 DR ID EI'],
  // The parameters of a query follow its name and tag; each query types its own.
  QPD: [3, 'VARIES* VARIES VARIES VARIES VARIES VARIES VARIES VARIES VARIES VARIES VARIES'],
  PRT: [16, 'EI DTM DTM ST ST EI CNE:0961 CWE:0185 PLN*'],
  SPM: [33, 'CWE CWE'],
  TXA: [27, 'HD CWE'],
};

const numbered = (segment: string, first: number, row: string): [string, string][] =>
  row.split(' ').map((cell, index) => [`${segment}-${first + index}`, cell]);

export const segmentCorrections: Readonly<Record<string, string>> = {
  'OBX-2': 'ID:0125', // the library puts the table's number into the repetitions
  'OBX-4': 'OG', // as of v2.8.2; its first component is the text of before
  'OBX-5': 'VARIES*',
  ...Object.fromEntries(Object.entries(laterFields).flatMap(([name, [first, row]]) => numbered(name, first, row))),
};

export const typeCorrections: Readonly<Record<string, string>> = {
  'MSG-3': 'ID:0354',
  'OG-1': 'ST',
  'OG-2': 'NM',
  'OG-3': 'NM',
  'OG-4': 'ST',
};
