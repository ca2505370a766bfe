// A feed: a registered stream from one source system (feeds/*.yaml, checked against a JSON Schema).
import type { SourceFormat } from './source.js';

export interface NamespaceEntry {
  /** The URI that stands for the assigning authority, e.g. `urn:oid:1.2.3`. */
  readonly uri: string;
  readonly name?: string;
}

export interface Feed {
  readonly name: string;
  readonly title: string;
  readonly owner: string;
  readonly format: SourceFormat;
  /** `package@version`. */
  readonly mapping: string;
  /** IANA zone for times without an offset (DESIGN section 4, law 6). */
  readonly zone: string;
  /** The default assigning authority: a URI that owns identifiers without one. */
  readonly authority: string;
  /** Local names of assigning authorities (HD.1) and their URIs. */
  readonly namespaces: ReadonlyMap<string, NamespaceEntry>;
  /** Local names of code systems (HL7 table 0396 additions) and their URIs. */
  readonly codeSystems: ReadonlyMap<string, string>;
  /** Residual values a message may have before it is published with a warning only; absent: no limit. */
  readonly lossBudget?: number;
  /** Displays of codings as sent (the default), filled in where there are none, or those of the code system. */
  readonly displays?: 'keep' | 'fill' | 'replace';
  readonly limits: { readonly bytes: number; readonly depth: number };
}
