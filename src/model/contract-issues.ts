// The part of the issue catalogue that contracts use. A contract may give an issue another severity: onViolation.

const entry = <S extends 'error' | 'warning' | 'information', T extends string>(
  severity: S,
  type: T,
  text: string,
  help: string,
) => ({ category: 'contract' as const, severity, type, text, help });

const agreement = 'Agree with the sender, or change the contract (contracts/).';

export const contractIssues = {
  'contract.required-missing': entry(
    'warning',
    'required',
    'The contract {contract} requires {element}, which is absent.',
    agreement,
  ),
  'contract.part-missing': entry(
    'warning',
    'incomplete',
    'The contract {contract} requires {name} ({code}) in every measurement; it is absent.',
    'Ask the sender for all parts of the measurement.',
  ),
  'contract.order': entry(
    'error',
    'business-rule',
    'The contract {contract} requires {upper} to be greater than {lower}; they may be swapped.',
    'Have the source correct and resend the measurement.',
  ),
  'contract.unit-not-ucum': entry(
    'warning',
    'value',
    'The unit of {name} is not coded in UCUM; the contract {contract} requires {canonical}.',
    'Send UCUM, or add the spelling to the aliases of the feed.',
  ),
  'contract.unit-not-allowed': entry(
    'error',
    'value',
    'The unit of {name} is not one that the contract {contract} allows; its canonical unit is {canonical}.',
    agreement,
  ),
  'contract.unit-not-canonical': entry(
    'information',
    'informational',
    'The unit of {name} is allowed, and is not the canonical {canonical} of the contract {contract}.',
    'Nothing: consumers who rely on the canonical unit convert.',
  ),
  'contract.implausible': entry(
    'error',
    'business-rule',
    'The contract {contract} holds {name} for plausible from {min} to {max} {unit} only.',
    'Have the source confirm or correct the amount.',
  ),
  'contract.extension-unregistered': entry(
    'error',
    'business-rule',
    'The extension {extension} is not registered.',
    'Register it with owner, context and review date (contracts/extensions.yaml).',
  ),
} as const;
