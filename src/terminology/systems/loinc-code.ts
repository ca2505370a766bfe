// LOINC codes, told by their form (LOINC Users' Guide, appendix C): digits, a hyphen, and a check digit by Luhn's algorithm. Parts,
// answers and groups have letters before, and are not told here.

function luhn(digits: string): number {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const weighed = place % 2 === 0 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return (10 - (sum % 10)) % 10;
}

/** Can the text be a code of LOINC? */
export function mayBeLoinc(code: string): boolean {
  if (/^[A-Z]{2}/.test(code)) return true;
  const [, digits, check] = /^(\d{1,8})-(\d)$/.exec(code) ?? [];
  return digits !== undefined && luhn(digits) === Number(check);
}
