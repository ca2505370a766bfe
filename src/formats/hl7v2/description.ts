// HL7 v2 as the mapping compiler sees it: types source paths against the dictionary and compiles them (docs/language.md,
// "Source paths").
import type {
  PathRefusal,
  Place,
  SourceContext,
  SourceDescription,
  SourceMessage,
  SourcePath,
} from '../../model/source.js';
import { lexiconOf, type ElementRow, type Hl7v2Dictionary, type Lexicon } from './dictionary.js';
import { contextGroups, findInContext, type Found } from './context.js';
import { nearestName } from './mending.js';
import type { Hl7v2Message } from './message.js';
import { parsePath, type PathSyntax } from './path-syntax.js';
import type { Group, Segment } from './places.js';
import {
  byStructure,
  delimiterField,
  Descendants,
  Children,
  itself,
  NearestSegment,
  valueNumbers,
  ValuesOf,
  ValueSelector,
  type Selector,
  type ValueNumbers,
} from './selection.js';
import { alike } from './types.js';

/** The description of HL7 v2 by a dictionary. */
export function describeHl7v2(dictionary: Hl7v2Dictionary): SourceDescription {
  const compiler = new PathCompiler(lexiconOf(dictionary));
  return {
    format: 'hl7v2',
    path: (text, context) => compiler.compile(text, context),
    within: (path, context) =>
      path instanceof ValuePath || path instanceof SelectedPath ? (path.inner ?? context) : context,
  };
}

/** What a path leads to. */
interface Target {
  readonly datatype: string | undefined;
  readonly repeats: boolean;
  readonly table?: string | undefined;
  /** The context of a module or `each` that starts there; absent: the one the path stands in. */
  readonly inner?: SourceContext;
}

/** A path to other segments or groups, or to values of them. */
class SelectedPath implements SourcePath {
  readonly #selector: Selector;
  readonly text: string;
  readonly datatype: string | undefined;
  readonly repeats: boolean;
  readonly table: string | undefined;
  readonly inner: SourceContext | undefined;

  constructor(text: string, target: Target, selector: Selector) {
    this.#selector = selector;
    this.text = text;
    this.datatype = target.datatype;
    this.repeats = target.repeats;
    this.table = target.table;
    this.inner = target.inner;
  }

  first(message: SourceMessage, at: Place): Place | undefined {
    return this.#selector.first(message as Hl7v2Message, at);
  }

  all(message: SourceMessage, at: Place): readonly Place[] {
    return this.#selector.all(message as Hl7v2Message, at);
  }
}

/** A path that starts from the place itself: most do. It is its own selector, so that a rule has one object less to reach. */
class ValuePath extends ValueSelector implements SourcePath {
  readonly text: string;
  readonly datatype: string | undefined;
  readonly repeats: boolean;
  readonly table: string | undefined;
  readonly inner: SourceContext | undefined;

  constructor(text: string, target: Target, numbers: ValueNumbers) {
    super(numbers);
    this.text = text;
    this.datatype = target.datatype;
    this.repeats = target.repeats;
    this.table = target.table;
    this.inner = target.inner;
  }
}

const refuse = (reason: string, mend: string): PathRefusal => ({ reason, mend });
const isRefused = (value: object): value is PathRefusal => 'mend' in value;

/** Segments or groups that a path starts from, before its field. */
interface Start {
  readonly selector: Selector;
  readonly repeats: boolean;
  readonly inner: SourceContext;
}

