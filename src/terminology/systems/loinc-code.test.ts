import { describe, expect, it } from 'vitest';
import { mayBeLoinc } from './loinc-code.js';

describe('A code of LOINC', () => {
  it.each(['8480-6', '8462-4', '85354-9', '2160-0', 'LP7786-9', 'LA6576-8'])('may be %s', (code) => {
    expect(mayBeLoinc(code)).toBe(true);
  });

  it.each(['8480-7', '8480', '84806', 'glucose', ''])('is not "%s"', (code) => {
    expect(mayBeLoinc(code)).toBe(false);
  });
});
