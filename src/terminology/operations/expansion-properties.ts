// What an expansion tells about a code besides its display: properties asked for, its status, and what extensions of the
// code system and of the value set say about it (http://hl7.org/fhir/R5/valueset.html#ValueSet.expansion.property).
import { isStatus, statusOf } from '../code-systems/concept-state.js';
import type { UsedConcept } from '../languages/displays.js';
import type { Extension, PropertyElement } from '../resources.js';

export interface ShownProperty {
  readonly element: PropertyElement;
  /** What the property means. */
  readonly uri?: string;
}

const standard = 'http://hl7.org/fhir/concept-properties#';
const structure = 'http://hl7.org/fhir/StructureDefinition/';

type Value = Omit<PropertyElement, 'code'>;

const text = ({ valueString }: Extension): Value | undefined =>
  valueString === undefined ? undefined : { valueString };
const number = ({ valueDecimal, valueInteger }: Extension): Value | undefined => {
  const value = valueDecimal ?? valueInteger;
  return value === undefined ? undefined : { valueDecimal: value };
};

/** Extensions that an expansion tells as properties; of each row's URLs the first found counts. */
const rows = [
  { code: 'weight', uri: 'itemWeight', urls: ['itemWeight'], read: number },
  { code: 'label', uri: 'label', urls: ['valueset-label', 'codesystem-label'], read: text },
  { code: 'order', uri: 'order', urls: ['valueset-conceptOrder', 'codesystem-conceptOrder'], read: number },
] as const;

/** Those of the value set go before those of the code system. */
const extensionsOf = ({ concept, listed }: UsedConcept): readonly Extension[] => [
  ...(listed?.extension ?? []),
  ...[...concept.extensions].reverse(),
];

const find = (extensions: readonly Extension[], name: string): Extension | undefined =>
  extensions.find(({ url }) => url === structure + name);

function fromExtensions(used: UsedConcept): readonly ShownProperty[] {
  const extensions = extensionsOf(used);
  if (extensions.length === 0) return [];
  return rows.flatMap(({ code, uri, urls, read }) => {
    const found = urls.map((url) => find(extensions, url)).find((each) => each !== undefined);
    const value = found && read(found);
    return value === undefined ? [] : [{ element: { code, ...value }, uri: standard + uri }];
  });
}

function statusProperty({ system, concept }: UsedConcept): readonly ShownProperty[] {
  const status = statusOf(system, concept);
  if (status === undefined || isStatus(status, 'active')) return [];
  return [{ element: { code: 'status', valueCode: status }, uri: `${standard}status` }];
}

function asked(used: UsedConcept, names: readonly string[]): readonly ShownProperty[] {
  const { system, concept } = used;
  return names.flatMap((name): readonly ShownProperty[] => {
    if (name === 'definition') return definition(concept.definition);
    const uri = system.properties.find(({ code }) => code === name)?.uri;
    const elements = concept.properties.filter(({ code }) => code === name || name === '*');
    return elements.map((element) => ({ element, ...(uri !== undefined && { uri }) }));
  });
}

const definition = (valueString: string | undefined): readonly ShownProperty[] =>
  valueString === undefined ? [] : [{ element: { code: 'definition', valueString }, uri: `${standard}definition` }];

export function shownProperties(used: UsedConcept, names: readonly string[]): readonly ShownProperty[] {
  const all = [...asked(used, names), ...fromExtensions(used), ...statusProperty(used)];
  // Most codes have none to show, or one.
  return all.length < 2 ? all : all.filter(({ element }, index) => element.code !== 'status' || isFirst(all, index));
}

const isFirst = (all: readonly ShownProperty[], index: number): boolean =>
  all.findIndex(({ element }) => element.code === all[index]?.element.code) === index;

/** Extensions handed on as they are: how to render the code, and what the value set says about it. */
const rendering = ['rendering-style', 'rendering-xhtml'].map((name) => structure + name);
const listedOnly = ['valueset-deprecated', 'structuredefinition-standards-status', 'valueset-concept-definition'].map(
  (name) => structure + name,
);

export function shownExtensions(used: UsedConcept): readonly Extension[] {
  const own = (used.listed?.extension ?? []).filter(({ url }) => listedOnly.includes(url));
  const extensions = extensionsOf(used);
  if (extensions.length === 0) return extensions;
  const rendered = rendering.flatMap((url) => extensions.find((each) => each.url === url) ?? []);
  return [...rendered, ...own];
}
