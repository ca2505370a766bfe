// Units of measure as UCUM codes: as they stand, or by an alias. Whether a code is UCUM is asked of a checker that comes
// as a value (adapters/definitions/ucum.ts).
import { atomAliases, unitAliases } from './unit-aliases.js';

/** Is the text a valid UCUM code (case sensitive)? */
export type UcumCheck = (code: string) => boolean;

export type UnitAnswer =
  /** `alias` when the code is not what the source wrote. */
  { readonly outcome: 'ucum'; readonly code: string; readonly alias: boolean } | { readonly outcome: 'not-ucum' };

export interface UnitOptions {
  readonly isUcum: UcumCheck;
  /** The source names UCUM as the unit's system: a valid code then means what UCUM says. */
  readonly declared?: boolean;
  /** A feed's own spellings, before those in general use. */
  readonly aliases?: ReadonlyMap<string, string>;
}

/** `x10E3/uL`, `10^3/uL`, `x10(3)/uL`, `10 3/uL`: a power of ten as laboratories write it. */
const powerOfTen = /^x?\s?10\s?(?:[Ee^*]\s?|\(|\s)(\d{1,2})\)?(?=\/|$)/;

/** The micro sign and the Greek letter. */
const micro = /[µμ]/g;

const aliasOfAtoms = (unit: string): string => unit.replace(/[^/.]+/g, (atom) => atomAliases.get(atom) ?? atom);

const rewritten = (unit: string): string => aliasOfAtoms(unit.replace(micro, 'u').replace(powerOfTen, '10*$1'));

/**
 * The UCUM code of a unit as a source writes it (http://hl7.org/fhir/R4/datatypes.html#Quantity: code and system name
 * the unit, `unit` keeps the text).
 *
 * @returns `not-ucum` when neither the text nor an alias of it is a UCUM code; the caller keeps it as text.
 */
export function normalizeUnit(text: string, { aliases, declared, isUcum }: UnitOptions): UnitAnswer {
  const unit = text.trim();
  if (declared === true && isUcum(unit)) return { outcome: 'ucum', code: unit, alias: false };
  const named = aliases?.get(unit) ?? unitAliases.get(unit);
  const candidates = named === undefined ? [unit, rewritten(unit)] : [named];
  const code = candidates.find(isUcum);
  return code === undefined ? { outcome: 'not-ucum' } : { outcome: 'ucum', code, alias: code !== unit };
}
