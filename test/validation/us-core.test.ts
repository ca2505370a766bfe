// US Core 6.1.0, where the shared FHIR packages stand beside this folder: every profile compiles, a resource can be validated
// against each, and the snapshots made of the differentials say what the published ones say.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/adapters/definitions/artifacts.js';
import { registryOf } from '../../src/adapters/definitions/conformance.js';
import { openPackage } from '../../src/adapters/validation/fhir-package.js';
import type { JsonObject } from '../../src/model/json.js';
import type { ElementRule, StructureModel } from '../../src/model/structure.js';
import { compileExpression } from '../../src/validation/fhirpath/compile.js';
import { fullValidator } from '../../src/validation/profiles/full-validator.js';
import { textAt } from '../../src/validation/structures/element-rule.js';
import { snapshotStructure } from '../../src/validation/structures/structure.js';
import { shippedDefinitions } from './validator.js';

const archive = join(packageRoot, '..', 'shared', 'fhir-packages', 'hl7.fhir.us.core-6.1.0.tgz');
const isThere = existsSync(archive);
const content = isThere ? openPackage(archive) : undefined;

/** Its base, a profile of Structured Data Capture, is not among the packages. */
const withoutBase = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-questionnaireresponse';

const definitions = [...(content?.resources(new Set(['StructureDefinition'])) ?? [])].filter(
  ({ derivation }) => derivation === 'constraint',
);

/** Those whose snapshot can be made anew. */
const withBase = definitions.filter(({ url }) => url !== withoutBase);

function* rulesOf(rule: ElementRule): Iterable<ElementRule> {
  yield rule;
  for (const below of [...(rule.children ?? []), ...(rule.slices ?? [])]) yield* rulesOf(below);
}

const published = (definition: JsonObject): StructureModel => snapshotStructure(definition)!;

const urlOf = (definition: JsonObject): string => textAt(definition, 'url') ?? '';

/** The same definitions without their snapshots. */
const bare = new Map(withBase.map(({ snapshot: _, ...definition }) => [urlOf(definition), definition]));
const generated = registryOf(shippedDefinitions, {
  get: (url) => bare.get(url.split('|')[0] ?? '') ?? content?.get(url),
});

/** What an element asks, by path and slice. The types of a choice are sliced by one, narrowed to one by the other. */
function factsOf({ root }: StructureModel): ReadonlyMap<string, string> {
  const facts = new Map<string, string>();
  const visit = (rule: ElementRule, holder: string): void => {
    const { name, sliceName, min, max, types, fixed, pattern, binding } = rule;
    if (name.includes('[x]')) return;
    const path = `${holder}${name}${sliceName === undefined ? '' : `:${sliceName}`}`;
    // Ids have FHIRPath's type in the one and FHIR's in the other.
    const codes = name === 'id' ? [] : types.map(({ code }) => code);
    facts.set(path, JSON.stringify({ min, max, codes, fixed, pattern, binding }));
    for (const child of rule.children ?? []) visit(child, `${path}.`);
    for (const slice of rule.slices ?? []) visit(slice, holder);
  };
  visit(root, '');
  return facts;
}

function differences(definition: JsonObject): string[] {
  const made = factsOf(generated.structure(urlOf(definition))!);
  return [...factsOf(published(definition))].flatMap(([path, fact]) => {
    const own = made.get(path);
    // Where the differential does not go into a type, its elements stay the type's own.
    return own === undefined || own === fact ? [] : [`${textAt(definition, 'name')} ${path}`];
  });
}

describe.runIf(isThere)('US Core 6.1.0', () => {
  it('has profiles whose invariants all compile', () => {
    expect(definitions.length).toBeGreaterThan(50);
    for (const definition of definitions)
      for (const { constraints = [] } of rulesOf(published(definition).root))
        for (const { expression } of constraints)
          if (expression !== undefined) expect(() => compileExpression(expression)).not.toThrow();
  });

  it('can be validated against, profile by profile, from snapshots and from differentials', () => {
    for (const registry of [registryOf(shippedDefinitions, content!), generated]) {
      const validate = fullValidator(registry);
      for (const { type, url } of definitions) {
        if (type === 'Extension') continue;
        const codes = validate({ resourceType: type }, { profiles: [url as string] }).map(({ code }) => code);
        expect(codes).not.toContain('validate.constraint-open');
        expect(codes).not.toContain('validate.profile-required-unknown');
      }
    }
  });

  it('has snapshots that ours agree with, but for what its publisher copied into slices before it was narrowed', () => {
    expect(withBase.flatMap(differences)).toEqual([
      'USCoreProvenance Provenance.agent:ProvenanceAuthor.type',
      'USCoreProvenance Provenance.agent:ProvenanceTransmitter.type',
    ]);
  });
});
