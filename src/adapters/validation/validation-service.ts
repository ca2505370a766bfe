// Full validation as commands and routes use it: the shipped definitions, packages by name, what a request brings along.
import type { Issue } from '../../model/issue.js';
import type { JsonObject } from '../../model/json.js';
import { fullValidator, type FullValidator } from '../../validation/profiles/full-validator.js';
import type { ValidationSettings } from '../../validation/profiles/registry.js';
import { registryOf, shippedConformance, type CanonicalSource } from '../definitions/conformance.js';
import { shippedProfiles } from '../definitions/canonical-profiles.js';
import { convertUnit } from '../definitions/unit-conversion.js';
import { openPackage, packagePath, type FhirPackage } from './fhir-package.js';

/** What one validation is asked beyond the resource. */
export interface ValidationRequest {
  readonly settings: Partial<ValidationSettings>;
  /** Packages as `name#version`, or paths; earlier ones go first. */
  readonly packages: readonly string[];
  /** Canonical resources of this request alone; later ones stand in for earlier ones. */
  readonly resources: readonly JsonObject[];
}

const keysOf = ({ url, version }: JsonObject): readonly string[] => {
  if (typeof url !== 'string') return [];
  return typeof version === 'string' ? [url, `${url}|${version}`] : [url];
};

function sourceOf(resources: readonly JsonObject[], further: readonly CanonicalSource[]): CanonicalSource {
  const own = new Map(resources.flatMap((resource) => keysOf(resource).map((key) => [key, resource] as const)));
  return {
    get(url) {
      const found = own.get(url);
      if (found !== undefined) return found;
      for (const each of further) {
        const resource = each.get(url);
        if (resource !== undefined) return resource;
      }
      return undefined;
    },
  };
}

/** Definitions are read at the first validation; packages and their compiled profiles are kept. */
export class ValidationService {
  private readonly folder: string | undefined;
  private readonly now: () => string;
  private readonly packages = new Map<string, FhirPackage | undefined>();
  private readonly validators = new Map<string, FullValidator>();

  /** @param folder where packages asked for by name stand. */
  constructor(folder: string | undefined, now: () => string) {
    this.folder = folder;
    this.now = now;
  }

  /** Everything found; the packages that are not there are told by name. */
  validate(resource: JsonObject, { settings, packages, resources }: ValidationRequest): readonly Issue[] {
    const validator = resources.length === 0 ? this.kept(packages) : this.made(packages, resources);
    return validator(resource, { now: this.now, ...settings });
  }

  /** The names of packages that cannot be found. */
  missing(packages: readonly string[]): readonly string[] {
    return packages.filter((id) => this.package(id) === undefined);
  }

  private kept(packages: readonly string[]): FullValidator {
    const key = packages.join(' ');
    const known = this.validators.get(key) ?? this.made(packages, []);
    this.validators.set(key, known);
    return known;
  }

  private made(packages: readonly string[], resources: readonly JsonObject[]): FullValidator {
    const further = [...this.withDependencies(packages), shippedProfiles()];
    return fullValidator(registryOf(shippedConformance(), sourceOf(resources, further)), convertUnit);
  }

  /** The packages asked for, then those they build on, each once. */
  private withDependencies(ids: readonly string[]): readonly FhirPackage[] {
    const found = new Map<string, FhirPackage>();
    const open = [...ids];
    for (let at = 0; at < open.length; at += 1) {
      const id = open[at]!;
      const content = found.has(id) ? undefined : this.package(id);
      if (content === undefined) continue;
      found.set(id, content);
      open.push(...content.dependencies);
    }
    return [...found.values()];
  }

  private package(id: string): FhirPackage | undefined {
    if (this.packages.has(id)) return this.packages.get(id);
    const path = this.folder === undefined ? undefined : packagePath(this.folder, id);
    const isPath = /\.tgz$|[/\\]/.test(id) && !id.includes('#');
    const content = isPath ? openPackage(id) : path === undefined ? undefined : openPackage(path);
    this.packages.set(id, content);
    return content;
  }
}
