// UCUM codes checked by the library of the U.S. National Library of Medicine, loaded when first asked: it takes 35 ms.
import { createRequire } from 'node:module';
import { LRUCache } from 'lru-cache';
import type { UcumCheck } from '../../terminology/units/unit.js';

/** The part of @lhncbc/ucum-lhc that is used; it ships no types. */
interface UcumLibrary {
  readonly UcumLhcUtils: {
    getInstance(): { validateUnitString(unit: string): { readonly status: 'valid' | 'invalid' | 'error' } };
  };
}

/**
 * The form of a UCUM code (https://ucum.org/ucum#section-Syntax-Rules): printable ASCII without blanks. The library trims
 * blanks outside and writes a line with the unit to the console for those inside; neither may happen.
 */
const formed = /^[!-~]{1,100}$/;

const require = createRequire(import.meta.url);

/** A checker of UCUM codes that remembers the last 1,000 answers. */
export function loadUcum(): UcumCheck {
  const answers = new LRUCache<string, boolean>({ max: 1000 });
  let library: ReturnType<UcumLibrary['UcumLhcUtils']['getInstance']> | undefined;
  const ask = (code: string): boolean => {
    library ??= (require('@lhncbc/ucum-lhc') as UcumLibrary).UcumLhcUtils.getInstance();
    return library.validateUnitString(code).status === 'valid';
  };
  return (code) => {
    if (!formed.test(code)) return false;
    const known = answers.get(code);
    if (known !== undefined) return known;
    const answer = ask(code);
    answers.set(code, answer);
    return answer;
  };
}
