// What takes its time to make is made when it is first asked for, and kept.

/** Answers what `make` made the first time; where that threw, the next call tries again. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
