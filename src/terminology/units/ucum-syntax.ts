// The form of UCUM codes (https://ucum.org/ucum#section-Syntax-Rules), before anybody looks up what the units are.

const annotation = '\\{[^{}]*\\}';
const atom = "(?:[A-Za-z%*^'_]|\\[[^[\\]{}()]+\\])(?:[A-Za-z0-9%*^'_]|\\[[^[\\]{}()]+\\])*(?:[+-]?\\d+)?";
const component = `(?:(?:\\d+|${atom}|10[*^][+-]?\\d+|10[*^])(?:${annotation})?|${annotation})`;
const term = new RegExp(`^/?${component}(?:[./]${component})*$`);

const printable = /^[!-~]{1,100}$/;
const group = /\(([^()]*)\)/;

// `(m)2` and `2(m)` are no terms: a group stands between operators.
const symbols = /\[[^\]]*\]/g;
const annotations = /\{[^}]*\}/g;
const besideGroup = /[^./(]\(|\)[^./)]/;

/** Is the text a term of components, with balanced and filled parentheses? Blanks are never part of a code. */
export function isUcumSyntax(text: string): boolean {
  if (!printable.test(text) || besideGroup.test(text.replace(symbols, 'x').replace(annotations, ''))) return false;
  let rest = text;
  for (let inner = group.exec(rest); inner !== null; inner = group.exec(rest)) {
    if (!term.test(inner[1] ?? '')) return false;
    rest = `${rest.slice(0, inner.index)}1${rest.slice(inner.index + inner[0].length)}`;
  }
  return term.test(rest);
}
