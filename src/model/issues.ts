// The issue catalogue: every code, its category, severity, sentence and help. HTTP status, HL7 ACK and OperationOutcome
// are projections of it; docs/generated/issues.md is printed from it.

import { contractIssues } from './contract-issues.js';
import { terminologyIssues } from './terminology-issues.js';
import { validationIssues } from './validation-issues.js';

export type Severity = 'fatal' | 'error' | 'warning' | 'information';

/** FHIR IssueType (http://hl7.org/fhir/R4/valueset-issue-type.html), the subset that is used. */
export type IssueType =
  | 'structure'
  | 'required'
  | 'value'
  | 'invariant'
  | 'code-invalid'
  | 'not-supported'
  | 'not-found'
  | 'too-long'
  | 'too-costly'
  | 'incomplete'
  | 'informational'
  | 'business-rule'
  | 'processing'
  | 'conflict'
  | 'duplicate'
  | 'deleted'
  | 'exception';

export type Category = 'read' | 'map' | 'terminology' | 'identity' | 'time' | 'validate' | 'contract' | 'feed';

export interface IssueEntry {
  readonly category: Category;
  readonly severity: Severity;
  readonly type: IssueType;
  /** One sentence; `{name}` stands for an argument. */
  readonly text: string;
  /** What the person who meets it can do. */
  readonly help: string;
}

const entry = (category: Category, severity: Severity, type: IssueType, text: string, help: string): IssueEntry => ({
  category,
  severity,
  type,
  text,
  help,
});

