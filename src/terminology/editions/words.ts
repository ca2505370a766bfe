// The words of a text, as the text index holds them and a filter asks for them: folded, without accents.

const marks = /\p{M}+/gu;
const separators = /[^\p{L}\p{N}]+/u;

// Most terms are plain ASCII, for which the folding of accents would be the dearest step of an import.
// eslint-disable-next-line no-control-regex -- the range is that of ASCII
const plain = /^[\x00-\x7f]*$/;

export const foldedText = (text: string): string => {
  const lower = text.toLowerCase();
  return plain.test(lower) ? lower : lower.normalize('NFD').replace(marks, '');
};

export const wordsOf = (text: string): readonly string[] => foldedText(text).split(separators).filter(Boolean);
