// Narratives (http://hl7.org/fhir/R4/narrative.html): well-formed XHTML of the elements and attributes that are allowed.
import type { JsonValue } from '../../../model/json.js';
import { isObject } from '../../objects.js';
import type { FullRun } from '../run.js';
import { markupOf, type Tag } from './markup.js';
import { reportAt, type Inspection } from './inspection.js';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** txt-1: "the basic HTML formatting elements described in chapters 7-11 and 15 of the HTML 4.0 standard, <a>, images and <style>". */
const elements = words(
  'p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite blockquote hr address bdo kbd ins del code pre samp sub sup ul ol li dl dt dd table caption colgroup col thead tr tfoot tbody th td img map area style u s strike center',
);

const attributes = words(
  'title style class id lang xml:lang dir accesskey tabindex span width align valign char charoff abbr axis headers scope rowspan colspan border cellpadding cellspacing frame rules summary href name src alt usemap height shape coords nohref cite datetime type start value compact clear noshade size xmlns xml:space hreflang rel rev charset longdesc ismap hspace vspace target bgcolor color media nowrap reversed idref',
);

/** XML's own; XHTML's named ones need a document type, which a narrative has not. */
const isEntity = (text: string): boolean => /^(amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9A-Fa-f]{1,6})$/.test(text);

const isElement = ({ name }: Tag): boolean => elements.has(name);

const isAttribute = (name: string): boolean =>
  attributes.has(name) || name.startsWith('xmlns:') || name.startsWith('data-');

function areAttributes({ attributes: own }: Tag): boolean {
  for (const name of own.keys()) if (!isAttribute(name)) return false;
  return true;
}

/** Something to read between the tags, or an image. */
const hasContent = (text: string): boolean => /^(?:\s|<[^>]*>)*[^\s<]/.test(text) || /<img\b/.test(text);

/** txt-1 and txt-2 together, for expressions that ask. */
export function isWellFormedNarrative(value: JsonValue | undefined): boolean {
  if (typeof value !== 'string') return false;
  const markup = markupOf(value);
  return markup !== undefined && markup.tags.every((tag) => isElement(tag) && areAttributes(tag)) && hasContent(value);
}

/** Schemes that a browser follows without a program of its own. */
const schemes = words('http https tel mailto data ftp');

function checkLink(href: string, tags: readonly Tag[], run: FullRun): void {
  if (href.startsWith('#')) {
    if (href !== '#' && !isTarget(href.slice(1), tags)) run.report('validate.xhtml-link');
    return;
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(href)?.[1]?.toLowerCase();
  if (scheme !== undefined && !schemes.has(scheme)) run.report('validate.xhtml-scheme');
}

/** A link may name an id of the narrative's own tags. */
const isTarget = (id: string, tags: readonly Tag[]): boolean =>
  tags.some(({ attributes: own }) => own.get('id') === id || own.get('name') === id);

function checkTags(tags: readonly Tag[], run: FullRun): void {
  if (!tags.every(isElement)) run.report('validate.xhtml-element');
  if (!tags.every(areAttributes)) run.report('validate.xhtml-attribute');
  for (const { name, attributes: own } of tags) {
    const href = name === 'a' ? own.get('href') : undefined;
    if (href !== undefined) checkLink(href, tags, run);
  }
}

/** "The XHTML content SHALL be contained in a div" of the XHTML namespace (http://hl7.org/fhir/R4/narrative.html#xhtml). */
const isRoot = ({ name, attributes: own }: Tag): boolean =>
  name === 'div' && own.get('xmlns') === 'http://www.w3.org/1999/xhtml';

function checkDiv(text: string, run: FullRun): void {
  const markup = markupOf(text);
  if (markup === undefined) return run.report('validate.xhtml-syntax');
  if (!isRoot(markup.tags[0]!)) run.report('validate.xhtml-root');
  checkTags(markup.tags, run);
  if (!markup.entities.every(isEntity)) run.report('validate.xhtml-entity');
  if (!hasContent(text))
    run.reportAs('http://hl7.org/fhir/StructureDefinition/Narrative#txt-2', 'validate.constraint', {
      key: 'txt-2',
      human: 'The narrative SHALL have some non-whitespace content',
    });
}

export const narrative: Inspection = ({ value }, run) => {
  if (!isObject(value) || typeof value.div !== 'string') return;
  const { div } = value;
  reportAt(['div'], run, () => checkDiv(div, run));
};
