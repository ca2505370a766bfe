// What a rule says, aspect by aspect and in words, so that a change of it can be read.
import type { IrAction, IrArgument, IrRef, IrStep, IrTranslate } from '../../mappings/language/ir.js';
import type { IndexedRule } from './rule-index.js';

/** One thing that a rule, a module or a package says otherwise; an absent side says nothing of it. */
export interface AspectChange {
  readonly aspect: string;
  readonly before?: string;
  readonly after?: string;
}

/** Aspects by name; an undefined one is not there. */
export type Aspects = Readonly<Record<string, string | undefined>>;

/** Reasons explain; they change no value. */
const explaining: ReadonlySet<string> = new Set(['because', 'reason', 'description', 'owner', 'version']);

export const changesBehaviour = ({ aspect }: AspectChange): boolean => !explaining.has(aspect);

export function aspectChanges(before: Aspects, after: Aspects): AspectChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((aspect) => {
    const [was, is] = [before[aspect], after[aspect]];
    if (was === is) return [];
    return [{ aspect, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
}

/** All that a rule says by itself; the rules it holds speak for themselves. */
export function aspectsOf({ rule, parent, branch }: IndexedRule): Aspects {
  const { when, source, reads, to, instance, fallback, qualifies, does } = rule;
  return {
    place: parent === undefined ? undefined : parent.slice(parent.lastIndexOf('#') + 1),
    case: text(branch),
    condition: when,
    source: source.path,
    pick: source.path === undefined ? undefined : source.pick,
    where: source.where,
    read: source.whole === true ? 'whole' : undefined,
    reads: list(reads),
    instance,
    target: text(stepsText(to)),
    fallback: fallback === true ? 'true' : undefined,
    qualifies: qualifies === true ? 'true' : undefined,
    action: does.kind,
    ...actionAspects(does),
  };
}

function actionAspects(does: IrAction): Aspects {
  switch (does.kind) {
    case 'convert':
      return { type: does.as };
    case 'use':
      return { module: does.module, arguments: argumentsText(does.with), ...translateAspects(does.translate) };
    case 'run':
      return { module: does.module, arguments: argumentsText(does.with) };
    case 'create':
      return { creates: does.type, module: does.module, arguments: argumentsText(does.with) };
    case 'refer':
      return { 'refers to': does.type, authority: does.authority };
    case 'translate':
      return translateAspects(does.translate);
    case 'call':
      return { function: does.function, arguments: argumentsText(does.with), type: does.as };
    case 'constant':
      return {
        constant: JSON.stringify(does.value),
        'constant is': does.assumed === true ? 'assumed' : 'fixed',
        because: does.because,
        always: does.always === true ? 'true' : undefined,
      };
    case 'into':
      return {
        instance: does.instance,
        module: does.module,
        arguments: argumentsText(does.with),
        references: list(does.refs.map(referenceText)),
      };
    case 'ref':
      return { 'refers to': does.instance };
    case 'switch':
      // A case is told of by the rules in it; one without any takes its values from the default all the same.
      return { 'empty cases': list(emptyCases(does), '; ') };
    case 'issue':
      return { issue: does.code };
    case 'scope':
    case 'item':
    case 'nothing':
      return {};
  }
}

const emptyCases = ({ cases }: Extract<IrAction, { kind: 'switch' }>): string[] =>
  cases.filter(({ rules }) => rules.length === 0).map(({ values }) => values.join('|'));

const translateAspects = (translate: IrTranslate | undefined): Aspects =>
  translate === undefined
    ? {}
    : {
        'code map': translate.map,
        unmapped: translate.unmapped,
        default: translate.default,
        because: translate.because,
        original: translate.dropOriginal === true ? 'drop' : undefined,
        shape: translate.shape,
      };

const referenceText = ({ to, instance }: IrRef): string => `${stepsText(to)}: ${instance}`;

/** As rules are written: `identifier[ssn].value`, `extension(url).valueCode`. */
const stepsText = (steps: readonly IrStep[]): string =>
  steps
    .map(({ name, key, url }) => name + (key === undefined ? '' : `[${key}]`) + (url === undefined ? '' : `(${url})`))
    .join('.');

const argumentsText = (given: readonly IrArgument[]): string | undefined =>
  list(
    given.map((each) => {
      if ('path' in each) return each.path;
      return 'parameter' in each ? `$${each.parameter}` : `'${each.fixed}'`;
    }),
  );

const text = (value: string): string | undefined => (value === '' ? undefined : value);
const list = (items: readonly string[], separator = ', '): string | undefined => text(items.join(separator));
