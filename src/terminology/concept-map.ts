// Compiles a FHIR R4 ConceptMap to a CodeMap, or says where it cannot stand: two rows for one code, a row that depends on
// other elements, an unmapped mode that needs another map.
import { GatewayError } from '../model/error.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import {
  equivalences,
  type CodeMap,
  type CodeMapEntry,
  type Equivalence,
  type MapTarget,
  type SourceCoding,
  type Translation,
} from './code-map.js';
import type { ConceptMapResource } from './concept-maps/resource.js';

export interface ConceptMapOrigin {
  /** The name rules call it by. */
  readonly name: string;
  /** Where the resource stands, for messages: `valuesets/administrative-sex.json`. */
  readonly place: string;
  /** SHA-256 of the resource. */
  readonly digest: string;
}

interface Group {
  readonly source: string | undefined;
  readonly target: string | undefined;
  readonly path: Node;
  readonly rows: ReadonlyMap<string, Translation>;
  /** What `group.unmapped` says for a code without a row. */
  readonly otherwise: (code: string) => Translation;
}

const unknown: Translation = { outcome: 'unmapped' };

/** A value of the resource with its path, so that every refusal can name its place. */
class Node {
  readonly value: JsonValue | undefined;
  readonly path: string;
  readonly place: string;
  constructor(value: JsonValue | undefined, path: string, place: string) {
    this.value = value;
    this.path = path;
    this.place = place;
  }
  refuse(reason: string): GatewayError {
    return new GatewayError('incorrect', `${this.place}: ${this.path}: ${reason}`);
  }
  at(name: string): Node {
    const path = this.path === '' ? name : `${this.path}.${name}`;
    return new Node((this.value as JsonObject)[name], path, this.place);
  }
  items(name: string): readonly Node[] {
    const list = this.at(name);
    if (list.value === undefined) return [];
    if (!Array.isArray(list.value)) throw list.refuse('must be an array.');
    return list.value.map((item: JsonValue, index) => {
      const node = new Node(item, `${list.path}[${index}]`, this.place);
      if (item === null || typeof item !== 'object' || Array.isArray(item)) throw node.refuse('must be an object.');
      return node;
    });
  }
  text(name: string): string | undefined {
    const node = this.at(name);
    if (node.value === undefined) return undefined;
    if (typeof node.value !== 'string' || node.value === '') throw node.refuse('must be a string.');
    return node.value;
  }
  required(name: string): string {
    const text = this.text(name);
    if (text === undefined) throw this.at(name).refuse('is required.');
    return text;
  }
}

const isEquivalence = (text: string): text is Equivalence => (equivalences as readonly string[]).includes(text);

const isMatch = ({ equivalence }: MapTarget): boolean => equivalence !== 'unmatched' && equivalence !== 'disjoint';

function equivalenceOf(target: Node): Equivalence {
  const text = target.required('equivalence');
  if (!isEquivalence(text)) throw target.at('equivalence').refuse('is not a code of ConceptMapEquivalence.');
  return text;
}

/** Rows whose meaning depends on other elements cannot be answered from a code alone (ConceptMap.group.element.target.dependsOn). */
function refuseDependent(target: Node): void {
  for (const name of ['dependsOn', 'product'])
    if (target.items(name).length > 0)
      throw target.at(name).refuse('is not supported: a row is found by its code alone.');
}

function targetOf(target: Node, row: string, system: string | undefined): MapTarget | undefined {
  refuseDependent(target);
  const equivalence = equivalenceOf(target);
  const code = target.text('code');
  if (code === undefined && equivalence === 'unmatched') return undefined;
  if (code === undefined) throw target.at('code').refuse('is required unless the equivalence is unmatched.');
  if (system === undefined) throw target.refuse('has a code but its group names no target system.');
  const display = target.text('display');
  return { system, code, ...(display !== undefined && { display }), equivalence, row };
}

function rowOf(element: Node, system: string | undefined): Translation {
  const row = element.path;
  const targets = element.items('target').flatMap((target) => targetOf(target, row, system) ?? []);
  const twice = targets.find(({ code }, index) => targets.findIndex((each) => each.code === code) !== index);
  if (twice !== undefined) throw element.refuse(`has the target ${twice.code} twice.`);
  const matches = targets.filter(isMatch);
  return matches.length === 0 ? { outcome: 'no-map', row } : { outcome: 'mapped', targets: matches };
}