class PathCompiler {
  readonly #lexicon: Lexicon;

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon;
  }

  compile(text: string, context: SourceContext): SourcePath | PathRefusal {
    if (text === '.') return new SelectedPath('.', { datatype: this.#typeOf(context), repeats: false }, itself);
    const syntax = parsePath(text);
    if (!syntax || syntax.ordinal !== undefined)
      return refuse(
        `"${text}" is not an HL7 v2 path.`,
        'Write PID, PID-3, PID-3[2].4.1, GROUP.PID-3 or, in a datatype module, CX.4.',
      );
    switch (context.kind) {
      case 'message':
      case 'group':
        return this.#inGroup(text, syntax, context);
      case 'segment':
        return this.#inSegment(text, syntax, context.segment);
      case 'datatype':
        return this.#inDatatype(text, syntax, context.datatype);
      case 'object':
      case 'file':
      case 'row':
        return refuse(`A path in a ${context.kind} module is not an HL7 v2 path.`, 'Use the paths of that format.');
    }
  }

  #typeOf(context: SourceContext): string | undefined {
    if (context.kind === 'segment') return context.segment;
    if (context.kind === 'datatype') return context.datatype;
    return context.kind === 'group' ? context.path.split(/[./]/).at(-1) : undefined;
  }

  // Message and group modules

  #inGroup(text: string, syntax: PathSyntax, context: GroupContext): SourcePath | PathRefusal {
    if (syntax.field === undefined && syntax.parts.length > 0) return this.#dotted(text, syntax);
    const start = this.#start(syntax, context);
    return isRefused(start) ? start : this.#fromStart(text, syntax, start);
  }

  #dotted(text: string, { names, parts }: PathSyntax): PathRefusal {
    const mend = this.#isSegment(names.at(-1) ?? '')
      ? `Write ${names.join('.')}-${parts.join('.')}.`
      : 'Name a segment and a field.';
    return refuse(`"${text}" names components without a field.`, mend);
  }

  #start(syntax: PathSyntax, context: GroupContext): Start | PathRefusal {
    const { names } = syntax;
    const found = findInContext(this.#lexicon, context, names);
    const name = names.at(-1) ?? '';
    if (!found.known) return this.#unknownStart(names, context, found.candidates);
    const selector = selectorOf(names, context, found);
    const inner: SourceContext = this.#isSegment(name)
      ? { kind: 'segment', segment: name }
      : { kind: 'group', structures: context.structures, path: [...contextGroups(context), names.join('.')].join('/') };
    return { selector, repeats: found.repeats, inner };
  }

  #unknownStart(names: readonly string[], context: GroupContext, candidates: readonly string[]): PathRefusal {
    const name = names.join('.');
    const where = context.kind === 'group' ? context.path : context.structures.join(', ');
    const near = nearestName(names.at(-1) ?? '', candidates);
    return refuse(
      `${name} is no segment or group of ${where}.`,
      near ? `Did you mean ${near}?` : `It has ${candidates.slice(0, 12).join(', ')}.`,
    );
  }

  // Segment modules

  #inSegment(text: string, syntax: PathSyntax, segment: string): SourcePath | PathRefusal {
    const { names, field, parts } = syntax;
    const name = names.at(-1) ?? '';
    if (field === undefined && parts.length > 0) return this.#dotted(text, syntax);
    if (names.length > 1)
      return refuse(`"${text}" names groups in a segment module.`, `Write ${name} alone: the nearest one is meant.`);
    const inner: SourceContext = { kind: 'segment', segment: name };
    if (name === segment) return this.#fromStart(text, syntax, { selector: itself, repeats: false, inner });
    if (!this.#isSegment(name)) return this.#unknownSegment(name);
    return this.#fromStart(text, syntax, { selector: new NearestSegment(name), repeats: false, inner });
  }

  #unknownSegment(name: string): PathRefusal {
    const near = nearestName(name, Object.keys(this.#lexicon.dictionary.segments));
    return refuse(
      `${name} is no segment of HL7 v2.1 to v2.8.`,
      near ? `Did you mean ${near}? Site-defined segments start with Z.` : 'Site-defined segments start with Z.',
    );
  }

  #isSegment(name: string): boolean {
    return isSiteDefined(name) || Object.hasOwn(this.#lexicon.dictionary.segments, name);
  }

  // Data type modules

  #inDatatype(text: string, syntax: PathSyntax, datatype: string): SourcePath | PathRefusal {
    const { names, field, parts } = syntax;
    const name = names[0] ?? '';
    if (field !== undefined && names.length === 1 && this.#isSegment(name)) return this.#inSegment(text, syntax, '');
    if (field !== undefined || names.length > 1)
      return refuse(`"${text}" is no path of a datatype module.`, `Write ${datatype}.1 for the first component.`);
    if (!alike(name, datatype))
      return refuse(`${name} is not the data type here, ${datatype}.`, `Write ${[datatype, ...parts].join('.')}.`);
    const row: ElementRow = { datatype: name, repeats: false };
    const target = this.#partTarget(name, row, parts);
    if (isRefused(target)) return target;
    return parts.length === 0
      ? new SelectedPath(text, target, itself)
      : new ValuePath(text, target, valueNumbers(syntax));
  }

  // Fields and their parts

  #fromStart(text: string, syntax: PathSyntax, start: Start): SourcePath | PathRefusal {
    const { names, field, repetition, parts } = syntax;
    const name = names.at(-1) ?? '';
    if (field === undefined)
      return new SelectedPath(text, { datatype: name, repeats: start.repeats, inner: start.inner }, start.selector);
    if (start.inner.kind !== 'segment')
      return refuse(`${name} is a group; groups have no fields.`, 'Name a segment of it.');
    if (field === 0 || repetition === 0)
      return refuse(`"${text}" counts from 0.`, 'Fields and repetitions are numbered from 1.');
    const row = this.#fieldRow(name, field);
    if (isRefused(row)) return row;
    const target = this.#partTarget(`${name}-${field}`, row, parts);
    if (isRefused(target)) return target;
    const repeats = start.repeats || (row.repeats && repetition === undefined);
    const led = { ...target, repeats };
    if (name === 'MSH' && (field === 1 || field === 2))
      return new SelectedPath(text, led, delimiterField(start.selector, field));
    const numbers = valueNumbers(syntax);
    return start.selector === itself
      ? new ValuePath(text, led, numbers)
      : new SelectedPath(text, led, new ValuesOf(start.selector, new ValueSelector(numbers)));
  }

  #fieldRow(segment: string, field: number): ElementRow | PathRefusal {
    if (isSiteDefined(segment)) return { datatype: unknownType, repeats: true };
    const fields = this.#lexicon.fields(segment) ?? [];
    const row = fields[field];
    if (row) return row;
    const last = fields.length - 1;
    return refuse(`${segment} has no field ${field}.`, `Its last field is ${segment}-${last}.`);
  }

  /** Follows component numbers through the data types. */
  #partTarget(place: string, row: ElementRow, parts: readonly number[]): Target | PathRefusal {
    let at = place;
    let { datatype, table } = row;
    for (const n of parts) {
      const next = this.#component(at, datatype, n);
      if (isRefused(next)) return next;
      // A coded type's first component takes its values from the table of the whole.
      table = next.table ?? (n === 1 ? table : undefined);
      datatype = next.datatype;
      at += `.${n}`;
    }
    const inner: SourceContext = { kind: 'datatype', datatype };
    return { datatype: datatype === unknownType ? undefined : datatype, repeats: false, table, inner };
  }

  #component(place: string, datatype: string, n: number): ElementRow | PathRefusal {
    if (n === 0) return refuse(`${place}.0 counts from 0.`, 'Components are numbered from 1.');
    if (datatype === unknownType || datatype === 'VARIES') return { datatype: unknownType, repeats: false };
    const components = this.#lexicon.components(datatype);
    if (!components) return refuse(`${datatype} is no data type of HL7 v2.1 to v2.8.`, this.#nearestType(datatype));
    if (components.length <= 1 && n === 1) return { datatype, repeats: false };
    const row = components[n];
    if (row) return row;
    const last = components.length - 1;
    return last < 1
      ? refuse(`${place} is ${datatype}, which has no components.`, `Write ${place}.`)
      : refuse(`${datatype} has no component ${n}.`, `Its last is ${datatype}.${last}.`);
  }

  #nearestType(datatype: string): string {
    const near = nearestName(datatype, Object.keys(this.#lexicon.dictionary.types));
    return near ? `Did you mean ${near}?` : 'See HL7 table 0440.';
  }
}

/** Whether a path stands directly under its place is asked of a message only where its module takes structures of both kinds. */
function selectorOf(
  names: readonly string[],
  { structures }: GroupContext,
  { direct }: Found,
): Selector<Group | Segment> {
  if (direct.size === 0) return new Descendants(names);
  const everywhere = structures.every((structure) => direct.has(structure));
  return everywhere ? new Children(names) : byStructure(direct, new Children(names), new Descendants(names));
}

type GroupContext = Extract<SourceContext, { kind: 'message' | 'group' }>;

/** The type of values in Z segments, of which the dictionary knows nothing. */
const unknownType = '';

const isSiteDefined = (name: string): boolean => /^Z[A-Z0-9]{2}$/.test(name);
