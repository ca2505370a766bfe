// UCUM codes checked by the library of the U.S. National Library of Medicine, loaded when first asked: it takes 35 ms.
import { createRequire } from 'node:module';
import { LRUCache } from 'lru-cache';
import { isUcumSyntax } from '../../terminology/units/ucum-syntax.js';
import type { UcumCheck } from '../../terminology/units/unit.js';

/** The part of @lhncbc/ucum-lhc that is used; it ships no types. */
interface UcumLibrary {
  readonly UcumLhcUtils: {
    getInstance(): { validateUnitString(unit: string): { readonly status: 'valid' | 'invalid' | 'error' } };
  };
}

const require = createRequire(import.meta.url);

/**
 * A checker of UCUM codes that remembers the last 1,000 answers. What has not the form of a code is not shown to the
 * library: it trims blanks, and writes a line with the text to the console where its parser trips.
 */
export function loadUcum(): UcumCheck {
  const answers = new LRUCache<string, boolean>({ max: 1000 });
  let library: ReturnType<UcumLibrary['UcumLhcUtils']['getInstance']> | undefined;
  const ask = (code: string): boolean => {
    library ??= (require('@lhncbc/ucum-lhc') as UcumLibrary).UcumLhcUtils.getInstance();
    return library.validateUnitString(code).status === 'valid';
  };
  return (code) => {
    if (!isUcumSyntax(code)) return false;
    const known = answers.get(code);
    if (known !== undefined) return known;
    const answer = ask(code);
    answers.set(code, answer);
    return answer;
  };
}
