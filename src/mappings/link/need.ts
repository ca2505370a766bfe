// What a rule cannot do without: the parts of its place of which one must hold something, or the rule does nothing. Knowing
// them, a module passes over most of its rules at the price of a comparison each.
import type { Place } from '../../model/source.js';
import type { IrArgument, IrRule } from '../language/ir.js';
import { parseCondition, type Condition, type Operand } from '../language/condition.js';
import { link, type Linking } from './environment.js';
import type { Run } from './run.js';

/** Parts as bits, see SourceMessage.outline; undefined where they are not known. */
type Need = number | undefined;

/** All bits: of a rule that has to be asked always. */
const always = -1;

/** What a place holds; all bits where its parts are not known. */
export const outlineOf = ({ message }: Run, at: Place): number => message.outline?.(at) ?? always;

export function needOf(linking: Linking, { does, source, when, reads }: IrRule): number {
  if (reads.length > 0 || (does.kind === 'switch' && does.absent !== undefined)) return always;
  const read = source.path === undefined ? undefined : pathNeed(linking, source.path);
  const called = source.path === undefined && does.kind === 'call' ? inputNeed(linking, does.with) : undefined;
  return read ?? called ?? (when === undefined ? undefined : conditionNeed(linking, parseCondition(when))) ?? always;
}

const pathNeed = (linking: Linking, path: string): Need => link(linking, path).parts;

/** A function without a value of its own to work on runs where one of its inputs is there. */
const inputNeed = (linking: Linking, inputs: readonly IrArgument[]): Need =>
  inputs
    .filter((input) => 'path' in input)
    .map(({ path }) => pathNeed(linking, path))
    .reduce(either, 0);

/** What must be there for a condition to hold. */
function conditionNeed(linking: Linking, condition: Condition): Need {
  switch (condition.op) {
    case 'and':
      return conditionNeed(linking, condition.left) ?? conditionNeed(linking, condition.right);
    case 'or':
      return either(conditionNeed(linking, condition.left), conditionNeed(linking, condition.right));
    case 'not':
    case 'compare':
      return undefined;
    case 'same':
      return operandNeed(linking, condition.of) ?? operandNeed(linking, condition.other);
    case 'valued':
    case 'null':
    case 'decimal':
    case 'integer':
    case 'date':
    case 'uri':
    case 'in':
    case 'starts':
    case 'contains':
      return operandNeed(linking, condition.of);
  }
}

const operandNeed = (linking: Linking, of: Operand): Need => ('path' in of ? pathNeed(linking, of.path) : undefined);

const either = (a: Need, b: Need): Need => (a === undefined || b === undefined ? undefined : a | b);