/** A code for every code without a row (ConceptMap.group.unmapped). */
function otherwiseOf(group: Node, system: string | undefined): Group['otherwise'] {
  const unmapped = group.at('unmapped');
  if (unmapped.value === undefined) return () => unknown;
  const mode = unmapped.required('mode');
  if (system === undefined) throw unmapped.refuse('needs a target system in its group.');
  const mapped = (code: string, equivalence: Equivalence, display?: string): Translation => ({
    outcome: 'mapped',
    targets: [{ system, code, ...(display !== undefined && { display }), equivalence, row: unmapped.path }],
  });
  if (mode === 'provided') return (code) => mapped(code, 'equal');
  if (mode !== 'fixed') throw unmapped.at('mode').refuse('must be provided or fixed.');
  const fixed = mapped(unmapped.required('code'), 'inexact', unmapped.text('display'));
  return () => fixed;
}

function groupOf(group: Node): Group {
  const [source, target] = [group.text('source'), group.text('target')];
  const rows = new Map<string, Translation>();
  for (const element of group.items('element')) {
    const code = element.required('code');
    if (rows.has(code)) throw element.refuse(`is the second row for the code ${code}.`);
    rows.set(code, rowOf(element, target));
  }
  return { source, target, path: group, rows, otherwise: otherwiseOf(group, target) };
}

/** Several groups may share a source; groups of the same source and target may not share a code. */
function refuseOverlap(groups: readonly Group[]): void {
  groups.forEach(({ path, rows, source, target }, index) => {
    const before = groups.slice(0, index).filter((each) => each.source === source && each.target === target);
    const twice = [...rows.keys()].find((code) => before.some((each) => each.rows.has(code)));
    if (twice !== undefined) throw path.refuse(`repeats the row for the code ${twice} of an earlier group.`);
  });
}

/** Targets of all groups together; a row that says no-map counts only where no other group maps the code. */
function merge(answers: readonly Translation[]): Translation {
  const targets = answers.flatMap((answer) => (answer.outcome === 'mapped' ? answer.targets : []));
  if (targets.length > 0) return { outcome: 'mapped', targets };
  return answers.find(({ outcome }) => outcome === 'no-map') ?? unknown;
}

function answer(groups: readonly Group[], { system, code }: SourceCoding): Translation {
  const [only] = groups;
  if (only !== undefined && groups.length === 1 && (system === undefined || system === only.source))
    return only.rows.get(code) ?? only.otherwise(code);
  const asked = groups.filter(({ source }) => system === undefined || source === undefined || source === system);
  const rows = asked.flatMap(({ rows }) => rows.get(code) ?? []);
  if (rows.length === 1) return rows[0] ?? unknown;
  return rows.length > 0 ? merge(rows) : merge(asked.map(({ otherwise }) => otherwise(code)));
}

/** The rows of a group, then what it says of codes without one. */
function entriesOf({ source, target, path, rows, otherwise }: Group): CodeMapEntry[] {
  const systems = { ...(source !== undefined && { source }), ...(target !== undefined && { target }) };
  const written = [...rows].map(([code, row], index) => ({
    ...systems,
    code,
    row: `${path.path}.element[${index}]`,
    targets: targetsOf(row),
  }));
  const unmapped = path.at('unmapped');
  if (unmapped.value === undefined) return written;
  const provided = unmapped.text('mode') === 'provided';
  return [...written, { ...systems, row: unmapped.path, targets: provided ? [] : targetsOf(otherwise('')) }];
}

const targetsOf = (row: Translation): readonly MapTarget[] => (row.outcome === 'mapped' ? row.targets : []);

function checkHeader(resource: Node, { name }: ConceptMapOrigin): void {
  if (resource.required('resourceType') !== 'ConceptMap')
    throw resource.at('resourceType').refuse('must be ConceptMap.');
  const names = [resource.text('id'), resource.text('name')];
  if (!names.includes(name)) throw resource.at('name').refuse(`must be ${name}, as the file is called.`);
}

/**
 * Compiles a ConceptMap.
 *
 * @param resource the ConceptMap as JSON.
 * @throws GatewayError `incorrect`, its message naming the file and the element, when the map cannot be followed.
 */
export function compileConceptMap(resource: JsonObject, origin: ConceptMapOrigin): CodeMap {
  const root = new Node(resource, '', origin.place);
  checkHeader(root, origin);
  const groups = root.items('group').map(groupOf);
  refuseOverlap(groups);
  const targets = groups.flatMap(({ rows }) =>
    [...rows.values()].flatMap((row) => (row.outcome === 'mapped' ? row.targets : [])),
  );
  const codes = [...new Set(targets.map(({ code }) => code))];
  return {
    name: origin.name,
    version: root.required('version'),
    digest: origin.digest,
    url: root.required('url'),
    rows: groups.reduce((sum, { rows }) => sum + rows.size, 0),
    translate: (coding) => answer(groups, coding),
    targetCodes: () => codes,
    targets: () => targets,
    entries: () => groups.flatMap(entriesOf),
    // What was read of it is what the type tells of.
    resource: resource as unknown as ConceptMapResource,
  };
}
