// ConceptMap $translate. R5's names of the parameters are understood beside R4's.
import type { JsonObject } from '../../../../model/json.js';
import { relationshipOf, reverseOf } from '../../../../terminology/concept-maps/equivalence.js';
import type { ConceptMapResource, MapDependency } from '../../../../terminology/concept-maps/resource.js';
import type { Content } from '../../../../terminology/content.js';
import { TerminologyRefusal } from '../../../../terminology/issue.js';
import { messages } from '../../../../terminology/messages.js';
import { entriesNamed, isTranslated, translate, type Match } from '../../../../terminology/operations/translate.js';
import {
  parseCanonical,
  printCanonical,
  type CodeableConcept,
  type Coding,
} from '../../../../terminology/resources.js';
import type { InParameter, InParameters } from './in-parameters.js';
import type { OperationRequest, TerminologyOperation } from './operation.js';
import { out, outParts, parameters as parametersOf, type OutParameter } from './out-parameters.js';
import { contentFor } from './tx-resources.js';

interface Asked {
  readonly codings: readonly Coding[];
  readonly isReverse: boolean;
  /** R5's targetCode: the answer says which source was found. */
  readonly tellsSource: boolean;
}

function codingsNamed(
  parameters: InParameters,
  names: { code: string; coding: string; concept: string; system: string },
) {
  const concept = parameters.object<CodeableConcept>(names.concept);
  if (concept !== undefined) return concept.coding ?? [];
  const coding = parameters.object<Coding>(names.coding);
  if (coding !== undefined) return [coding];
  const [code, system] = [parameters.text(names.code), parameters.text(names.system) ?? parameters.text('system')];
  return code === undefined ? [] : [{ code, ...(system !== undefined && { system }) }];
}

function askedOf(parameters: InParameters): Asked {
  const r4 = { code: 'code', coding: 'coding', concept: 'codeableConcept', system: 'system' };
  const source = {
    code: 'sourceCode',
    coding: 'sourceCoding',
    concept: 'sourceCodeableConcept',
    system: 'sourceSystem',
  };
  const target = {
    code: 'targetCode',
    coding: 'targetCoding',
    concept: 'targetCodeableConcept',
    system: 'targetSystem',
  };
  const backwards = codingsNamed(parameters, target);
  if (backwards.length > 0) return { codings: backwards, isReverse: true, tellsSource: true };
  const codings = [r4, source].flatMap((names) => codingsNamed(parameters, names));
  if (codings.length === 0)
    throw new TerminologyRefusal(400, 'required', messages.missingParameter('a code to translate'));
  return { codings, isReverse: parameters.boolean('reverse') ?? false, tellsSource: false };
}

interface Maps {
  readonly maps: readonly ConceptMapResource[];
  /** Those of them that a code system has by nature. */
  readonly implicit: readonly ConceptMapResource[];
}

/** Which version of its system an implicit map was made from: the request need not have said it. */
const used = ({ url = '', version, group = [] }: ConceptMapResource): readonly OutParameter[] => [
  ...out('used-conceptmap', 'Uri', printCanonical(url, version)),
  ...group.flatMap(({ source = '', sourceVersion }) =>
    out('used-system', 'Uri', printCanonical(source, sourceVersion)),
  ),
];

/** The maps to look in: the one given or named, else those between the value sets given, else all. */
function mapsOf(parameters: InParameters, content: Content): Maps {
  const given = parameters.resources('conceptMap');
  if (given.length > 0) return { maps: given as unknown as readonly ConceptMapResource[], implicit: [] };
  const url = parameters.text('url');
  if (url === undefined) return { maps: mapsBetween(parameters, content), implicit: [] };
  const named = entriesNamed(withVersion(url, parameters.text('conceptMapVersion')), content);
  const implicit = named.filter(({ isImplicit }) => isImplicit === true).map((entry) => entry.resource());
  if (named.length > 0) return { maps: named.map((entry) => entry.resource()), implicit };
  throw new TerminologyRefusal(404, 'not-found', messages.unknownConceptMap(url), { detail: 'not-found' });
}

const withVersion = (url: string, version: string | undefined): string =>
  version === undefined ? url : `${parseCanonical(url).url}|${version}`;

function mapsBetween(parameters: InParameters, content: Content): readonly ConceptMapResource[] {
  const source = parameters.text('source') ?? parameters.text('sourceScope');
  const target = parameters.text('target') ?? parameters.text('targetScope');
  const fits = (own: string | undefined, asked: string | undefined) => asked === undefined || own === asked;
  return content
    .conceptMaps()
    .map((entry) => entry.resource())
    .filter(
      (map) => fits(map.sourceUri ?? map.sourceCanonical, source) && fits(map.targetUri ?? map.targetCanonical, target),
    );
}

/** `dependency`: element (R5: attribute) and concept (R5: value). */
function dependency({ part = [] }: InParameter): MapDependency {
  const valueOf = (...names: readonly string[]) => part.find(({ name }) => names.includes(name))?.value;
  const property = valueOf('element', 'attribute');
  const value = valueOf('concept', 'value');
  const code =
    typeof value === 'string'
      ? value
      : ((value as CodeableConcept | undefined)?.coding?.[0]?.code ?? (value as Coding | undefined)?.code);
  return { ...(typeof property === 'string' && { property }), ...(code !== undefined && { value: code }) };
}

const product = ({ property, system, value, display }: MapDependency): OutParameter =>
  outParts('product', [
    ...out('element', 'Uri', property),
    ...out('concept', 'Coding', { ...(system && { system }), code: value, ...(display && { display }) }),
  ]);

function matchParameter(match: Match, { isReverse, tellsSource }: Asked): OutParameter {
  const turned = isReverse && !tellsSource;
  const equivalence = turned ? reverseOf(match.equivalence) : match.equivalence;
  return outParts('match', [
    ...out('equivalence', 'Code', equivalence),
    ...out('relationship', 'Code', relationshipOf(equivalence)),
    ...out('concept', 'Coding', turned ? match.source : match.target),
    ...(tellsSource ? out('source', 'Coding', match.source) : []),
    ...match.products.map(product),
    ...out('originMap', 'Canonical', match.map),
  ]);
}

function run({ parameters, installed }: OperationRequest): JsonObject {
  const asked = askedOf(parameters);
  const content = contentFor(parameters, installed);
  const { maps, implicit } = mapsOf(parameters, content);
  const targetSystem = parameters.text('targetSystem') ?? parameters.text('targetsystem');
  const sourceSystem = parameters.text('sourceSystem');
  const options = {
    ...(targetSystem !== undefined && { targetSystem }),
    ...(sourceSystem !== undefined && { sourceSystem }),
    dependencies: parameters.named('dependency').map(dependency),
    isReverse: asked.isReverse,
  };
  const matches = asked.codings.flatMap((coding) => translate(coding, maps, content, options));
  const result = isTranslated(matches);
  return parametersOf([
    ...out('result', 'Boolean', result),
    ...(result ? [] : out('message', 'String', 'No translation was found')),
    ...matches.map((match) => matchParameter(match, asked)),
    ...implicit.flatMap(used),
  ]);
}

export const conceptMapTranslate: TerminologyOperation = {
  type: 'ConceptMap',
  name: 'translate',
  instance: 'url',
  definition: 'http://hl7.org/fhir/OperationDefinition/ConceptMap-translate',
  summary: 'A code in the words of another code system',
  run,
};
