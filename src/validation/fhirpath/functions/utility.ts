// http://hl7.org/fhirpath/N1/#utility-functions, iif() and what asks the clock.
import { nullary, type Environment, type FunctionDefinition } from '../closure.js';
import { EvaluationFailure } from '../failure.js';
import { none, reflection, temporal } from '../item.js';
import { booleanOf } from '../singletons.js';

function nowOf({ host }: Environment): string {
  if (host.now === undefined) throw new EvaluationFailure('There is no clock here.');
  return host.now();
}

const iif: FunctionDefinition = {
  arity: [2, 3],
  make:
    ([criterion, whenTrue, otherwise]) =>
    (input, environment) => {
      const { self } = environment;
      if (input.length === 1) environment.self = input;
      const chosen = booleanOf(criterion!(input, environment)) === true ? whenTrue! : otherwise;
      const result = chosen?.(input, environment) ?? none;
      environment.self = self;
      return result;
    },
};

export const utility: Readonly<Record<string, FunctionDefinition>> = {
  iif,
  type: nullary((input) => input.map(reflection)),
  // Values are message content: nothing is traced.
  trace: { arity: [1, 2], make: () => (input) => input },
  now: nullary((_, environment) => temporal('DateTime', nowOf(environment))),
  today: nullary((_, environment) => temporal('Date', nowOf(environment).slice(0, 10))),
  timeOfDay: nullary((_, environment) => temporal('Time', nowOf(environment).slice(11, 19))),
};
