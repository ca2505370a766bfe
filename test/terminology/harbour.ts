// A small invented terminology: boats, in two versions, with a supplement, value sets over them, and a map to flags.
import { contentOf, type Content } from '../../src/terminology/content.js';
import { entriesOf, joinEntries, type TerminologyResource } from '../../src/terminology/entries.js';
import { parseLanguages } from '../../src/terminology/languages/languages.js';
import type { Include, ValueSetResource } from '../../src/terminology/resources.js';
import { plainOptions, scopeOf, type Options, type Scope } from '../../src/terminology/scope.js';

export const boats = 'http://harbour.example/CodeSystem/boats';
export const flags = 'http://harbour.example/CodeSystem/flags';

const concepts = [
  {
    code: 'sail',
    display: 'Sailing boat',
    property: [{ code: 'notSelectable', valueBoolean: true }],
    concept: [
      {
        code: 'dinghy',
        display: 'Dinghy',
        definition: 'A small open boat',
        designation: [{ language: 'nb', value: 'Jolle' }],
      },
      { code: 'yacht', display: 'Yacht', property: [{ code: 'hull', valueCode: 'decked' }] },
    ],
  },
  { code: 'row', display: 'Rowing boat', property: [{ code: 'status', valueCode: 'retired' }] },
];

const codeSystem = { resourceType: 'CodeSystem', status: 'active', content: 'complete' } as const;

const resources: readonly TerminologyResource[] = [
  { ...codeSystem, url: boats, version: '1.0.0', language: 'en', name: 'Boats', concept: concepts.slice(0, 1) },
  {
    ...codeSystem,
    url: boats,
    version: '2.0.0',
    language: 'en',
    name: 'Boats',
    property: [{ code: 'hull', uri: 'http://harbour.example/hull', type: 'code' }],
    concept: concepts,
  },
  {
    ...codeSystem,
    url: 'http://harbour.example/CodeSystem/boats-sv',
    version: '0.1.0',
    content: 'supplement',
    supplements: boats,
    concept: [{ code: 'yacht', designation: [{ language: 'sv', value: 'Lustjakt' }] }],
  },
  {
    ...codeSystem,
    url: flags,
    content: 'fragment',
    caseSensitive: false,
    concept: [{ code: 'NO', display: 'Norway' }],
  },
  { ...codeSystem, url: 'http://harbour.example/CodeSystem/described', content: 'not-present' },
  {
    resourceType: 'ConceptMap',
    url: 'http://harbour.example/ConceptMap/boat-flags',
    version: '1',
    group: [
      {
        source: boats,
        target: flags,
        element: [
          { code: 'dinghy', target: [{ code: 'NO', equivalence: 'wider' }] },
          { code: 'row', target: [{ equivalence: 'unmatched' }] },
          {
            code: 'yacht',
            target: [
              { code: 'SE', equivalence: 'equivalent', dependsOn: [{ property: 'port', value: 'Visby' }] },
              { code: 'NO', equivalence: 'equivalent', product: [{ property: 'fee', value: 'high' }] },
            ],
          },
        ],
        unmapped: { mode: 'fixed', code: 'XX' },
      },
    ],
  },
];

const name = (last: string): string => `http://harbour.example/ValueSet/${last}`;

export const valueSet = (
  last: string,
  include: readonly Include[],
  more: Partial<ValueSetResource> = {},
): ValueSetResource => ({
  resourceType: 'ValueSet',
  url: name(last),
  version: '1',
  status: 'active',
  ...more,
  compose: { include, ...more.compose },
});

export const sets = {
  all: valueSet('all', [{ system: boats }]),
  old: valueSet('old', [{ system: boats, version: '1.0.0' }]),
  sailing: valueSet('sailing', [{ system: boats, filter: [{ property: 'concept', op: 'is-a', value: 'sail' }] }]),
  active: valueSet('active', [{ system: boats }], { compose: { inactive: false } }),
  listed: valueSet('listed', [{ system: boats, concept: [{ code: 'yacht', display: 'Big yacht' }, { code: 'row' }] }]),
  both: valueSet('both', [{ valueSet: [name('sailing'), name('listed')] }]),
  flags: valueSet('flags', [{ system: flags }]),
  lost: valueSet('lost', [{ valueSet: [name('nowhere')] }]),
  circleA: valueSet('circle-a', [{ valueSet: [name('circle-b')] }]),
  circleB: valueSet('circle-b', [{ valueSet: [name('circle-a')] }]),
  unknown: valueSet('unknown', [{ system: 'urn:example:unheard-of' }]),
  bad: valueSet('bad', [{ system: boats, filter: [{ property: 'mast', op: '=', value: 'one' }] }]),
  without: valueSet('without', [{ system: boats }], {
    compose: { exclude: [{ system: boats, concept: [{ code: 'yacht' }] }] },
  }),
} as const;

export const harbour: Content = contentOf(joinEntries([...resources, ...Object.values(sets)].map(entriesOf)));

interface Wishes extends Omit<Partial<Options>, 'languages'> {
  readonly language?: string;
  readonly valueSet?: ValueSetResource;
}

export function harbourScope({ language, valueSet, ...options }: Wishes = {}): Scope {
  const languages = language === undefined ? undefined : parseLanguages(language);
  return scopeOf(harbour, { ...plainOptions, ...options, ...(languages !== undefined && { languages }) }, valueSet);
}
