// The parts of FHIR's terminology resources that are computed with (http://hl7.org/fhir/R4/terminology-module.html), as they
// stand in JSON. R5's additions travel in R4 as extensions; both spellings are read.

export interface Extension {
  readonly url: string;
  readonly extension?: readonly Extension[];
  readonly valueBoolean?: boolean;
  readonly valueCanonical?: string;
  readonly valueCode?: string;
  readonly valueDecimal?: number;
  readonly valueInteger?: number;
  readonly valueString?: string;
  readonly valueUri?: string;
}

export interface Extensible {
  readonly extension?: readonly Extension[];
}

export interface Coding extends Extensible {
  readonly system?: string;
  readonly version?: string;
  readonly code?: string;
  readonly display?: string;
}

export interface CodeableConcept {
  readonly coding?: readonly Coding[];
  readonly text?: string;
}

export interface DesignationElement extends Extensible {
  readonly language?: string;
  readonly use?: Coding;
  readonly value: string;
}

/** CodeSystem.concept.property: one `value[x]` beside its code. */
export interface PropertyElement {
  readonly code: string;
  readonly valueCode?: string;
  readonly valueCoding?: Coding;
  readonly valueString?: string;
  readonly valueInteger?: number;
  readonly valueBoolean?: boolean;
  readonly valueDateTime?: string;
  readonly valueDecimal?: number;
}

export interface ConceptElement extends Extensible {
  readonly code: string;
  readonly display?: string;
  readonly definition?: string;
  readonly designation?: readonly DesignationElement[];
  readonly property?: readonly PropertyElement[];
  readonly concept?: readonly ConceptElement[];
}

export interface PropertyDefinition {
  readonly code: string;
  readonly uri?: string;
  readonly description?: string;
  readonly type?: string;
}

/** What CodeSystem, ValueSet and ConceptMap have in common (http://hl7.org/fhir/R4/metadatatypes.html). */
export interface CanonicalResource extends Extensible {
  readonly id?: string;
  readonly url?: string;
  readonly version?: string;
  readonly language?: string;
  readonly name?: string;
  readonly title?: string;
  readonly status?: string;
  readonly experimental?: boolean;
}

export interface CodeSystemResource extends CanonicalResource {
  readonly resourceType: 'CodeSystem';
  readonly caseSensitive?: boolean;
  readonly content?: string;
  readonly hierarchyMeaning?: string;
  readonly supplements?: string;
  readonly versionNeeded?: boolean;
  readonly property?: readonly PropertyDefinition[];
  readonly concept?: readonly ConceptElement[];
}

export interface FilterElement extends Extensible {
  readonly property?: string;
  readonly op?: string;
  readonly value?: string;
  readonly _op?: Extensible;
}

export interface IncludedConcept extends Extensible {
  readonly code: string;
  readonly display?: string;
  readonly designation?: readonly DesignationElement[];
}

export interface Include extends Extensible {
  readonly system?: string;
  readonly version?: string;
  readonly concept?: readonly IncludedConcept[];
  readonly filter?: readonly FilterElement[];
  readonly valueSet?: readonly string[];
}

export interface Compose extends Extensible {
  readonly inactive?: boolean;
  readonly include?: readonly Include[];
  readonly exclude?: readonly Include[];
}

/** ValueSet.expansion.contains. */
export interface ContainedCode extends Extensible {
  readonly system?: string;
  readonly version?: string;
  readonly code?: string;
  readonly display?: string;
  readonly abstract?: boolean;
  readonly inactive?: boolean;
  readonly contains?: readonly ContainedCode[];
}

export interface ValueSetResource extends CanonicalResource {
  readonly resourceType: 'ValueSet';
  readonly contained?: readonly { readonly resourceType: string; readonly id?: string }[];
  readonly compose?: Compose;
  readonly expansion?: { readonly contains?: readonly ContainedCode[] };
}

/** http://hl7.org/fhir/R4/namingsystem.html: it has neither URL nor version of its own. */
export interface NamingSystemResource {
  readonly resourceType: 'NamingSystem';
  readonly id?: string;
  readonly name?: string;
  readonly status?: string;
  readonly kind?: string;
  readonly uniqueId?: readonly { readonly type?: string; readonly value?: string }[];
}

/** A canonical, taken apart at its bar: `http://hl7.org/fhir/R4/references.html#canonical`. */
export interface Canonical {
  readonly url: string;
  readonly version?: string;
}

export function parseCanonical(text: string): Canonical {
  const bar = text.indexOf('|');
  return bar < 0 ? { url: text } : { url: text.slice(0, bar), version: text.slice(bar + 1) };
}

/** `url|version`, or the URL alone where there is no version. */
export const printCanonical = (url: string, version: string | undefined): string =>
  version === undefined || version === '' ? url : `${url}|${version}`;

export const extensionOf = (element: Extensible | undefined, url: string): Extension | undefined =>
  element?.extension?.find((each) => each.url === url);

const standardsStatusUrl = 'http://hl7.org/fhir/StructureDefinition/structuredefinition-standards-status';

/** The status of a thing as a standard: `deprecated`, `withdrawn`, … */
export const standardsStatus = (element: Extensible | undefined): string | undefined =>
  extensionOf(element, standardsStatusUrl)?.valueCode;
