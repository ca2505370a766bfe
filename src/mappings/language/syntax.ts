// A module and a package as written in YAML, after the JSON Schema has accepted them. docs/language.md is the prose.

export interface PackageSyntax {
  readonly package: string;
  readonly version: string;
  readonly owner: string;
  readonly format: 'hl7v2' | 'json' | 'csv';
  readonly extends?: string;
  readonly description: string;
  readonly messageType?: readonly string[];
  readonly messageTime?: string;
  readonly files?: Readonly<Record<string, FileSyntax>>;
  readonly changelog: readonly { version: string; date: string; change: string }[];
}

export interface FileSyntax {
  readonly columns: readonly string[];
  readonly group?: readonly string[];
}

export interface SourceSyntax {
  readonly format: 'hl7v2' | 'json' | 'csv';
  readonly structure?: readonly string[];
  readonly segment?: string;
  readonly datatype?: string;
  readonly event?: readonly string[];
  readonly object?: string;
  readonly file?: readonly string[];
  readonly row?: readonly string[];
}

export interface ModuleSyntax {
  readonly module: string;
  readonly doc?: string;
  readonly extends?: string;
  readonly source?: SourceSyntax;
  readonly target?: { readonly type: string };
  readonly parameters?: readonly string[];
  readonly identity?: readonly (string | CandidateSyntax)[] | CandidateSyntax | string;
  readonly rules?: readonly RuleSyntax[];
  readonly ignore?: readonly IgnoreSyntax[];
}

export interface CandidateSyntax {
  readonly pick?: string;
  readonly where?: string;
  readonly expect?: 'only' | 'first';
  readonly when?: string;
  readonly authority?: string;
  readonly key: readonly string[];
}

export interface IgnoreSyntax {
  readonly path: string;
  readonly reason: string;
  readonly when?: string;
}

export type ConstantSyntax = string | number | boolean | ConstantObject | readonly ConstantSyntax[];
export interface ConstantObject {
  readonly [key: string]: ConstantSyntax;
}

export interface TranslateSyntax {
  readonly map: string;
  readonly unmapped?: 'hold' | 'pass-original' | 'absent' | 'default';
  readonly default?: string;
  readonly because?: string;
  readonly original?: 'keep' | 'drop';
}

export type ArgumentSyntax = string | { readonly fixed: string };
export type CaseSyntax = ActionSyntax | readonly ActionSyntax[];

/** What a rule does, without its id: also the shape of a `switch` case. */
export interface ActionSyntax {
  readonly id?: string;
  readonly when?: string;
  readonly from?: string | readonly string[];
  readonly each?: string;
  readonly where?: string;
  readonly expect?: 'only' | 'first' | 'all';
  readonly read?: 'whole';
  readonly reads?: readonly string[];
  readonly to?: string;
  readonly as?: string;
  readonly use?: string;
  readonly create?: string;
  readonly refer?: string;
  readonly authority?: string;
  readonly into?: string;
  readonly merge?: boolean;
  readonly join?: boolean;
  readonly refs?: Readonly<Record<string, string | readonly string[]>>;
  readonly ref?: string;
  readonly translate?: TranslateSyntax;
  readonly call?: string;
  readonly with?: Readonly<Record<string, string>> | readonly ArgumentSyntax[];
  readonly fixed?: ConstantSyntax;
  readonly assumed?: ConstantSyntax;
  readonly because?: string;
  readonly always?: boolean;
  readonly fallback?: boolean;
  readonly qualifies?: boolean;
  readonly switch?: string;
  readonly cases?: Readonly<Record<string, CaseSyntax>>;
  readonly issue?: string;
  readonly rules?: readonly RuleSyntax[];
  readonly doc?: string;
}

export interface RuleSyntax extends ActionSyntax {
  readonly id: string;
  readonly override?: boolean;
  readonly disable?: string;
  readonly before?: string;
}
