// $closure. Tables are kept in memory, the least recently used ones given up: a client that finds its table gone starts a
// new one, as the operation provides for (http://hl7.org/fhir/R4/terminology-service.html#closure).
import { LRUCache } from 'lru-cache';
import type { JsonObject } from '../../../../model/json.js';
import { TerminologyRefusal } from '../../../../terminology/issue.js';
import { messages } from '../../../../terminology/messages.js';
import {
  addToClosure,
  emptyClosure,
  relationsSince,
  type ClosureTable,
  type Subsumed,
} from '../../../../terminology/operations/closure.js';
import type { Coding } from '../../../../terminology/resources.js';
import { scopeOf } from '../../../../terminology/scope.js';
import { InParameters } from './in-parameters.js';
import type { OperationRequest, TerminologyOperation } from './operation.js';
import { optionsOf } from './request-options.js';
import { contentFor } from './tx-resources.js';

const tables = new LRUCache<string, ClosureTable>({ max: 200 });

function tableNamed(name: string): ClosureTable {
  const table = tables.get(name);
  if (table !== undefined) return table;
  throw new TerminologyRefusal(404, 'not-found', messages.unknownClosure(name), { detail: 'not-found' });
}

const element = ({ code, ancestor }: Subsumed): JsonObject => ({
  code,
  target: [{ code: ancestor, equivalence: 'subsumes' }],
});

function conceptMap(name: string, version: number, relations: readonly Subsumed[]): JsonObject {
  const systems = [...new Set(relations.map(({ system }) => system))];
  const group = systems.map((system) => ({
    source: system,
    target: system,
    element: relations.filter((each) => each.system === system).map(element),
  }));
  return {
    resourceType: 'ConceptMap',
    status: 'active',
    experimental: false,
    version: String(version),
    name,
    ...(group.length > 0 && { group }),
  };
}

function run(request: OperationRequest): JsonObject {
  const { parameters } = request;
  const name = parameters.text('name');
  if (name === undefined) throw new TerminologyRefusal(400, 'required', messages.missingParameter('a name'));
  const codings = parameters
    .named('concept')
    .flatMap((each) => new InParameters([each]).object<Coding>('concept') ?? []);
  const since = parameters.text('version');
  if (since !== undefined) return replay(name, Number(since));
  if (codings.length === 0) {
    tables.set(name, emptyClosure);
    return conceptMap(name, 0, []);
  }
  const table = tableNamed(name);
  const scope = scopeOf(contentFor(parameters, request.installed), optionsOf(request));
  const grown = addToClosure(table, codings, scope);
  tables.set(name, grown);
  return conceptMap(name, grown.version, relationsSince(grown, table.version));
}

function replay(name: string, since: number): JsonObject {
  if (!Number.isSafeInteger(since))
    throw new TerminologyRefusal(400, 'invalid', messages.wrongParameter('version', 'one that was answered'));
  const table = tableNamed(name);
  return conceptMap(name, table.version, relationsSince(table, since));
}

export const closure: TerminologyOperation = {
  name: 'closure',
  definition: 'http://hl7.org/fhir/OperationDefinition/ConceptMap-closure',
  summary: 'A table of which codes lie below which, kept up to date for a client',
  affectsState: true,
  run,
};