export const issueCatalogue = {
  // Reading, any format
  'read.empty': entry(
    'read',
    'fatal',
    'structure',
    'The payload is empty.',
    'Check the sender: nothing but white space arrived.',
  ),
  'read.too-large': entry(
    'read',
    'fatal',
    'too-long',
    'The payload has {size} bytes; the limit is {limit}.',
    'Split the payload, or raise the feed limit.',
  ),
  'read.binary': entry(
    'read',
    'fatal',
    'structure',
    'The payload is binary, not {format}.',
    'Check what the sender posts to this feed.',
  ),
  'read.wrong-format': entry(
    'read',
    'fatal',
    'structure',
    'The payload is not {format}; it looks like {looksLike}.',
    'Post it to a feed of that format.',
  ),
  'read.encoding': entry(
    'read',
    'warning',
    'value',
    'Bytes are not valid {charset}; they were read as {readAs}.',
    'Agree on the character set with the sender (HL7: MSH-18).',
  ),
  'read.unknown-charset': entry(
    'read',
    'warning',
    'not-supported',
    'The declared character set is not known; {readAs} was used.',
    'Use a name of HL7 table 0211.',
  ),
  // HL7 v2
  'hl7v2.no-msh': entry(
    'read',
    'fatal',
    'structure',
    'No MSH segment was found.',
    'An HL7 v2 message starts with MSH (HL7 v2.5.1 ch. 2.5).',
  ),
  'hl7v2.bad-delimiters': entry(
    'read',
    'fatal',
    'structure',
    'MSH-1 and MSH-2 do not declare usable delimiters.',
    'MSH-1 is the field separator; MSH-2 the component, repetition, escape and subcomponent characters, all different (ch. 2.5.4).',
  ),
  'hl7v2.truncated': entry(
    'read',
    'error',
    'incomplete',
    'The message ends inside a segment.',
    'Check the transport: the last segment has no terminator and is incomplete.',
  ),
  'hl7v2.bad-segment-name': entry(
    'read',
    'error',
    'structure',
    'A line does not start with a segment name of three characters.',
    'A line break inside a field must be escaped as \\.br\\ or \\X0D\\ (ch. 2.7).',
  ),
  'hl7v2.before-msh': entry(
    'read',
    'warning',
    'structure',
    'Text stands before the first MSH and belongs to no message.',
    'Remove it, or send FHS/BHS headers.',
  ),
  'hl7v2.unknown-structure': entry(
    'read',
    'warning',
    'not-supported',
    'The message structure {structure} is not in the dictionaries; segments are grouped as a flat list.',
    'Check MSH-9.',
  ),
  'hl7v2.no-message-type': entry(
    'read',
    'error',
    'required',
    'MSH-9 is empty: the message type is unknown.',
    'MSH-9 is required (ch. 2.14.9.9).',
  ),
  'hl7v2.out-of-place': entry(
    'read',
    'information',
    'structure',
    'Segment {segment} stands outside its place in {structure}; it was kept in the nearest group.',
    'Nothing is lost; tell the sender if the order matters.',
  ),
  'hl7v2.bad-escape': entry(
    'read',
    'warning',
    'value',
    'An escape sequence is not one of ch. 2.7; its text is kept as it stands.',
    'Escape the escape character itself as \\E\\.',
  ),
  'hl7v2.doubled-escape': entry(
    'read',
    'warning',
    'structure',
    'MSH-2 writes the escape character twice; it was read as one.',
    'The message was escaped by a programming language on its way: undo that where it happens.',
  ),
  'hl7v2.truncated-value': entry(
    'read',
    'warning',
    'incomplete',
    'The sender cut the value short: it ends with the truncation character.',
    'Ask the sender for the whole value (HL7 v2.7 ch. 2.5.5.2).',
  ),
  'hl7v2.unterminated': entry(
    'read',
    'information',
    'incomplete',
    'The last segment has no terminator: the message may be cut short.',
    'End every segment, the last one too, with CR (ch. 2.5.1).',
  ),
  'hl7v2.batch-count': entry(
    'read',
    'warning',
    'conflict',
    '{trailer} declares {declared} but {found} were found.',
    'Part of the file may be missing: ask the sender for a repeat.',
  ),
  'hl7v2.batch-trailer': entry(
    'read',
    'warning',
    'incomplete',
    '{header} has no {trailer}.',
    'The file may be cut short.',
  ),
  // JSON
  'json.syntax': entry(
    'read',
    'fatal',
    'structure',
    'Not well-formed JSON: {reason}.',
    'The position is where reading stopped (RFC 8259).',
  ),
  'json.depth': entry(
    'read',
    'fatal',
    'too-costly',
    'Nested deeper than {limit} levels.',
    'No known payload needs that depth; check the sender.',
  ),
  'json.duplicate-key': entry(
    'read',
    'error',
    'duplicate',
    'The object has the same key twice; the first value is used, the other is residual.',
    'RFC 8259 section 4: names should be unique.',
  ),
  'json.comment': entry(
    'read',
    'error',
    'structure',
    'The text has a comment; it was read without.',
    'RFC 8259: JSON has no comments.',
  ),
  'json.no-message-type': entry(
    'read',
    'fatal',
    'required',
    'The members that name the message type ({paths}) are missing.',
    'The mapping package says which members name it.',
  ),
  // CSV
  'csv.syntax': entry(
    'read',
    'error',
    'structure',
    'The row is not well-formed CSV: {reason}.',
    'RFC 4180: quote values that hold a delimiter, a quote or a line break.',
  ),
  'csv.header-missing': entry(
    'read',
    'fatal',
    'structure',
    'The header has none of the column sets that the feed knows.',
    'The feed lists its files and columns.',
  ),
  'csv.header-drift': entry(
    'read',
    'warning',
    'structure',
    'The header differs from the feed: missing {missing}; new {added}.',
    'Agree on the columns; missing ones read as absent, new ones are residual.',
  ),
  'csv.header-duplicate': entry(
    'read',
    'fatal',
    'duplicate',
    'The header names column {column} twice.',
    'Rename one: the values could not be told apart.',
  ),
  'csv.no-rows': entry(
    'read',
    'warning',
    'incomplete',
    'The file has a header and no rows.',
    'Check the export: there is nothing to map.',
  ),
  'csv.ragged-row': entry(
    'read',
    'error',
    'structure',
    'The row has {found} values, the header {expected}.',
    'The row is refused, the others go on.',
  ),
  // Mapping
  'map.no-mapping': entry(
    'map',
    'error',
    'not-supported',
    'No mapping module handles {messageType}.',
    'Register a mapping for it, or route it to another feed.',
  ),
  'map.unmapped-segments': entry(
    'map',
    'warning',
    'incomplete',
    'The mapping does not know what to do with: {names}.',
    'Their values are listed as residuals.',
  ),
  'map.more-than-one': entry(
    'map',
    'warning',
    'value',
    'More than one value stands where one was expected; the first is used, the rest is residual.',
    'Change the rule to all or where, or ask the sender.',
  ),
  'map.bad-value': entry(
    'map',
    'warning',
    'value',
    'The value is not a {expected}; the element is left out.',
    'The value is residual; correct the source or the rule.',
  ),
  'map.kept-as-text': entry(
    'map',
    'warning',
    'value',
    'The value is not of the type it is declared as; it is kept as text.',
    'Correct the value or its declared type at the source (HL7: OBX-2; HD.3, of which ISO declares an OID; XTN.3, of which Internet declares an address).',
  ),
  'map.unsupported-value-type': entry(
    'map',
    'warning',
    'not-supported',
    'The value type is not one the mapping knows.',
    'Add a case to the switch (HL7: OBX-2, table 0125).',
  ),
  'map.function-refused': entry(
    'map',
    'warning',
    'value',
    'The function {function} cannot use the value: {reason}.',
    'The value is residual; see the function in docs/generated/functions.md.',
  ),
  'map.nothing-written': entry(
    'map',
    'warning',
    'incomplete',
    'Nothing in the message became a resource.',
    'There is no Bundle: the message is empty, or its mapping knows none of its values (see the residuals).',
  ),
  'map.delete-of-nothing': entry(
    'map',
    'information',
    'informational',
    'The source deletes {element} of a {type} of which it says nothing else.',
    'No resource is written for it; the explicit null alone names none.',
  ),
  'map.already-written': entry(
    'map',
    'warning',
    'conflict',
    'The element was already written by another rule; this value is residual.',
    'Mark one rule as fallback.',
  ),
  'map.required-missing': entry(
    'map',
    'error',
    'required',
    'The source has nothing for the required element {element}.',
    'The resource is left out or held; see the contract.',
  ),
  'map.residual': entry(
    'map',
    'information',
    'incomplete',
    '{count} populated value(s) were neither mapped nor ignored.',
    'See residuals in the report.',
  ),
  // Time
  'time.assumed-zone': entry(
    'time',
    'information',
    'informational',
    'The time has no offset; the feed zone {zone} was assumed.',
    "HL7 v2.5.1 ch. 2A, DTM: no offset means the sender's zone.",
  ),
  'time.gap': entry(
    'time',
    'warning',
    'value',
    'The local time does not exist in {zone} (clock change); the offset before the change was used.',
    'Ask the sender for offsets.',
  ),
  'time.fold': entry(
    'time',
    'warning',
    'value',
    'The local time occurs twice in {zone} (clock change); the earlier offset was used.',
    'Ask the sender for offsets.',
  ),
  'time.hour-precision': entry(
    'time',
    'warning',
    'value',
    'FHIR has no time of hour precision; only the date was kept.',
    'Ask the sender for minutes.',
  ),
  'time.bad': entry(
    'time',
    'warning',
    'value',
    'The value is not a date or time of the standard; the element is left out.',
    'HL7: YYYY[MM[DD[HH[MM[SS[.S…]]]]]][+/-ZZZZ].',
  ),
  // Terminology
  'terminology.unmapped-code': entry(
    'terminology',
    'warning',
    'code-invalid',
    'The code has no row in map {map}.',
    'Add a row, or a no-map decision, to the code map.',
  ),
  'terminology.unmapped-held': entry(
    'terminology',
    'error',
    'code-invalid',
    'The code has no row in map {map} and the element requires one: the message is held.',
    'Add a row to the code map; the message resumes.',
  ),
  // Identity
  'identity.no-authority': entry(
    'identity',
    'information',
    'informational',
    "The identifier of the {type} names no assigning authority; the feed's was used.",
    'Ask the sender to fill it (HL7: CX.4).',
  ),
  'identity.message-scoped': entry(
    'identity',
    'information',
    'informational',
    'The {type} has no business identifier: its id holds within this message only.',
    'The same payload gives the same id.',
  ),
  'identity.conflict': entry(
    'identity',
    'warning',
    'conflict',
    'Two {type} of the message share an identity but differ in {element}; the first was kept.',
    'See the lineage of both.',
  ),
  // Validation
  'validate.unknown-element': entry(
    'validate',
    'error',
    'structure',
    'The element is not defined.',
    'Remove it, or write an extension.',
  ),
  'validate.unknown-type': entry(
    'validate',
    'error',
    'structure',
    'The resource type is not defined in FHIR R4.',
    'See http://hl7.org/fhir/R4/resourcelist.html.',
  ),
  'validate.cardinality-min': entry(
    'validate',
    'error',
    'required',
    '{element} needs at least {min}, found {found}.',
    'Write the element, or a data-absent-reason where allowed.',
  ),
  'validate.cardinality-max': entry(
    'validate',
    'error',
    'structure',
    '{element} allows at most {max}, found {found}.',
    'Write fewer.',
  ),
  'validate.wrong-type': entry(
    'validate',
    'error',
    'structure',
    '{element} must be {expected}.',
    'See the element definition.',
  ),
  'validate.primitive-format': entry(
    'validate',
    'error',
    'value',
    'The value is not a valid {type}.',
    'See http://hl7.org/fhir/R4/datatypes.html.',
  ),
  'validate.binding': entry(
    'validate',
    'error',
    'code-invalid',
    'The code is not in the required value set {valueSet}.',
    'Map the code to one of the value set.',
  ),
  'validate.reference-unresolved': entry(
    'validate',
    'warning',
    'not-found',
    'The reference names no resource of the Bundle.',
    "Check the mapping's references.",
  ),
  'validate.reference-target': entry(
    'validate',
    'error',
    'structure',
    'The reference names a resource of another type than {expected}.',
    'See the element definition: a reference may only name the types it lists.',
  ),
  'validate.depth': entry(
    'validate',
    'error',
    'too-costly',
    'Nested deeper than {limit} levels.',
    'No known resource needs that depth; check the sender.',
  ),
  'validate.empty': entry(
    'validate',
    'error',
    'structure',
    'An object, array or string is empty.',
    'FHIR: elements are never empty.',
  ),
  'validate.invariant': entry(
    'validate',
    'error',
    'invariant',
    'Invariant {key} does not hold.',
    'See the element definition.',
  ),
  ...validationIssues,
  ...terminologyIssues,
  // Contracts
  ...contractIssues,
  // Feed
  'feed.loss-budget': entry(
    'feed',
    'warning',
    'business-rule',
    "{count} residual value(s) exceed the feed's loss budget of {budget}.",
    'Map or ignore them with a reason.',
  ),
} as const satisfies Readonly<Record<string, IssueEntry>>;

export type IssueCode = keyof typeof issueCatalogue;
