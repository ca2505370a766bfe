// YAML text to syntax, with a way back from every node to its line and column.
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { moduleSchema, packageSchema } from './module-schema.js';
import type { Refusal } from './refusal.js';
import type { ModuleSyntax, PackageSyntax } from './syntax.js';

export interface SourceFile {
  /** Relative to the package's folder. */
  readonly path: string;
  readonly text: string;
}

export type NodePath = readonly (string | number)[];

/** A file's syntax tree with the places of its nodes. */
export interface Located<T> {
  readonly file: string;
  readonly syntax: T;
  /** Refuses the node at `path` (or its nearest parent that stands in the file). */
  refuse(path: NodePath, reason: string, mend: string, rule?: string): Refusal;
}

export type Reading<T> =
  { readonly ok: true; readonly located: Located<T> } | { readonly ok: false; readonly refusals: readonly Refusal[] };

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });

export const readModule = (file: SourceFile): Reading<ModuleSyntax> => read(file, moduleSchema);
export const readPackage = (file: SourceFile): Reading<PackageSyntax> => read(file, packageSchema);

function read<T>(file: SourceFile, schema: { readonly $id: string }): Reading<T> {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, version: '1.2', uniqueKeys: true });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const place = lines.linePos(fault.pos[0]);
    return {
      ok: false,
      refusals: [
        {
          file: file.path,
          line: place.line,
          column: place.col,
          reason: `Not well-formed YAML: ${firstLine(fault.message)}`,
          mend: 'Mend the syntax.',
        },
      ],
    };
  }
  const located = locate<T>(file.path, document, lines);
  const validate = ajv.getSchema(schema.$id) ?? ajv.compile(schema);
  if (validate(located.syntax) === true) return { ok: true, located };
  return { ok: false, refusals: meaningful(validate.errors ?? []).map((error) => schemaRefusal(located, error)) };
}

const firstLine = (message: string): string => message.split('\n')[0] ?? message;

function locate<T>(file: string, document: Document.Parsed, lines: LineCounter): Located<T> {
  const placeOf = (path: NodePath): { line: number; col: number } => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (node !== null && typeof node === 'object' && 'range' in node && Array.isArray(node.range))
        return lines.linePos(node.range[0] as number);
    }
    return { line: 1, col: 1 };
  };
  const refuse = (path: NodePath, reason: string, mend: string, rule?: string): Refusal => {
    const { line, col } = placeOf(path);
    return { file, line, column: col, ...(rule === undefined ? {} : { rule }), reason, mend };
  };
  return { file, syntax: document.toJS() as T, refuse };
}

/** `anyOf` reports every branch; the deepest errors are the ones that help. */
function meaningful(errors: readonly ErrorObject[]): ErrorObject[] {
  const plain = errors.filter(({ keyword }) => keyword !== 'anyOf');
  const deepest = Math.max(...plain.map(({ instancePath }) => instancePath.split('/').length));
  const kept = plain.filter(({ instancePath }) => instancePath.split('/').length === deepest);
  return kept.slice(0, 3);
}

function schemaRefusal<T>(located: Located<T>, error: ErrorObject): Refusal {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
  const surplus = (error.params as { additionalProperty?: string }).additionalProperty;
  const reason =
    surplus === undefined
      ? `${path.at(-1) ?? 'The file'} ${error.message ?? 'is not allowed'}.`
      : `"${surplus}" is not a word of the language here.`;
  return located.refuse(surplus === undefined ? path : [...path, surplus], reason, 'See docs/language.md.');
}
