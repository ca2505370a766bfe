// Dates that a regular expression lets through though no calendar has them: 30 February (FHIR R4, date: "Dates SHALL be
// valid dates").

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;

/** Is the day of a well-formed date or dateTime one of its month? True when it names no day. */
export function isCalendarDay(text: string): boolean {
  if (text.length < 10) return true;
  const day = digit(text, 8) * 10 + digit(text, 9);
  if (day <= 28) return true;
  const month = digit(text, 5) * 10 + digit(text, 6);
  if (month === 2) return day === 29 && isLeapYear(Number(text.slice(0, 4)));
  return day <= (lengths[month - 1] ?? 0);
}
