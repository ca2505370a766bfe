// Extensions that stand for elements of another FHIR version (http://hl7.org/fhir/R4/versions.html#extensions): what such
// an extension may hold follows from the element, so that its definition can be made here.
import type { JsonObject } from '../../model/json.js';

/** The elements of one FHIR version by path, `Patient.contact.name`; a choice stands without `[x]`. */
export interface VersionElements {
  /** Its types, one for what is no choice; undefined where there is no such element. */
  types(path: string): readonly string[] | undefined;
  /** The names of the elements within. */
  children(path: string): readonly string[];
  repeats(path: string): boolean;
}

export interface Versions {
  /** By `5.0`; undefined where its elements are not known. */
  readonly of: (version: string) => VersionElements | undefined;
  readonly r4: VersionElements;
  /** Does R4 let extensions hold a value of this type? */
  readonly isValueType: (type: string) => boolean;
  /** Are all elements of this name modifiers in R4? */
  readonly isModifier: (name: string) => boolean;
}

/** `unchecked`: elements of that version are not known here; `absent`: it has no such element; `unchanged`: R4 has it as well. */
export type OtherVersion = JsonObject | 'unchecked' | 'absent' | 'unchanged';

const form = /^http:\/\/hl7\.org\/fhir\/(\d\.\d)\/StructureDefinition\/extension-([A-Z]\w*(?:\.\w+(?:\[x\])?)+)$/;

/** Undefined where the URL does not stand for an element of another version. */
export function otherVersionExtension(url: string, versions: Versions): OtherVersion | undefined {
  const [, version, named] = form.exec(url) ?? [];
  if (version === undefined || named === undefined) return undefined;
  const elements = versions.of(version);
  if (elements === undefined) return 'unchecked';
  const path = named.replace('[x]', '');
  const types = elements.types(path);
  if (types === undefined) return 'absent';
  const known = versions.r4.types(path);
  if (known !== undefined && types.every((type) => known.includes(type))) return 'unchanged';
  return definitionOf(url, path, elements, versions);
}

const definitionOf = (url: string, path: string, elements: VersionElements, versions: Versions): JsonObject => ({
  resourceType: 'StructureDefinition',
  url,
  kind: 'complex-type',
  type: 'Extension',
  derivation: 'constraint',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension',
  context: [{ type: 'element', expression: contextOf(path, versions.r4) }],
  differential: {
    element: [
      { path: 'Extension', ...(versions.isModifier(nameOf(path)) && { isModifier: true }) },
      ...contentOf(path, elements, versions),
      { path: 'Extension.url', fixedUri: url },
    ],
  },
});

const nameOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('.'));

/** The holder of the element, where R4 has it: a resource that it has not stands in for another (Basic). */
function contextOf(path: string, r4: VersionElements): string {
  const holder = parentOf(path);
  return r4.types(holder) === undefined && r4.children(holder).length === 0 ? 'Element' : holder;
}

/** http://hl7.org/fhir/R4/versions.html#extensions: a value, or an extension for each element within, by its name. */
function contentOf(path: string, elements: VersionElements, versions: Versions): readonly JsonObject[] {
  const types = valueTypes(elements.types(path) ?? [], versions);
  if (types.length > 0) return [{ path: 'Extension.value[x]', type: types.map((code) => ({ code })) }];
  const within = elements.children(path);
  return within.length === 0 ? [] : [...parts(path, within, elements), { path: 'Extension.value[x]', max: '0' }];
}

const parts = (path: string, within: readonly string[], elements: VersionElements): JsonObject[] =>
  within.flatMap((name) => {
    const id = `Extension.extension:${name}`;
    const max = elements.repeats(`${path}.${name}`) ? '*' : '1';
    return [
      { id, path: 'Extension.extension', sliceName: name, min: 0, max },
      { id: `${id}.url`, path: 'Extension.extension.url', fixedUri: name },
    ];
  });

/** Types that came after R4 in those that carry what they say; where one has no such, nothing is said of the value. */
function valueTypes(types: readonly string[], { isValueType }: Versions): readonly string[] {
  const told = types.flatMap((type) => standIns[type] ?? [type]);
  return told.every(isValueType) ? told : [];
}

const standIns: Readonly<Record<string, readonly string[]>> = {
  CodeableReference: ['CodeableConcept', 'Reference'],
  integer64: ['string'],
};
