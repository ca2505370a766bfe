// One spelling for elements of R4 that can be written in several: choices, extended primitives, references.

/** `_birthDate.extension.url` and `birthDate.extension.url` are the same place; so are `subject` and `subject.reference`. */
export const plain = (path: string): string =>
  path
    .replace(/(^|\.)_/g, '$1')
    .replace(/\[x\]/g, '')
    .replace(/\.reference(?=\.|$)/g, '');

/** True when `inner` is `outer` or something in it. */
export const isWithin = (inner: string, outer: string): boolean =>
  outer === '' || inner === outer || inner.startsWith(`${outer}.`);
