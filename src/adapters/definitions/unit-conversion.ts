// Amounts in other units, by the UCUM library of the U.S. National Library of Medicine, loaded when first asked.
import { createRequire } from 'node:module';

/** The part of @lhncbc/ucum-lhc that is used; it ships no types. */
interface UcumLibrary {
  readonly UcumLhcUtils: {
    getInstance(): {
      convertUnitTo(
        from: string,
        value: number,
        to: string,
        options: { readonly molecularWeight: number | null },
      ): { readonly status: string; readonly toVal: number | null };
    };
  };
}

const require = createRequire(import.meta.url);
let library: ReturnType<UcumLibrary['UcumLhcUtils']['getInstance']> | undefined;

/**
 * The amount in another unit; undefined where the units are of different dimensions, or none.
 *
 * @param molarMass in g/mol: with it, amounts of substance convert to masses and back
 */
export function convertUnit(value: number, from: string, to: string, molarMass?: number): number | undefined {
  if (from === '' || to === '') return undefined;
  library ??= (require('@lhncbc/ucum-lhc') as UcumLibrary).UcumLhcUtils.getInstance();
  const { status, toVal } = library.convertUnitTo(from, value, to, { molecularWeight: molarMass ?? null });
  return status === 'succeeded' && toVal !== null ? Number(toVal.toPrecision(12)) : undefined;
}
