// Regular expressions of invariants (http://hl7.org/fhirpath/N1/#matchesregex--string--boolean): they come with profiles,
// so none may take more than linear time on what a message holds.
import { SyntaxFailure } from '../failure.js';
import { linearTest } from './linear.js';

const unbounded = /[*+]|\{\d+,\d*\}/;

/** Is a group repeated that repeats inside, or may two repetitions share a text? Only such a pattern can backtrack for long. */
function mayBacktrack(source: string): boolean {
  const plain = source.replace(/\\[\s\S]/g, 'x').replace(/\[[^\]]*\]/g, 'x');
  const repetitions = plain.match(/[*+]|\{\d+,\}/g)?.length ?? 0;
  return repetitions > 2 || hasNested(plain) || /\\[1-9]|\(\?[=!<]/.test(source);
}

function hasNested(plain: string): boolean {
  const starts: number[] = [];
  for (let at = 0; at < plain.length; at += 1) {
    if (plain[at] === '(') starts.push(at);
    if (plain[at] !== ')') continue;
    const body = plain.slice((starts.pop() ?? 0) + 1, at);
    if (/^(?:[*+]|\{\d+,\d*\})/.test(plain.slice(at + 1)) && (unbounded.test(body) || body.includes('|'))) return true;
  }
  return false;
}

function native(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch {
    return withoutUnicode(source, flags);
  }
}

/** Java takes escapes that JavaScript's Unicode mode refuses (`\\'`): those stand for themselves. */
function withoutUnicode(source: string, flags: string): RegExp {
  try {
    return new RegExp(lenient(source), flags);
  } catch {
    throw new SyntaxFailure('A regular expression is not well-formed.');
  }
}

/** Escapes of characters that need none, and a bracket without its partner. */
const lenient = (source: string): string =>
  source
    .replace(/\\(['"\s,:;@#%&=!~<>`_-])/g, (_, character: string) => (character === '-' ? '\\-' : character))
    .replace(/(\\\[[^\]\\]*)\]/g, '$1\\]');

/**
 * The test of a pattern on a text: `.` matches line ends too, as in HL7's own engines. A pattern that could backtrack runs
 * on the linear engine.
 *
 * @param anchored the whole text must match (matchesFull).
 * @throws SyntaxFailure when the pattern is not well-formed, or could take more than linear time and needs what the linear
 * engine has not.
 */
export function expressionTest(source: string, anchored: boolean): (text: string) => boolean {
  const whole = anchored ? `^(?:${source})$` : source;
  if (!mayBacktrack(source)) {
    const expression = native(whole, 'su');
    return (text) => expression.test(text);
  }
  native(whole, 'su');
  return linearTest(lenient(source), anchored);
}

/** Replaces all matches; patterns that could backtrack are refused. */
export function replacement(source: string): (text: string, by: string) => string {
  if (mayBacktrack(source)) throw new SyntaxFailure('A regular expression could take exponential time.');
  const expression = native(source, 'gsu');
  return (text, by) => text.replace(expression, by);
}
