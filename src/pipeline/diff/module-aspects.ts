// What a package and a module say besides their rules: what they take, how they identify, what they pass over.
import type { IrCandidate, IrModule, IrPackage } from '../../mappings/language/ir.js';
import type { Aspects } from './rule-aspects.js';

/** What a module's identity and its ignores are called among the rules. */
export const identityName = (module: string): string => `${module} identity`;
export const ignoreName = (module: string, path: string): string => `${module} ignore ${path}`;

export const packageAspects = (ir: IrPackage): Aspects => ({
  name: ir.name,
  version: ir.version,
  extends: ir.extends,
  owner: ir.owner,
  description: ir.description,
  format: ir.format,
  'message type': text(ir.messageType.join(', ')),
  'message time': ir.messageTime,
  ...Object.fromEntries(
    Object.entries(ir.files).map(([name, { columns, group }]) => [
      `file ${name}`,
      [columns.join(', '), ...(group === undefined ? [] : [`grouped by ${group.join(', ')}`])].join('; '),
    ]),
  ),
});

export const headAspects = ({ layer, source, target, parameters }: IrModule): Aspects => ({
  layer,
  takes: text(source.join(', ')),
  target: text(target),
  parameters: text(parameters.join(', ')),
});

/** Candidates in their order: the first whose key is there wins. */
export const identityAspects = ({ identity }: IrModule): Aspects =>
  Object.fromEntries(identity.map((candidate, at) => [`candidate ${at + 1}`, candidateText(candidate)]));

function candidateText(candidate: IrCandidate): string {
  if (candidate.scope !== 'business') return candidate.scope;
  const { pick, where, only, when, authority, key } = candidate;
  return [
    `key ${key.join(', ')}`,
    `authority ${authority}`,
    pick && `of ${only === true ? 'only ' : ''}${pick}`,
    where && `where ${where}`,
    when && `when ${when}`,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}

/** By path; a path that is passed over on several conditions has a number from the second on. */
export function ignoreAspects({ ignore }: IrModule): ReadonlyMap<string, Aspects> {
  const found = new Map<string, Aspects>();
  for (const { path, when, reason } of ignore) {
    let name = path;
    for (let number = 2; found.has(name); number++) name = `${path} (${number})`;
    found.set(name, { source: path, condition: when, reason });
  }
  return found;
}

const text = (value: string): string | undefined => (value === '' ? undefined : value);
