// The canonical form of a mapping package: plain JSON, in one spelling, whose SHA-256 is the version's identity. Made by
// lower-*.ts from YAML, linked by link/*.ts.
import type { ConstantSyntax, FileSyntax } from './syntax.js';

export interface IrPackage {
  readonly name: string;
  readonly version: string;
  readonly owner: string;
  readonly format: 'hl7v2' | 'json' | 'csv';
  readonly description: string;
  readonly extends?: string;
  readonly messageType: readonly string[];
  readonly messageTime?: string;
  readonly files: Readonly<Record<string, FileSyntax>>;
  readonly modules: readonly IrModule[];
  /** `name@version` -> SHA-256 of the code maps it uses. */
  readonly codeMaps: Readonly<Record<string, string>>;
}

export type Layer = 'message' | 'segment' | 'datatype' | 'object' | 'row';

export interface IrModule {
  readonly name: string;
  /** `package@version` that last changed it. */
  readonly origin: string;
  readonly layer: Layer;
  /** Structures, events or files (message), or the one segment, datatype, object, or the row's files. */
  readonly source: readonly string[];
  /** FHIR type; '' for message modules. */
  readonly target: string;
  readonly parameters: readonly string[];
  readonly identity: readonly IrCandidate[];
  readonly rules: readonly IrRule[];
  readonly ignore: readonly { path: string; reason: string; when?: string }[];
}

export type IrCandidate =
  | {
      readonly scope: 'business';
      pick?: string;
      where?: string;
      only?: true;
      when?: string;
      authority: string;
      key: readonly string[];
    }
  | { readonly scope: 'content' | 'message' };

/** One step of a target path. */
export interface IrStep {
  /** JSON member name. */
  readonly name: string;
  /** The element repeats. */
  readonly list?: true;
  /** Rules of one run that use the same key write the same item. */
  readonly key?: string;
  /** An extension: the item with this url. */
  readonly url?: string;
}

export type IrArgument = { readonly path: string } | { readonly parameter: string } | { readonly fixed: string };

export interface IrReads {
  /** Absent for constants and references. */
  readonly path?: string;
  readonly pick: 'only' | 'first' | 'all';
  readonly where?: string;
  readonly whole?: true;
}

export type IrAction =
  | { readonly kind: 'convert'; readonly as: string }
  | {
      readonly kind: 'use';
      readonly module: string;
      readonly with: readonly IrArgument[];
      readonly translate?: IrTranslate;
    }
  | { readonly kind: 'run'; readonly module: string; readonly with: readonly IrArgument[]; readonly join?: true }
  | { readonly kind: 'create'; readonly type: string; readonly module: string; readonly with: readonly IrArgument[] }
  | { readonly kind: 'refer'; readonly type: string; readonly authority: string }
  | { readonly kind: 'translate'; readonly translate: IrTranslate }
  | { readonly kind: 'call'; readonly function: string; readonly with: readonly IrArgument[]; readonly as: string }
  | {
      readonly kind: 'constant';
      readonly value: ConstantSyntax;
      readonly assumed?: true;
      readonly because?: string;
      readonly always?: true;
    }
  | {
      readonly kind: 'into';
      readonly instance: string;
      readonly module: string;
      readonly with: readonly IrArgument[];
      readonly refs: readonly IrRef[];
      /** The run shares the items it addresses by key with the other runs on the instance that say so. */
      readonly join?: true;
    }
  | { readonly kind: 'ref'; readonly instance: string; readonly into?: string }
  | { readonly kind: 'scope'; readonly rules: readonly IrRule[] }
  | { readonly kind: 'item'; readonly rules: readonly IrRule[] }
  | {
      readonly kind: 'switch';
      readonly cases: readonly IrCase[];
      readonly otherwise?: readonly IrRule[];
      readonly absent?: readonly IrRule[];
    }
  | { readonly kind: 'issue'; readonly code: string }
  | { readonly kind: 'nothing' };

export interface IrRef {
  readonly to: readonly IrStep[];
  readonly instance: string;
}

export interface IrCase {
  readonly values: readonly string[];
  readonly rules: readonly IrRule[];
}

export interface IrTranslate {
  readonly map: string;
  readonly unmapped: 'hold' | 'pass-original' | 'absent' | 'default';
  readonly default?: string;
  readonly because?: string;
  readonly dropOriginal?: true;
  /** What is written. */
  readonly shape: 'code' | 'Coding' | 'CodeableConcept';
}

export interface IrRule {
  readonly id: string;
  readonly when?: string;
  readonly source: IrReads;
  readonly reads: readonly string[];
  /** Empty: the module's own element, or an instance. */
  readonly to: readonly IrStep[];
  /** Instance that `to` stands in, where it is not the module's own element (message modules). */
  readonly instance?: string;
  readonly fallback?: true;
  /** It tells of what stands in the element, and brings none into being. */
  readonly qualifies?: true;
  readonly does: IrAction;
}

/** The names of the code maps that a package's rules translate by, sorted. */
export const mapsUsed = ({ codeMaps }: IrPackage): string[] =>
  Object.keys(codeMaps).map((name) => name.slice(0, name.lastIndexOf('@')));
