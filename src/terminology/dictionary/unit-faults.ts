// The units of a concept: codes of UCUM, and amounts of the canonical one.
import type { UcumCheck } from '../units/unit.js';
import type { DictionaryUnit } from './dictionary.js';

export interface UnitGround {
  readonly isUcum: UcumCheck;
  /** The amount in another unit; undefined where the units are not of one dimension. `molarMass` in g/mol. */
  readonly convert: (value: number, from: string, to: string, molarMass?: number) => number | undefined;
}

interface UnitFault {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Units that are no codes, or do not convert; and a molar mass that nothing needs. */
export function unitFaults({ canonical, allowed = [], molarMass }: DictionaryUnit, ground: UnitGround): UnitFault[] {
  if (!ground.isUcum(canonical)) return [{ path: ['unit', 'canonical'], text: noUcum(canonical) }];
  const faults = allowed.flatMap((unit, at): UnitFault[] => {
    const path = ['unit', 'allowed', at];
    if (!ground.isUcum(unit)) return [{ path, text: noUcum(unit) }];
    if (unit === canonical) return [{ path, text: `${unit} is the canonical unit. Remove it from allowed.` }];
    return ground.convert(1, unit, canonical, molarMass) === undefined
      ? [
          {
            path,
            text: `${unit} does not convert to ${canonical}. Correct it, or give the molarMass of what is measured.`,
          },
        ]
      : [];
  });
  return [...faults, ...idleMass({ canonical, allowed, ...(molarMass !== undefined && { molarMass }) }, ground)];
}

const noUcum = (unit: string): string => `${unit} is no UCUM code. Correct it (https://ucum.org/ucum).`;

/** A mass that converts nothing is a claim that nobody checks. */
function idleMass({ canonical, allowed = [], molarMass }: DictionaryUnit, { convert }: UnitGround): UnitFault[] {
  if (molarMass === undefined || allowed.some((unit) => convert(1, unit, canonical) === undefined)) return [];
  return [
    { path: ['unit', 'molarMass'], text: `No allowed unit converts to ${canonical} by a molar mass. Remove it.` },
  ];
}
