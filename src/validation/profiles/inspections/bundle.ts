// Bundles (http://hl7.org/fhir/R4/bundle.html): full URLs, what searches found, and links between the entries of documents
// and messages.
import type { JsonObject, JsonValue } from '../../../model/json.js';
import { isList, isObject } from '../../objects.js';
import { objectsAt, textAt } from '../../structures/element-rule.js';
import { BundleIndex, type Entry } from '../bundle-index.js';
import type { FullRun } from '../run.js';
import { reportAt, type Inspection } from './inspection.js';

const isAbsolute = (url: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(url);

const looksRestful = /^https?:\/\/.*\/([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/;

/** "If the fullUrl is a RESTful server URL, it ends with the type and id of the resource." */
function checkFullUrl(fullUrl: string, resource: JsonObject, run: FullRun): void {
  if (!isAbsolute(fullUrl)) return run.report('validate.bundle-url-relative');
  const [, type, id] = looksRestful.exec(fullUrl) ?? [];
  if (type !== resource.resourceType) return;
  if (resource.id !== id) run.report('validate.bundle-url-mismatch');
}

/** What is told of the search itself needs no id (http://hl7.org/fhir/R4/search.html#outcome). */
function checkSearchEntry(entry: JsonObject, resource: JsonObject, expected: readonly string[], run: FullRun): void {
  const type = textAt(resource, 'resourceType') ?? '';
  const mode = isObject(entry.search) ? entry.search.mode : undefined;
  const isOutcome = type === 'OperationOutcome';
  if (resource.id === undefined && (mode === 'match' || !isOutcome))
    reportAt(['resource'], run, () => run.report('validate.bundle-id'));
  const isNoMatch = mode === 'match' && expected.length > 0 && !expected.includes(type);
  if (isNoMatch || (mode === 'outcome' && !isOutcome))
    reportAt(['resource'], run, () => run.reportAs(isNoMatch ? undefined : notOutcome, 'validate.bundle-match'));
}

const notOutcome = 'BUNDLE_SEARCH_ENTRY_WRONG_RESOURCE_TYPE_OUTCOME';

/** The types that the self link of a search asks for: `Patient?name=`, or `?_type=Patient,Person` of all types. */
function searchedTypes(bundle: JsonObject): readonly string[] {
  const self = objectsAt(bundle, 'link').find(({ relation }) => relation === 'self')?.url;
  if (typeof self !== 'string') return [];
  const type = /(?:^|\/)([A-Z][A-Za-z]+)\?/.exec(self)?.[1];
  return type === undefined ? (/[?&]_type=([^&]*)/.exec(self)?.[1]?.split(',') ?? []) : [type];
}

/** Every literal reference in a resource. */
function referencesOf(value: JsonValue | undefined, into: Set<string>): Set<string> {
  if (isList(value)) for (const each of value) referencesOf(each, into);
  else if (isObject(value))
    for (const key in value) {
      const member = value[key];
      if (key === 'reference' && typeof member === 'string') into.add(member);
      else referencesOf(member, into);
    }
  return into;
}

/** Links between entries, either way: what refers to the Composition belongs to the document as well. */
function linksOf(index: BundleIndex): ReadonlyMap<Entry, ReadonlySet<Entry>> {
  const links = new Map(index.entries.map((entry) => [entry, new Set<Entry>()]));
  for (const entry of index.entries)
    for (const reference of referencesOf(entry.resource, new Set())) {
      const found = index.find(reference, entry.fullUrl);
      if (found.kind !== 'one') continue;
      links.get(entry)?.add(found.entry);
      links.get(found.entry)?.add(entry);
    }
  return links;
}

function reachedFrom(first: Entry, links: ReadonlyMap<Entry, ReadonlySet<Entry>>): ReadonlySet<Entry> {
  const reached = new Set([first]);
  for (const entry of reached) for (const next of links.get(entry) ?? []) reached.add(next);
  return reached;
}

function checkReachable(index: BundleIndex, run: FullRun): void {
  const [first] = index.entries;
  if (first === undefined) return;
  const reached = reachedFrom(first, linksOf(index));
  const code = index.type === 'document' ? 'validate.bundle-unreachable' : 'validate.bundle-unreached';
  for (const entry of index.entries)
    if (!reached.has(entry)) reportAt([`entry[${entry.index}]`], run, () => run.report(code));
}

function checkEntries(bundle: JsonObject, run: FullRun): void {
  const expected = bundle.type === 'searchset' ? searchedTypes(bundle) : [];
  (isList(bundle.entry) ? bundle.entry : []).forEach((entry, index) => {
    if (!isObject(entry) || !isObject(entry.resource)) return;
    const { fullUrl, resource } = entry;
    reportAt([`entry[${index}]`], run, () => {
      if (typeof fullUrl === 'string') checkFullUrl(fullUrl, resource, run);
      if (bundle.type === 'searchset') checkSearchEntry(entry, resource, expected, run);
    });
  });
}

export const bundle: Inspection = ({ value }, run) => {
  if (!isObject(value)) return;
  checkEntries(value, run);
  const index = run.bundle ?? new BundleIndex(value, undefined);
  if (index.type === 'document' || index.type === 'message') checkReachable(index, run);
};
