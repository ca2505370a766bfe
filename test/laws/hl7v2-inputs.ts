// HL7 v2 messages made from the dictionary: any structure, any segment, any data type; well-formed, and nearly so.
import { lexiconOf, type ElementRow, type Hl7v2Dictionary, type Lexicon } from '../../src/formats/hl7v2/dictionary.js';
import type { Grammar } from '../../src/formats/hl7v2/grammar.js';
import type { Random } from './random.js';
import { someCode, someIdentifier, someNumber, someText, someTimestamp } from './text.js';

interface Marks {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

const usual: Marks = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' };
const unusual: Marks = { field: '#', component: '*', repetition: '!', escape: '%', subcomponent: ':' };

/** Structures that the shipped package maps in depth come up more often than the others. */
const mapped = [
  'ADT_A01',
  'ADT_A03',
  'ADT_A05',
  'ADT_A39',
  'ORU_R01',
  'ORM_O01',
  'OML_O21',
  'VXU_V04',
  'MDM_T02',
  'SIU_S12',
  'OUL_R22',
];

/** A payload of one message; now and then of several, or of a batch. */
export function someHl7v2(random: Random, dictionary: Hl7v2Dictionary): Buffer {
  const writer = new MessageWriter(random, lexiconOf(dictionary));
  const messages = [writer.message(), ...(random.chance(0.06) ? random.some(3, () => writer.message()) : [])];
  const text = random.chance(0.05) ? batch(random, messages) : messages.join('');
  return Buffer.from(random.chance(0.02) ? `\u{feff}${text}` : text, random.chance(0.05) ? 'latin1' : 'utf8');
}

const batch = (random: Random, messages: readonly string[]): string =>
  [
    'FHS|^~\\&|A',
    'BHS|^~\\&|A',
    ...messages.map((text) => text.trimEnd()),
    `BTS|${random.below(3)}`,
    `FTS|${random.below(3)}`,
    '',
  ].join('\r');

class MessageWriter {
  readonly #random: Random;
  readonly #lexicon: Lexicon;
  #marks: Marks = usual;

  constructor(random: Random, lexicon: Lexicon) {
    this.#random = random;
    this.#lexicon = lexicon;
  }

