// The code maps of the hl7v2 package and the names of coding systems, as a user of JSONata would bind them: plain objects by
// the code of the message.
import { readFileSync } from 'node:fs';
import { codingSystemNames } from '../../src/terminology/systems/coding-system-names.js';
import { benchFile } from '../bench-file.js';

interface ConceptMap {
  readonly group: readonly {
    readonly target: string;
    readonly element: readonly {
      readonly code: string;
      readonly target?: readonly { readonly code?: string; readonly display?: string }[];
    }[];
  }[];
}

/** By the element they are for: a `code`, or a Coding. */
const codes = [
  'address-type',
  'address-use',
  'administrative-sex',
  'encounter-status-by-class',
  'extended-priority',
  'name-use',
  'observation-result-status',
  'order-control-status',
  'order-status',
  'result-status',
  'specimen-availability',
  'telecommunication-equipment',
  'telecommunication-use',
];
const codings = [
  'ambulatory-status',
  'confidentiality-code',
  'encounter-class',
  'ethnic-group',
  'hospital-service',
  'interpretation-codes',
  'marital-status',
  'order-type',
  'primary-language',
  'religion',
  'specimen-collection-method',
];

/** What the transformation finds bound, by the names of its variables: `$nameUse` is the map `name-use`. */
export function codeMaps(): Record<string, object> {
  const targets = [...codes, ...codings].map((name) => {
    const rows = rowsOf(name).map(([code, coding]) => [code, codes.includes(name) ? coding.code : coding] as const);
    return [variable(name), Object.fromEntries(rows)] as const;
  });
  return { codingSystems: Object.fromEntries(codingSystemNames()), ...Object.fromEntries(targets) };
}

const variable = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function rowsOf(name: string) {
  const { group } = JSON.parse(readFileSync(benchFile('..', 'valuesets', `${name}.json`), 'utf8')) as ConceptMap;
  return group.flatMap(({ target: system, element }) =>
    element.flatMap(({ code, target: [first] = [] }) =>
      first?.code === undefined ? [] : [[code, { system, code: first.code, display: first.display }] as const],
    ),
  );
}
