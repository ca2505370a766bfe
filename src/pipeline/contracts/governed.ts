// Who answers for what a mapping writes: the owners of elements, and the registry of extensions.
import type { IrPackage } from '../../mappings/language/ir.js';
import type { WrittenContent } from './written.js';

export interface Ownership {
  /** FHIR resource type. */
  readonly type: string;
  /** Its members; `*` for those that no other entry names. */
  readonly elements: readonly string[];
  /** Packages that may write them. */
  readonly write: readonly string[];
  /**
   * Those whose word stands when others contradict it: a feed or package, or one kind of its messages (`hl7v2/ADT`).
   * The others fill in what is absent. Without it, all who may write are equals.
   */
  readonly owner?: readonly string[];
  /** Who may change how they are mapped. */
  readonly transform: readonly string[];
  readonly deprecate: readonly string[];
  readonly accountable: string;
}

export interface RegisteredExtension {
  readonly url: string;
  readonly standing: 'local-only' | 'candidate-canonical' | 'vendor-mapped';
  readonly owner: string;
  /** Types it may stand in. */
  readonly context: readonly string[];
  /** When the owner looks at it again, `2027-06-30`. */
  readonly review: string;
  /** What it holds. */
  readonly description: string;
}

export interface Governed {
  readonly ownership: readonly Ownership[];
  readonly extensions: readonly RegisteredExtension[];
}

/** Extensions that the package can write and nobody registered. */
export function unregisteredExtensions({ extensions: written }: WrittenContent, { extensions }: Governed): string[] {
  const registered = new Set(extensions.map(({ url }) => url));
  return written.filter((url) => !registered.has(url));
}

/** Elements that the package can write and nobody owns. */
export const unownedElements = ({ elements }: WrittenContent, { ownership }: Governed): string[] =>
  elements.filter((element) => ownerOf(element, ownership) === undefined);

/** The package's name, and that of the one it extends. */
export const packageAndBase = (ir: IrPackage): string[] => [
  ir.name,
  ...(ir.extends === undefined ? [] : [ir.extends.replace(/@.*$/, '')]),
];

/** Why a package cannot stand, one sentence each with its mend: what it writes without an owner, or unregistered. */
export function governanceFaults(ir: IrPackage, written: WrittenContent, governed: Governed): string[] {
  const names = packageAndBase(ir);
  return [
    ...written.elements.flatMap((element) => ownerFaults(element, names, governed.ownership)),
    ...unregisteredExtensions(written, governed).map(
      (url) => `The extension ${url} is not registered. Add it to contracts/extensions.yaml.`,
    ),
  ];
}

function ownerFaults(element: string, packages: readonly string[], ownership: readonly Ownership[]): string[] {
  const owner = ownerOf(element, ownership);
  if (owner === undefined) return [`${element} has no owner. Add it to contracts/ownership.yaml.`];
  if (packages.some((name) => owner.write.includes(name))) return [];
  return [`${element} may not be written by ${packages[0]!}. Ask ${owner.accountable}, who is accountable.`];
}

/** The entry that names the element; else the one for the rest of its type. */
export function ownerOf(element: string, ownership: readonly Ownership[]): Ownership | undefined {
  const [type, member = ''] = element.split('.');
  const ofType = ownership.filter((entry) => entry.type === type);
  return (
    ofType.find(({ elements }) => elements.includes(member)) ?? ofType.find(({ elements }) => elements.includes('*'))
  );
}
