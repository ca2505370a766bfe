// concord dictionary: the shared concepts, and whether they can stand.
import { Command, Option } from 'commander';
import { loadDictionary } from '../adapters/dictionary/dictionary-files.js';
import { installedContent, terminologySettings } from '../adapters/terminology/installed-editions.js';
import { GatewayError } from '../model/error.js';
import type { Content } from '../terminology/content.js';
import type { Dictionary, DictionaryConcept, DictionaryUnit } from '../terminology/dictionary/dictionary.js';
import { outdatedCodes } from '../terminology/dictionary/outdated.js';

export const dictionaryCommand = (): Command =>
  new Command('dictionary')
    .summary('look up the concepts that are shared')
    .description('Reads the dictionary that is installed, or the folder that --dictionary names.')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(checkCommand());

interface Options {
  readonly dictionary?: string;
}

const folderOption = () => new Option('--dictionary <folder>', 'a dictionary in the place of the shipped one');

const installed = (): Content => installedContent(terminologySettings(process.env));
const dictionaryOf = ({ dictionary }: Options): Dictionary => loadDictionary(installed, dictionary);

const listCommand = (): Command =>
  new Command('list')
    .summary('list the concepts')
    .addOption(new Option('--status <status>', 'of this status').choices(['draft', 'active', 'retired']))
    .addOption(folderOption())
    .action(({ status, ...options }: Options & { readonly status?: string }) => {
      const concepts = dictionaryOf(options).concepts.filter((each) => status === undefined || each.status === status);
      process.stdout.write(concepts.map(lineText).join(''));
    });

const showCommand = (): Command =>
  new Command('show')
    .summary('show one concept')
    .argument('<id>', 'its id, such as blood-pressure.systolic')
    .option('--json', 'as JSON')
    .addOption(folderOption())
    .action((id: string, { json, ...options }: Options & { readonly json?: true }) => {
      const concept = dictionaryOf(options).concept(id);
      if (concept === undefined)
        throw new GatewayError('not-found', `No concept has that id. concord dictionary list names all of them.`);
      process.stdout.write(json === true ? `${JSON.stringify(concept, null, 2)}\n` : conceptText(concept));
    });

const checkCommand = (): Command =>
  new Command('check')
    .summary('check the dictionary')
    .description(
      'Reads the dictionary and tells what is wrong with it, with file and line; exit code 1 then. Codes that went out of\n' +
        'use in an installed code system are told of too, and are no reason to fail.',
    )
    .addOption(folderOption())
    .action((options: Options) => {
      const content = installed();
      const { concepts } = loadDictionary(() => content, options.dictionary);
      const remarks = concepts.flatMap((each) => outdatedCodes(each, content));
      process.stdout.write(remarks.map((remark) => `${remark}\n`).join(''));
      process.stdout.write(`${concepts.length} ${concepts.length === 1 ? 'concept' : 'concepts'}, no faults.\n`);
    });

const unitText = ({ canonical, allowed = [] }: DictionaryUnit): string => [canonical, ...allowed].join(', ');

function lineText({ id, name, status, codes, unit }: DictionaryConcept): string {
  const [preferred] = codes;
  const told = [
    status === 'active' ? [] : status,
    `${preferred!.system}|${preferred!.code}`,
    unit ? unitText(unit) : [],
  ];
  return `${id}  "${name}"  ${told.flat().join('  ')}\n`;
}

function conceptText({ id, name, kind, status, owner, definition, codes, ...more }: DictionaryConcept): string {
  const { unit, members, replacedBy } = more;
  const lines = [
    `${id}  "${name}"  ${kind}, ${status}`,
    `  ${definition}`,
    `  owner     ${owner}`,
    ...codes.map(({ system, code, version }) => `  code      ${system}|${code}${version ? ` of ${version}` : ''}`),
    ...(unit ? [`  unit      ${unit.canonical}`] : []),
    ...(unit?.allowed ? [`  allowed   ${unit.allowed.join(', ')}`] : []),
    ...(unit?.molarMass ? [`  molar     ${unit.molarMass} g/mol`] : []),
    ...(members ? [`  members   ${members.join(', ')}`] : []),
    ...(replacedBy ? [`  replaced  by ${replacedBy}`] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
