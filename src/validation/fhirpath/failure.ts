// What stops an expression: it is none, or it cannot be evaluated on what it was given.

/** The text is no FHIRPath, or uses what this engine refuses (an unknown function, a costly regular expression). */
export class SyntaxFailure extends Error {}

/** The expression has no value here: several items where one is allowed, or operands of the wrong type. */
export class EvaluationFailure extends Error {}
