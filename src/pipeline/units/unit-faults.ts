// Why what a contract says of units cannot stand: told before any message comes.
import type { ConvertUnit } from '../../validation/contracts/check.js';
import { contractPin, type Contract, type QuantityTerms } from '../../validation/contracts/contract.js';
import type { Governed } from '../contracts/governed.js';
import { translationUrl } from './quantity.js';

/** One sentence each, with its mend: units that do not convert, and an extension that nobody registered. */
export function unitFaults(
  contracts: readonly Contract[],
  { extensions }: Pick<Governed, 'extensions'>,
  convert: ConvertUnit,
): string[] {
  const quantities = contracts.flatMap((contract) => quantitiesOf(contract).map((terms) => ({ contract, terms })));
  const translates = quantities.some(({ terms }) => terms.unit.convert === true);
  const isRegistered = extensions.some(({ url }) => url === translationUrl);
  return [
    ...quantities.flatMap(({ contract, terms }) => strangers(contract, terms, convert)),
    ...(translates && !isRegistered
      ? [
          `The extension ${translationUrl} is not registered, and converted amounts carry it. Add it to extensions.yaml.`,
        ]
      : []),
  ];
}

const quantitiesOf = ({ schema = [] }: Contract): readonly QuantityTerms[] =>
  schema.flatMap(({ measurements = [] }) => measurements.flatMap(({ quantities }) => quantities));

function strangers(contract: Contract, { name, unit }: QuantityTerms, convert: ConvertUnit): string[] {
  const { canonical, allowed = [], molarMass } = unit;
  return allowed
    .filter((each) => convert(1, each, canonical, molarMass) === undefined)
    .map(
      (each) =>
        `${contractPin(contract)}: ${name} allows ${each}, which does not convert to ${canonical}. ` +
        'Correct the unit, or give the molarMass of what is measured.',
    );
}
