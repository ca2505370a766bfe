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
  'contract.profile': entry(
    'warning',
    'business-rule',
    '{text} The contract {contract} asks for the profile {profile}.',
    'Have the source send what the profile asks for, or change the contract (contracts/).',
  ),
  'contract.value-set': entry(
    'warning',
    'code-invalid',
    'The contract {contract} takes the codes of {element} from {valueSet}; none of it is given.',
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
  'contract.unit-converted': entry(
    'information',
    'informational',
    '{name} was converted to {canonical}, the canonical unit of the contract {contract}; the amount sent stays beside it.',
    'Nothing: both amounts stand in the Quantity.',
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
  'contract.element-unowned': entry(
    'error',
    'business-rule',
    'The element {element} has no owner.',
    'Say who owns it and who is accountable (contracts/ownership.yaml).',
  ),
  'contract.not-owner': entry(
    'warning',
    'conflict',
    'The owner of {element} says otherwise; the owner’s word stands.',
    'Have the sender correct its record, or the owner its own: GET /v1/reconciliation names both messages.',
  ),
  'contract.stale': entry(
    'information',
    'conflict',
    'A later message about {element} arrived before this one, and stands.',
    'Nothing: it came late. If it happens often, look at the transport.',
  ),
  'contract.too-stale': entry(
    'warning',
    'conflict',
    'The contract {contract} takes messages about {type} that are up to {hours} hours late; this one is later.',
    'Look at what held it back, and at what it says that is not known.',
  ),
  'contract.status-transition': entry(
    'warning',
    'business-rule',
    'The contract {contract} does not let the status of {type} go back; what was known stands.',
    'Have the sender say whether what was sent before was wrong (status corrected or entered-in-error).',
  ),
  'contract.delete-not-owner': entry(
    'warning',
    'conflict',
    'Only the owner of {element} may delete it; it stays.',
    'Have the owner delete it, or change the ownership (contracts/ownership.yaml).',
  ),
} as const;
