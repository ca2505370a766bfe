// docs/generated/packages.md: the shipped mapping packages, module by module.
import { loadCompiled } from '../../src/adapters/packages/compiler.js';
import { packageNames } from '../../src/adapters/packages/package-source.js';
import { rulesOf } from '../../src/cli/map/rules.js';
import type { IrModule, IrPackage, Layer } from '../../src/mappings/language/ir.js';
import { code, page, table } from './markdown.js';

export const packagesPage = (): string =>
  page(
    'Mapping packages',
    'What is shipped. A module reads its source and writes its target; the language is described in [language.md](../language.md).',
    ...packageNames().flatMap((name) => packageSection(loadCompiled(name).ir)),
  );

const layers: readonly Layer[] = ['message', 'segment', 'datatype', 'object', 'row'];

function packageSection(ir: IrPackage): string[] {
  const { name, version, description, owner, modules } = ir;
  return [
    `## ${name} ${version}`,
    `${description} Owner: ${owner}. ${modules.length} modules, ${rulesOf(ir).length} rules, ${Object.keys(ir.codeMaps).length} code maps; [which rules golden cases reach](coverage-${name}.md).`,
    ...layers.flatMap((layer) =>
      layerTable(
        ir,
        modules.filter((module) => module.layer === layer),
      ),
    ),
  ];
}

function layerTable(ir: IrPackage, modules: readonly IrModule[]): string[] {
  const [first] = modules;
  if (first === undefined) return [];
  const rows = modules.map((module) => [
    code(module.name),
    module.source.map(code).join(', '),
    code(module.target),
    String(rulesOf({ ...ir, modules: [module] }).length),
    String(module.ignore.length),
  ]);
  return [table([`${first.layer} module`, 'reads', 'writes', 'rules', 'ignores'], rows)];
}