  message(): string {
    const random = this.#random;
    this.#marks = random.chance(0.04) ? unusual : usual;
    const structures = Object.keys(this.#lexicon.dictionary.structures);
    const structure = random.pick(random.chance(0.8) ? mapped : structures);
    const grammar = this.#lexicon.structure(structure);
    const segments = grammar === undefined ? [] : this.#children(grammar);
    const lines = this.#disturbed(segments.filter((name) => name !== 'MSH').map((name) => this.#segment(name)));
    const end = random.pick(['\r', '\r', '\r', '\n', '\r\n']);
    return [this.#header(structure), ...lines, ''].join(end);
  }

  #children(group: Grammar): string[] {
    return (group.children ?? []).flatMap((child) => this.#occurrences(child).flatMap(() => this.#content(child)));
  }

  #occurrences(child: Grammar): readonly unknown[] {
    const random = this.#random;
    if (!random.chance(child.required ? 0.95 : 0.3)) return [];
    return new Array<unknown>(child.repeats && random.chance(0.4) ? random.between(1, 3) : 1).fill(undefined);
  }

  #content(child: Grammar): string[] {
    return child.children === undefined ? [this.#random.pick(child.names)] : this.#children(child);
  }

  /** Some are out of order, said twice, unknown, or cut. */
  #disturbed(lines: string[]): string[] {
    const random = this.#random;
    const at = () => random.below(lines.length + 1);
    if (random.chance(0.1))
      lines.splice(at(), 0, this.#segment(random.pick(Object.keys(this.#lexicon.dictionary.segments))));
    if (random.chance(0.1))
      lines.splice(at(), 0, `Z${random.pick(['AB', 'PI', '99'])}${this.#marks.field}${this.#text()}`);
    if (random.chance(0.1)) lines.push(...lines.splice(at(), 1));
    if (random.chance(0.05)) lines.splice(at(), 0, ...lines.slice(0, 2));
    if (random.chance(0.03)) lines.splice(at(), 0, '', random.pick(['garbage', 'PID', 'OBX|']));
    return lines;
  }

  #header(structure: string): string {
    const random = this.#random;
    const { field, component, repetition, escape, subcomponent } = this.#marks;
    const [code = '', trigger = ''] = structure.split('_');
    const type = [code, trigger, ...(random.chance(0.8) ? [structure] : [])].join(component);
    const fields = [
      '',
      component + repetition + escape + subcomponent,
      this.#field('MSH', 3),
      this.#field('MSH', 4),
      'EHR',
      'CITY',
    ];
    fields.push(someTimestamp(random), '', random.chance(0.97) ? type : this.#text(), someIdentifier(random), 'P');
    fields.push(random.pick(['2.3', '2.5.1', '2.7', '', '9.9']), '', '', 'AL', 'NE', '');
    fields.push(random.pick(['', '', 'UNICODE UTF-8', '8859/1', 'KOI8']));
    return `MSH${fields.join(field)}`;
  }

  #segment(name: string): string {
    const rows = this.#lexicon.fields(name) ?? [undefined, undefined, undefined];
    const last = this.#random.between(1, Math.max(1, rows.length - 1));
    const fields = Array.from({ length: last }, (_, index) => this.#field(name, index + 1));
    if (name === 'OBX') this.#observation(fields);
    return [name, ...fields].join(this.#marks.field);
  }

  /** OBX-5 is of the type that OBX-2 names, most of the time. */
  #observation(fields: string[]): void {
    const random = this.#random;
    const type = random.pick([
      'NM',
      'ST',
      'TX',
      'FT',
      'CWE',
      'CE',
      'SN',
      'DT',
      'TM',
      'TS',
      'DTM',
      'ED',
      'RP',
      'XCN',
      'CX',
      'NA',
      'ID',
      'IS',
      'ZZ',
    ]);
    fields[1] = type;
    if (fields.length >= 5 && random.chance(0.9))
      fields[4] = this.#value({ datatype: type, repeats: random.chance(0.2) });
  }

  #field(segment: string, number: number): string {
    const random = this.#random;
    const row = this.#lexicon.fields(segment)?.[number];
    if (random.chance(0.4)) return '';
    if (random.chance(0.02)) return random.pick(['""', ' ', '""^""', this.#text()]);
    return this.#value(row ?? { datatype: 'ST', repeats: true });
  }

  #value({ datatype, repeats }: ElementRow): string {
    const random = this.#random;
    const count = repeats && random.chance(0.3) ? random.between(1, 3) : 1;
    return Array.from({ length: count }, () => this.#typed(datatype, 0)).join(this.#marks.repetition);
  }

  #typed(datatype: string, depth: number): string {
    const rows = this.#lexicon.components(datatype) ?? [];
    if (rows.length < 2 || depth > 1) return this.#primitive(datatype);
    const last = this.#random.between(1, rows.length - 1);
    const parts = Array.from({ length: last }, (_, index) =>
      this.#random.chance(0.35) ? '' : this.#typed(rows[index + 1]?.datatype ?? 'ST', depth + 1),
    );
    return parts.join(depth === 0 ? this.#marks.component : this.#marks.subcomponent);
  }

  #primitive(datatype: string): string {
    const random = this.#random;
    if (random.chance(0.01)) return '""';
    if (/^(NM|SI)$/.test(datatype)) return someNumber(random);
    if (/^(DTM?|TM|TS)$/.test(datatype)) return someTimestamp(random);
    if (/^(ID|IS)$/.test(datatype)) return someCode(random);
    return random.chance(0.3) ? someIdentifier(random) : this.#text();
  }

  /** Escaped as the standard asks, but for one in twenty. */
  #text(): string {
    const random = this.#random;
    const { escape } = this.#marks;
    const text = someText(random);
    if (random.chance(0.05))
      return (
        text +
        random.pick([`${escape}.br${escape}`, `${escape}X41${escape}`, `${escape}H${escape}`, `${escape}Q`, escape])
      );
    return this.#escaped(text);
  }

  #escaped(text: string): string {
    const { field, component, repetition, escape, subcomponent } = this.#marks;
    const codes = new Map([
      [field, 'F'],
      [component, 'S'],
      [repetition, 'R'],
      [escape, 'E'],
      [subcomponent, 'T'],
    ]);
    return [...text]
      .map((character) => (codes.has(character) ? `${escape}${codes.get(character)}${escape}` : character))
      .join('');
  }
}
