// docs/generated/functions.md: the functions of the mapping language, with the examples that run as tests.
import type { FunctionExample, MappingFunction } from '../../src/mappings/functions/function.js';
import { mappingFunctions } from '../../src/mappings/functions/index.js';
import { code, page, table } from './markdown.js';

export const functionsPage = (): string =>
  page(
    'Functions',
    'What a rule may `call` (see [the language](../language.md#functions)). Each is pure; its examples run as tests.',
    ...[...mappingFunctions.values()].flatMap(functionSection),
  );

const functionSection = ({ name, version, doc, inputs, output, examples }: MappingFunction): string[] => [
  `## ${name}`,
  doc,
  `Version ${version}; gives ${code(output)}.`,
  table(
    ['input', 'is'],
    inputs.map((input) => [code(input.name) + (input.optional === true ? ' (optional)' : ''), input.doc]),
  ),
  table([...inputs.map((input) => input.name), 'gives', ''], examples.map(exampleRow)),
];

const exampleRow = ({ given, gives, because = '' }: FunctionExample): string[] => [
  ...given.map((text) => (text === null ? '' : code(shown(text)))),
  result(gives),
  because,
];

function result(gives: FunctionExample['gives']): string {
  if (gives === null) return 'nothing';
  if (isRefusal(gives)) return `refused: ${gives.refused}`;
  return code(typeof gives === 'string' ? shown(gives) : JSON.stringify(gives));
}

const isRefusal = (gives: FunctionExample['gives']): gives is { readonly refused: string } =>
  typeof gives === 'object' && gives !== null && 'refused' in gives;

/** Control characters as they are escaped in JSON. */
const shown = (text: string): string =>
  text === '' ? '""' : JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll('\\\\', '\\');
