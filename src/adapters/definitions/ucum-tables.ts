// The atoms and prefixes of UCUM, out of the library of the U.S. National Library of Medicine; loaded when first asked.
import { createRequire } from 'node:module';
import type { UcumAtom, UcumTables } from '../../terminology/units/ucum-expression.js';

/** The part of @lhncbc/ucum-lhc that is used; it ships no types. */
interface UcumLibrary {
  readonly UcumLhcUtils: { getInstance(): unknown };
  readonly UnitTables: { getInstance(): { allUnitsByDef(): readonly LibraryUnit[] } };
}

interface LibraryUnit {
  readonly csCode_: string;
  readonly name_: unknown;
  readonly isMetric_: boolean;
  readonly isBase_: boolean;
  readonly isArbitrary_: boolean;
  readonly dim_: { readonly dimVec_: readonly number[] | null } | null;
  /** `LOINC` for ready-made combinations, which are no atoms. */
  readonly source_: string;
}

/** The newest release whose atoms the library has. */
export const ucumVersion = '2.2';

/** UCUM's own names (table 4 and section 30) where the library's are in another form or missing. */
const names: Readonly<Record<string, string>> = { l: 'liter', L: 'liter', '%': 'percent' };

const require = createRequire(import.meta.url);

function atom({ csCode_: code, name_: name, isMetric_, isBase_, isArbitrary_, dim_ }: LibraryUnit): UcumAtom {
  const told = typeof name === 'string' && name !== '' ? name : code;
  return {
    code,
    name: names[code] ?? told,
    // UCUM section 10: base units are metric, which the library does not say of them.
    isMetric: isMetric_ || isBase_,
    isArbitrary: isArbitrary_,
    dimension: dim_?.dimVec_ ?? [],
  };
}

// UCUM table 1. The longer code first: `dam` is a decametre.
const prefixes = [
  ...[
    ['da', 'deka'],
    ['Ki', 'kibi'],
    ['Mi', 'mebi'],
    ['Gi', 'gibi'],
    ['Ti', 'tebi'],
  ],
  ...[
    ['Y', 'yotta'],
    ['Z', 'zetta'],
    ['E', 'exa'],
    ['P', 'peta'],
    ['T', 'tera'],
    ['G', 'giga'],
    ['M', 'mega'],
    ['k', 'kilo'],
    ['h', 'hecto'],
    ['d', 'deci'],
    ['c', 'centi'],
    ['m', 'milli'],
    ['u', 'micro'],
    ['n', 'nano'],
    ['p', 'pico'],
    ['f', 'femto'],
    ['a', 'atto'],
    ['z', 'zepto'],
    ['y', 'yocto'],
  ],
].map(([code = '', name = '']) => ({ code, name }));

let tables: UcumTables | undefined;

export function ucumTables(): UcumTables {
  if (tables !== undefined) return tables;
  const { UcumLhcUtils, UnitTables } = require('@lhncbc/ucum-lhc') as UcumLibrary;
  // It fills the tables.
  UcumLhcUtils.getInstance();
  const units = UnitTables.getInstance()
    .allUnitsByDef()
    .filter(({ source_ }) => source_ === 'UCUM');
  return (tables = { atoms: new Map(units.map((unit) => [unit.csCode_, atom(unit)])), prefixes });
}
