// Identifiers of SNOMED CT concepts, told by their form (SNOMED CT Technical Implementation Guide, 3.1.4.2: SCTID): six to
// eighteen digits, the partition of concepts, and a Verhoeff check digit.

/** The dihedral group D5: rows of five rotations, then of five reflections. */
const multiply = (a: number, b: number): number => {
  if (a < 5) return b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5);
  return b < 5 ? 5 + ((a - b + 5) % 5) : (a - b + 5) % 5;
};

const step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/** What becomes of a digit at a place from the right, by eight powers of one permutation. */
function permuted(digit: number, place: number): number {
  let result = digit;
  for (let power = place % 8; power > 0; power -= 1) result = step[result]!;
  return result;
}

function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1)
    sum = multiply(sum, permuted(digits.charCodeAt(digits.length - 1 - place) - 48, place));
  return sum === 0;
}

/** Partitions `00` (of the International Edition) and `10` (of an extension). */
const form = /^[1-9]\d{2,14}[01]0\d$/;

export const isConceptIdentifier = (code: string): boolean => form.test(code) && hasCheckDigit(code);
