// What a data contract says, as its file says it (contracts/*.yaml): the Open Data Contract Standard's frame, with what
// FHIR needs inside. https://bitol-io.github.io/open-data-contract-standard/

/** What becomes of a message that breaks a rule. */
export type OnViolation = 'reject' | 'quarantine' | 'warn';

export interface ContractCode {
  readonly system: string;
  readonly code: string;
}

/** What was measured: its preferred code, and others that mean the same. */
export interface MeasuredCode extends ContractCode {
  /** The concept of the dictionary that the codes are of, `blood-pressure.systolic`. */
  readonly concept?: string;
  readonly others?: readonly ContractCode[];
}

/** What an amount must be: its unit, and the range in which a person can live with it. */
export interface QuantityTerms {
  readonly name: string;
  /** The code that says what was measured, of an Observation or of a component. */
  readonly code: MeasuredCode;
  readonly unit: {
    /** UCUM code that consumers may rely on; amounts are converted to it before their range is checked. */
    readonly canonical: string;
    /** Further UCUM codes that may be sent. */
    readonly allowed?: readonly string[];
    /** Amounts leave in the canonical unit; the one sent stays beside it. */
    readonly convert?: boolean;
    /** Of what is measured, in g/mol: between amounts of substance and masses nothing else converts. */
    readonly molarMass?: number;
    readonly onViolation: OnViolation;
  };
  /** In the canonical unit, both ends included. */
  readonly plausible?: { readonly min: number; readonly max: number; readonly onViolation: OnViolation };
}

/** Amounts that make one measurement together: components of a panel, or Observations of one subject and time. */
export interface MeasurementTerms {
  /** Code of the Observation that holds the amounts as its components; absent for amounts that stand alone. */
  readonly panel?: MeasuredCode;
  readonly quantities: readonly QuantityTerms[];
  /** All of the quantities belong to a measurement. */
  readonly complete?: { readonly onViolation: OnViolation };
  /** Names of quantities, the greater one first. */
  readonly descending?: { readonly order: readonly string[]; readonly onViolation: OnViolation };
}

export interface RequiredElement {
  /** A member of the resource, `identifier`. */
  readonly element: string;
  readonly onViolation: OnViolation;
}

/** An element whose codes are of a value set. */
export interface BoundValueSet {
  /** By members of the resource, as JSON names them: `category`, `identifier.type`, `valueQuantity`. */
  readonly element: string;
  /** With its version: `http://hl7.org/fhir/ValueSet/observation-category|4.0.1`. */
  readonly valueSet: string;
  readonly onViolation: OnViolation;
}

/** The way of a status. A later message may keep its stage or go on; one that goes back is not merged. */
export interface StatusTransitions {
  /** Codes of `status` by stage, the first one first: `[[registered], [preliminary], [final]]`. */
  readonly order: readonly (readonly string[])[];
  readonly onViolation: OnViolation;
}

/** How long after the newest message about a resource an older one may still arrive. */
export interface Staleness {
  readonly hours: number;
  readonly onViolation: OnViolation;
}

/** A profile that resources of this type keep; one that does says so in `meta.profile`. */
export interface ProfileTerms {
  /** Canonical URL with its version, of profiles/: `http://…/canonical-patient|1.0.0`. */
  readonly profile: string;
  /** Only resources with this coding in the element are meant; absent: all of the type. */
  readonly where?: { readonly element: string; readonly coding: ContractCode };
  readonly onViolation: OnViolation;
}

export interface SchemaTerms {
  /** FHIR resource type. */
  readonly name: string;
  readonly statusTransitions?: StatusTransitions;
  readonly staleness?: Staleness;
  readonly required?: readonly RequiredElement[];
  readonly profiles?: readonly ProfileTerms[];
  readonly valueSets?: readonly BoundValueSet[];
  readonly measurements?: readonly MeasurementTerms[];
}

export interface Contract {
  readonly apiVersion: string;
  readonly kind: 'DataContract';
  readonly id: string;
  readonly version: string;
  readonly status: 'proposed' | 'draft' | 'active' | 'deprecated' | 'retired';
  readonly description: { readonly purpose: string; readonly usage?: string; readonly limitations?: string };
  readonly team: readonly { readonly name: string; readonly role: string }[];
  /** The feed that promises this; absent for what holds of a canonical resource from any feed. */
  readonly feed?: string;
  /** Only feeds that name it keep it; else every feed without a contract of its own does as well. */
  readonly onlyNamed?: boolean;
  /** Contracts of resources that the feed keeps, `id@version`. */
  readonly keeps?: readonly string[];
  /** The system of record. */
  readonly sourceOfTruth?: string;
  readonly schema?: readonly SchemaTerms[];
}

/** `blood-pressure@1.0.0` */
export const contractPin = ({ id, version }: Contract): string => `${id}@${version}`;

/** The profiles that contracts ask for, `url|version`, each once, sorted. */
export const profilesAsked = (contracts: readonly Contract[]): readonly string[] =>
  [
    ...new Set(
      contracts.flatMap(({ schema = [] }) =>
        schema.flatMap(({ profiles = [] }) => profiles.map(({ profile }) => profile)),
      ),
    ),
  ].sort();
