// The approved set of pins a feed runs on. Its digest is part of every run's record.
export interface Pins {
  readonly feed: string;
  /** `hl7v2@1.0.0`, with the IR's SHA-256. */
  readonly mapping: { readonly name: string; readonly version: string; readonly digest: string };
  /** Code maps used by the mapping: name@version -> SHA-256. */
  readonly codeMaps: Readonly<Record<string, string>>;
  readonly definitions: string;
  readonly contract: string;
  /** SHA-256 of the concepts that contracts may name; absent in releases from before there was a dictionary. */
  readonly dictionary?: string;
  /** SHA-256 of the profiles that the contract asks for, and of the definitions they build on. */
  readonly profiles?: string;
  /** What displays come from, where the feed asks for those of the code systems. */
  readonly terminology?: string;
  readonly engine: string;
}
