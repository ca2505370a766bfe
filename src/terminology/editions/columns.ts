// Columns while an edition is built: numbers and texts that grow, then become the typed arrays of the file.

/** Numbers appended one by one. */
export class IntColumn {
  #values: Int32Array<ArrayBuffer>;
  length = 0;
  constructor(capacity = 1024) {
    this.#values = new Int32Array(capacity);
  }
  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Int32Array(this.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }
  at(index: number): number {
    return this.#values[index]!;
  }
  set(index: number, value: number): void {
    this.#values[index] = value;
  }
  /** The values so far; a view, not a copy. */
  view(): Int32Array {
    return this.#values.subarray(0, this.length);
  }
}

const encoder = new TextEncoder();

/** Texts one after the other as UTF-8; text `i` stands between `ends[i - 1]` and `ends[i]`. */
export class TextColumn {
  #bytes = new Uint8Array(1 << 16);
  #used = 0;
  readonly ends = new IntColumn();
  push(text: string): number {
    const most = this.#used + text.length * 3;
    if (most > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(most, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = grown;
    }
    this.#used += encoder.encodeInto(text, this.#bytes.subarray(this.#used)).written;
    this.ends.push(this.#used);
    return this.ends.length - 1;
  }
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#used);
  }
}

/** Texts of which each distinct one is kept once. */
export class DistinctTexts {
  readonly column = new TextColumn();
  readonly #known = new Map<string, number>();
  indexOf(text: string): number {
    let index = this.#known.get(text);
    if (index === undefined) this.#known.set(text, (index = this.column.push(text)));
    return index;
  }
}
