// The concept maps that a SNOMED CT edition has by nature (http://hl7.org/fhir/R4/snomedct.html#4.3.1.0.13): an inactive
// concept to those that an association reference set names in its place.
import type { ConceptMapResource, MapElement } from '../concept-maps/resource.js';
import type { Edition } from '../editions/edition.js';

const pattern = /^(http:\/\/snomed\.info\/x?sct(?:\/\d+(?:\/version\/\d+)?)?)\?fhir_cm=(\d+)$/;

interface Association {
  readonly name: string;
  readonly equivalence: string;
}

/** The association reference sets that may be asked for as maps, and what the guide says of their equivalence. */
const associations: Readonly<Record<string, Association>> = {
  '900000000000523009': { name: 'POSSIBLY EQUIVALENT TO', equivalence: 'inexact' },
  '900000000000526001': { name: 'REPLACED BY', equivalence: 'equivalent' },
  '900000000000527005': { name: 'SAME AS', equivalence: 'equal' },
  '900000000000530003': { name: 'ALTERNATIVE', equivalence: 'inexact' },
};

/** Of the system, of the edition's module, or of this version. */
const isOf = ({ header: { url, version } }: Edition, base: string): boolean =>
  base === url || base === version || version.startsWith(`${base}/`);

/** Undefined: the URL names no such map, one of another edition, or a reference set that the edition does not have. */
export function snomedConceptMap(url: string, edition: () => Edition): ConceptMapResource | undefined {
  const [, base = '', set = ''] = pattern.exec(url) ?? [];
  const association = Object.hasOwn(associations, set) ? associations[set] : undefined;
  if (association === undefined || !isOf(edition(), base) || edition().find(set) < 0) return undefined;
  const { header } = edition();
  const [system, version] = [header.url, header.version];
  return {
    resourceType: 'ConceptMap',
    url,
    version,
    status: 'active',
    name: `SNOMEDCT_${association.name.replaceAll(' ', '_')}`,
    title: `SNOMED CT ${association.name}`,
    group: [
      {
        source: system,
        sourceVersion: version,
        target: system,
        targetVersion: version,
        element: elements(edition(), set, association),
      },
    ],
  };
}

function elements(edition: Edition, set: string, { equivalence }: Association): readonly MapElement[] {
  const type = edition.find(set);
  const found: MapElement[] = [];
  for (let concept = 0; concept < edition.size; concept += 1) {
    const targets = edition.associations(concept).filter((each) => each.type === type);
    if (targets.length === 0) continue;
    const target = targets.map((each) => ({ ...named(edition, each.target), equivalence }));
    found.push({ ...named(edition, concept), target });
  }
  return found;
}

function named(edition: Edition, ordinal: number): { readonly code: string; readonly display?: string } {
  const display = edition.display(ordinal);
  return { code: edition.code(ordinal), ...(display !== undefined && { display }) };
}
