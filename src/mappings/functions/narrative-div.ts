// The narrative block of a CDA section as FHIR's XHTML.
import type { MappingFunction } from './function.js';

/** CDA's elements (CDA R2 section 4.3.5) that have a counterpart in XHTML; the text of all others is kept. */
const elements: ReadonlyMap<string, string> = new Map([
  ['paragraph', 'p'],
  ['list', 'ul'],
  ['item', 'li'],
  ['content', 'span'],
  ...[
    'p',
    'ul',
    'ol',
    'li',
    'span',
    'table',
    'caption',
    'thead',
    'tbody',
    'tfoot',
    'tr',
    'th',
    'td',
    'sub',
    'sup',
    'b',
    'i',
  ].map((name) => [name, name] as const),
]);

const piece = /<(\/?)([A-Za-z][\w:]*)[^<>]*?(\/?)>|[^<]+|</g;
const knownEntity =
  /&(?!(?:amp|lt|gt|quot|apos|#(?:9|10|13|[1-9]\d{1,6}|x(?:9|[aAdD]|[2-9a-fA-F][0-9a-fA-F]|[1-9a-fA-F][0-9a-fA-F]{2,4}))|nbsp);)/g;

const escaped = (text: string): string =>
  text.replace(knownEntity, '&amp;').replaceAll('&nbsp;', '&#160;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Writes elements so that every one that opens closes, in the right order. */
class Printer {
  text = '';
  private readonly open: string[] = [];

  start(name: string, isEmpty: boolean): void {
    this.text += isEmpty ? `<${name}></${name}>` : `<${name}>`;
    if (!isEmpty) this.open.push(name);
  }

  end(name: string): void {
    const depth = this.open.lastIndexOf(name);
    if (depth >= 0) this.closeTo(depth);
  }

  closeTo(depth: number): void {
    while (this.open.length > depth) this.text += `</${this.open.pop() ?? ''}>`;
  }
}

function printed(block: string): string {
  const printer = new Printer();
  for (const [whole, slash, name, empty] of block.matchAll(piece)) {
    if (name === undefined) printer.text += escaped(whole);
    else if (name.toLowerCase() === 'br') printer.text += '<br/>';
    else print(printer, elements.get(name.toLowerCase()), slash === '/', empty === '/');
  }
  printer.closeTo(0);
  return printer.text;
}

function print(printer: Printer, name: string | undefined, isEnd: boolean, isEmpty: boolean): void {
  if (name === undefined) return;
  if (isEnd) printer.end(name);
  else printer.start(name, isEmpty);
}

const hasText = (block: string): boolean => /\S/.test(block.replace(/<[^<>]*>|&#?\w+;/g, ''));

export const narrativeDiv: MappingFunction = {
  name: 'narrative-div',
  version: 1,
  doc: 'The narrative block of a CDA section as the div of a FHIR Narrative (CDA R2 section 4.3.5; http://hl7.org/fhir/R4/narrative.html): attributes, links and pictures go, text stays.',
  inputs: [{ name: 'block', doc: 'The block, with or without elements', optional: true }],
  output: 'xhtml',
  examples: [
    {
      given: ['<paragraph>Father &amp; mother</paragraph>'],
      gives: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Father &amp; mother</p></div>',
    },
    {
      given: ['<list><item ID="p1">Asthma<item>Pneumonia</list>'],
      gives: '<div xmlns="http://www.w3.org/1999/xhtml"><ul><li>Asthma<li>Pneumonia</li></li></ul></div>',
      because: 'what opens is closed',
    },
    {
      given: ['a < b & <script>c</script>'],
      gives: '<div xmlns="http://www.w3.org/1999/xhtml">a &lt; b &amp; c</div>',
      because: 'only the elements of the narrative stay',
    },
    { given: ['<br/>'], gives: null, because: 'a narrative says something (txt-2)' },
    { given: [null], gives: null },
  ],
  run: ([block]) =>
    block === undefined || !hasText(block)
      ? undefined
      : `<div xmlns="http://www.w3.org/1999/xhtml">${printed(block)}</div>`,
};
