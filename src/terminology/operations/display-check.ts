// Is the display that came with a code a right one? (http://hl7.org/fhir/R4/valueset-operation-validate-code.html, `display`)
import type { CodingPath } from '../coding-path.js';
import type { TxIssue } from '../issue.js';
import type { Languages } from '../languages/languages.js';
import { mainDisplay, rightDisplays, type Display, type UsedConcept } from '../languages/displays.js';
import { messages, type Message } from '../messages.js';

export interface DisplayQuestion {
  readonly display: string;
  readonly path: CodingPath;
  readonly languages: Languages | undefined;
  /** lenient-display-validation: a wrong display is a warning. */
  readonly lenient: boolean;
}

const folded = (text: string): string => text.toLowerCase();
const condensed = (text: string): string => folded(text).replace(/\s+/g, ' ').trim();

/** SNOMED CT and others differ in case within one display: it does not count. */
const isOneOf = (display: string, displays: readonly Display[]): boolean =>
  displays.some(({ value }) => folded(value) === folded(display));

/** The issue of a display that is not right; undefined for one that is. */
export function displayIssue(used: UsedConcept, question: DisplayQuestion): TxIssue | undefined {
  const right = rightDisplays(used, question.languages);
  if (isOneOf(question.display, right)) return undefined;
  if (isOneOf(question.display, used.concept.retiredDesignations ?? [])) return retired(used, right, question);
  const coding = `${used.system.url}#${used.concept.code}`;
  return right.length === 0 ? noneForLanguage(used, coding, question) : wrong(coding, right, question);
}

/** A display that was right once. */
function retired({ concept }: UsedConcept, right: readonly Display[], { display, path }: DisplayQuestion): TxIssue {
  const displays = [...new Set(right.map(({ value }) => value))].sort();
  const message = messages.inactiveDisplay(display, concept.code, displays);
  const place = { detail: 'display-comment', expression: path.part('display') } as const;
  return { severity: 'warning', type: 'invalid', message, ...place };
}

const asked = ({ languages }: DisplayQuestion): string => languages?.text ?? '--';

function issue({ path, lenient }: DisplayQuestion, message: Message): TxIssue {
  const severity = lenient ? 'warning' : 'error';
  return {
    severity,
    type: 'invalid',
    detail: 'invalid-display',
    message,
    expression: path.part('display'),
    told: true,
  };
}

function wrong(coding: string, right: readonly Display[], question: DisplayQuestion): TxIssue {
  const { display } = question;
  const shown = told(right);
  const isSpacing = right.some(({ value }) => condensed(value) === condensed(display));
  const text = isSpacing ? messages.wrongWhitespace : messages.wrongDisplay;
  return issue(question, text(display, coding, shown, asked(question)));
}

// A designation without a use of its own is a display; the others are accepted but not proposed.
function told(right: readonly Display[]): readonly Display[] {
  const proposed = right.filter(({ isMain, use }) => isMain === true || use === undefined);
  const shown = proposed.length > 0 ? proposed : right;
  return shown.filter(({ value }, index) => shown.findIndex((other) => other.value === value) === index);
}

function noneForLanguage(used: UsedConcept, coding: string, question: DisplayQuestion): TxIssue | undefined {
  const { display, path } = question;
  const main = mainDisplay(used)?.value;
  if (main === undefined) return undefined;
  if (
    !isOneOf(
      display,
      rightDisplays(used, undefined).filter(({ language }) => language === used.system.language),
    )
  )
    return issue(question, messages.wrongDisplayNoneForLanguage(display, coding, asked(question), main));
  const message = messages.noDisplayForLanguage(display, coding, asked(question));
  const place = { detail: 'invalid-display', expression: path.part('display') } as const;
  return { severity: 'information', type: 'invalid', message, told: true, ...place };
}
