// A Questionnaire as its responses are checked against it (http://hl7.org/fhir/R4/questionnaire.html).
import type { JsonObject, JsonValue } from '../../../../model/json.js';
import { isList, isObject } from '../../../objects.js';
import { textAt } from '../../../structures/element-rule.js';

export { objectsAt, textAt } from '../../../structures/element-rule.js';

const objects = (value: JsonValue | undefined): readonly JsonObject[] => (isList(value) ? value.filter(isObject) : []);

export interface FormItem {
  readonly linkId: string;
  readonly type: string;
  readonly required: boolean;
  readonly repeats: boolean;
  readonly source: JsonObject;
  readonly items: readonly FormItem[];
}

const itemOf = (source: JsonObject): FormItem => ({
  linkId: textAt(source, 'linkId') ?? '',
  type: textAt(source, 'type') ?? 'group',
  required: source.required === true,
  repeats: source.repeats === true,
  source,
  items: objects(source.item).map(itemOf),
});

export const formItems = (questionnaire: JsonObject): readonly FormItem[] => objects(questionnaire.item).map(itemOf);

/** The values of an item's extensions of that name: of HL7's `StructureDefinition/` or of SDC. */
export const extensionValues = ({ source }: FormItem, name: string): readonly JsonValue[] =>
  objects(source.extension)
    .filter(({ url }) => typeof url === 'string' && url.endsWith(`/StructureDefinition/${name}`))
    .flatMap((extension) => {
      const key = Object.keys(extension).find((each) => each.startsWith('value'));
      const value = key === undefined ? undefined : extension[key];
      return value === undefined ? [] : [value];
    });

/** Every answer of a response by the linkId of its item. */
export function answersByLink(
  response: JsonObject,
  into = new Map<string, JsonObject[]>(),
): ReadonlyMap<string, readonly JsonObject[]> {
  for (const item of objects(response.item)) {
    const linkId = textAt(item, 'linkId') ?? '';
    const answers = objects(item.answer);
    into.set(linkId, [...(into.get(linkId) ?? []), ...answers]);
    answersByLink(item, into);
    for (const answer of answers) answersByLink(answer, into);
  }
  return into;
}
