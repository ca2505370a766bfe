// Data types that stand for each other: HL7 v2 keeps components where they were when a type is widened, so that paths
// written for the newer type read the older one (HL7 v2.8.2 ch. 2.8.2, backward compatibility).

const families: readonly (readonly string[])[] = [
  ['CWE', 'CNE', 'CE', 'CF', 'IS', 'ID', 'ST'],
  ['DTM', 'TS', 'DT'],
  ['XPN', 'PN'],
  ['XCN', 'CN', 'PPN', 'CNN'],
  ['XAD', 'AD', 'SAD'],
  ['XTN', 'TN'],
  ['CX', 'CK', 'ST'],
  ['EI', 'ST'],
  ['CQ', 'SN', 'NM'],
  ['ST', 'TX', 'FT'],
];

/** True when paths of one type may be used on a value of the other. OBX-5 varies: any type may be meant. */
export function alike(one: string, other: string): boolean {
  if (one === other || one === 'VARIES' || other === 'VARIES' || other === '') return true;
  return families.some((family) => family.includes(one) && family.includes(other));
}
