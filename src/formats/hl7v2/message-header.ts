// What MSH says before the message is read: its type and its character set.
import type { Delimiters } from './delimiters.js';
import type { SegmentTable } from './segments.js';
import { fieldStarts, partEnd, partStart } from './text.js';

export class MessageHeader {
  readonly #view: string;
  readonly #codes: Uint8Array;
  readonly #delimiters: Delimiters;
  readonly #fields: readonly number[];
  /** The components of MSH-9, as far as they were asked for. */
  readonly #messageCodes: (string | undefined)[] = [];

  /** `view` starts with MSH, which goes up to `end`; `codes` are its characters as numbers. */
  constructor(view: string, codes: Uint8Array, end: number, delimiters: Delimiters) {
    this.#view = view;
    this.#codes = codes;
    this.#delimiters = delimiters;
    this.#fields = fieldStarts(codes, 0, end, delimiters.field, true);
  }

  /** A component of MSH-9; '' where it is empty or no code of tables 0076, 0003 or 0354 can look like that. */
  messageCode(component: 1 | 2 | 3): string {
    return (this.#messageCodes[component] ??= code(this.#component(9, component)));
  }

  /** MSH-7 without the degree of precision that TS.2 told before v2.6; '' where it is empty. */
  sentAt(): string {
    return this.#component(7, 1);
  }

  /** A component of the first repetition of a field, without spaces around it. */
  #component(field: number, component: number): string {
    const [start, end] = this.#field(field);
    const separator = this.#delimiters.component;
    const stop = partEnd(this.#codes, start, end, this.#delimiters.repetition);
    const from = partStart(this.#codes, start, stop, separator, component);
    return from < 0 ? '' : this.#view.slice(from, partEnd(this.#codes, from, stop, separator)).trim();
  }

  /** `ADT^A08^ADT_A01`, as far as MSH-9 goes, whatever the component separator. */
  messageType(): string {
    const [type, trigger, structure] = [this.messageCode(1), this.messageCode(2), this.messageCode(3)];
    if (structure !== '') return `${type}^${trigger}^${structure}`;
    return trigger === '' ? type : `${type}^${trigger}`;
  }

  /** The repetitions of MSH-18. */
  charsets(): string[] {
    const [start, end] = this.#field(18);
    if (start >= end) return [];
    return this.#view.slice(start, end).split(String.fromCharCode(this.#delimiters.repetition));
  }

  #field(number: number): readonly [number, number] {
    const next = this.#fields[number + 1];
    return next === undefined ? [0, 0] : [this.#fields[number] ?? 0, next - 1];
  }
}

const code = (text: string): string => (/^\w{1,20}$/.test(text) ? text : '');

/** Where the first line of a message ends. */
export function headerEnd(view: string): number {
  let i = 0;
  while (i < view.length && !isBreak(view.charCodeAt(i))) i++;
  return i;
}

const isBreak = (code: number): boolean => code === 13 || code === 10 || code === 28;

/** EVN-1, which names the trigger event where MSH-9 does not (v2.1, v2.2). */
export function eventCode(codes: Buffer, { segments }: SegmentTable, { field }: Delimiters): string {
  const event = segments.slice(0, 5).find(({ name }) => name === 'EVN');
  if (!event) return '';
  const start = partStart(codes, event.start, event.end, field, 2);
  const text = start < 0 ? '' : codes.toString('latin1', start, partEnd(codes, start, event.end, field));
  return /^\w{1,5}$/.test(text) ? text : '';
}
