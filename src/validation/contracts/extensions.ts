// Extensions that nobody registered. Which of them a mapping can write is known beforehand; resources are searched only
// where there are any.
import { issue } from '../../model/issue.js';
import type { JsonValue } from '../../model/json.js';
import { isList, isObject } from '../objects.js';
import type { Breach, ContractCheck } from './check.js';

export const extensionCheck =
  (unregistered: ReadonlySet<string>): ContractCheck =>
  (resources) =>
    resources.flatMap(({ type, content }, at) =>
      found(content, type, unregistered).map((breach) => ({ at, ...breach })),
    );

type Found = Omit<Breach, 'at'>;

function found(value: JsonValue | undefined, path: string, unregistered: ReadonlySet<string>): Found[] {
  if (isList(value)) return value.flatMap((item, index) => found(item, `${path}[${index}]`, unregistered));
  if (!isObject(value)) return [];
  const { url } = value;
  const own =
    typeof url === 'string' && /xtension\[\d+\]$/.test(path) && unregistered.has(url) ? [unknown(url, path)] : [];
  return [...own, ...Object.entries(value).flatMap(([name, member]) => found(member, `${path}.${name}`, unregistered))];
}

const unknown = (url: string, expression: string): Found => ({
  issue: issue('contract.extension-unregistered', { extension: url }, { expression }),
});
