// What the terminology service tells, each message a function: its id in the HL7 terminology ecosystem's catalogue
// (https://build.fhir.org/ig/HL7/fhir-tx-ecosystem-ig) and its text, which clients compare.

export interface Message {
  /** Empty for texts that the catalogue does not have. */
  readonly id: string;
  readonly text: string;
}

const message = (id: string, text: string): Message => ({ id, text });
const or = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;
const cannotBeValidated = 'could not be found, so the code cannot be validated';

/** `'Display 1' (en)` */
export interface ToldDisplay {
  readonly value: string;
  readonly language?: string | undefined;
}

const quotedWhereSpaced = (text: string): string => (/[\s,"]/.test(text) ? `"${text}"` : text);

const told = ({ value, language }: ToldDisplay): string =>
  `'${value}'${language === undefined ? '' : ` (${language})`}`;

function validDisplays(displays: readonly ToldDisplay[], languages: string): string {
  const which = displays.length === 1 ? 'is' : `is one of ${displays.length} choices:`;
  return `Valid display ${which} ${or(displays.map(told))} (for the language(s) '${languages}')`;
}

export const messages = {
  notInValueSet: (coding: string, valueSet: string) =>
    message(
      'None_of_the_provided_codes_are_in_the_value_set_one',
      `The provided code '${coding}' was not found in the value set '${valueSet}'`,
    ),
  noValidCoding: (valueSet: string) =>
    message('TX_GENERAL_CC_ERROR_MESSAGE', `No valid coding was found for the value set '${valueSet}'`),
  /** @param name what people call the version. */
  unknownCode: (code: string, system: string, version: string | undefined, name?: string) =>
    version === undefined
      ? message('Unknown_Code_in', `Unknown code '${code}' in the CodeSystem '${system}'`)
      : message(
          'Unknown_Code_in_Version',
          `Unknown code '${code}' in the CodeSystem '${system}' version '${version}'${name === undefined ? '' : ` (${name})`}`,
        ),
  unknownCodeInFragment: (code: string, system: string, version: string | undefined) =>
    message(
      'UNKNOWN_CODE_IN_FRAGMENT',
      `Unknown Code '${code}' in the CodeSystem '${system}'${version === undefined ? '' : ` version '${version}'`} - note that the code system is labeled as a fragment, so the code may be valid in some other fragment`,
    ),
  unknownSystem: (system: string) =>
    message('UNKNOWN_CODESYSTEM', `A definition for CodeSystem '${system}' ${cannotBeValidated}`),
  unknownVersion: (system: string, version: string, known: readonly string[]) =>
    known.length === 0
      ? message(
          'UNKNOWN_CODESYSTEM_VERSION_NONE',
          `A definition for CodeSystem '${system}' version '${version}' ${cannotBeValidated}. No versions of this code system are known`,
        )
      : message(
          'UNKNOWN_CODESYSTEM_VERSION',
          `A definition for CodeSystem '${system}' version '${version}' ${cannotBeValidated}. Valid versions: ${or(known)}`,
        ),
  unknownSystemToExpand: (system: string) =>
    message(
      'UNKNOWN_CODESYSTEM_EXP',
      `A definition for CodeSystem '${system}' could not be found, so the value set cannot be expanded`,
    ),
  unknownVersionToExpand: (system: string, version: string, known: readonly string[]) =>
    known.length === 0
      ? message(
          'UNKNOWN_CODESYSTEM_VERSION_EXP_NONE',
          `A definition for CodeSystem '${system}' version '${version}' could not be found, so the value set cannot be expanded. No versions of this code system are known`,
        )
      : message(
          'UNKNOWN_CODESYSTEM_VERSION_EXP',
          `A definition for CodeSystem '${system}' version '${version}' could not be found, so the value set cannot be expanded. Valid versions: ${or(known)}`,
        ),
  supplementAsSystem: (supplement: string) =>
    message(
      'CODESYSTEM_CS_NO_SUPPLEMENT',
      `CodeSystem ${supplement} is a supplement, so can't be used as a value in Coding.system`,
    ),
  valueSetAsSystem: (system: string) =>
    message('Terminology_TX_System_ValueSet2', `The Coding references a value set, not a code system ('${system}')`),
  relativeSystem: () =>
    message('Terminology_TX_System_Relative', 'Coding.system must be an absolute reference, not a local reference'),
  noSystem: () =>
    message(
      'Coding_has_no_system__cannot_validate',
      'Coding has no system. A code with no system has no defined meaning, and it cannot be validated. A system should be provided',
    ),
  cannotInfer: (code: string, valueSet: string) =>
    message(
      'UNABLE_TO_INFER_CODESYSTEM',
      `The System URI could not be determined for the code '${code}' in the ValueSet '${valueSet}'`,
    ),
  severalInferred: (code: string, valueSet: string, systems: readonly string[]) =>
    message(
      'Unable_to_resolve_system__value_set_has_multiple_matches',
      `The System URI could not be determined for the code '${code}' in the ValueSet '${valueSet}': value set expansion has multiple matches: ${systems.join(', ')}`,
    ),
  unknownValueSet: (valueSet: string) =>
    message('Unable_to_resolve_value_Set_', `A definition for the value Set '${valueSet}' could not be found`),
  unknownImport: (valueSet: string) => message('VS_EXP_IMPORT_UNK', `Unable to find included value set '${valueSet}'`),
  unknownImportVersion: (valueSet: string, version: string) =>
    message('VS_EXP_IMPORT_UNK_PINNED', `Unable to find included value set '${valueSet}' version '${version}'`),
  circular: (valueSet: string, path: readonly string[]) =>
    message(
      'VALUESET_CIRCULAR_REFERENCE',
      `Found a circularity pointing to ${valueSet} processing ValueSet with pathway [${path.join(', ')}]`,
    ),
  missingSupplements: (supplements: readonly string[]) =>
    message(
      'VALUESET_SUPPLEMENT_MISSING',
      `Required supplement${supplements.length > 1 ? 's' : ''} not found: ${supplements.join(', ')}`,
    ),
  versionMismatch: (system: string, version: string, coded: string) =>
    message(
      'VALUESET_VALUE_MISMATCH',
      `The code system '${system}' version '${version}' in the ValueSet include is different to the one in the value ('${coded}')`,
    ),
  versionMismatchChanged: (system: string, version: string, stated: string, coded: string) =>
    message(
      'VALUESET_VALUE_MISMATCH_CHANGED',
      `The code system '${system}' version '${version}' resulting from the version '${stated}' in the ValueSet include is different to the one in the value ('${coded}')`,
    ),
  versionMismatchDefault: (system: string, version: string, coded: string) =>
    message(
      'VALUESET_VALUE_MISMATCH_DEFAULT',
      `The code system '${system}' version '${version}' for the versionless include in the ValueSet include is different to the one in the value ('${coded}')`,
    ),
  versionNotAllowed: (system: string, version: string, required: string) =>
    message(
      'VALUESET_VERSION_CHECK',
      `The version '${version}' is not allowed for system '${system}': required to be '${required}' by a version-check parameter`,
    ),
  wrongDisplay: (display: string, coding: string, displays: readonly ToldDisplay[], languages: string) =>
    displays.length === 0
      ? message(
          'Display_Name_for__should_be_one_of__instead_of',
          `Wrong Display Name '${display}' for ${coding}. There are no valid display names found`,
        )
      : message(
          'Display_Name_for__should_be_one_of__instead_of',
          `Wrong Display Name '${display}' for ${coding}. ${validDisplays(displays, languages)}`,
        ),
  wrongWhitespace: (display: string, coding: string, displays: readonly ToldDisplay[], languages: string) =>
    message(
      'Display_Name_WS_for__should_be_one_of__instead_of',
      `Wrong whitespace in Display Name '${display}' for ${coding}. ${validDisplays(displays, languages)}`,
    ),
  noDisplayForLanguage: (display: string, coding: string, languages: string) =>
    message(
      'NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_OK',
      `There are no valid display names found for the code ${coding} for language(s) '${languages}'. The display is '${display}' which is a valid display for the default language`,
    ),
  wrongDisplayNoneForLanguage: (display: string, coding: string, languages: string, expected: string) =>
    message(
      'NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_ERR',
      `Wrong Display Name '${display}' for ${coding}. There are no valid display names found for language(s) '${languages}'. Default display is '${expected}'`,
    ),
  invalidLanguage: (language: string) => message('INVALID_DISPLAY_NAME', `Invalid displayLanguage: '${language}'`),
  /** What a code system itself has to say of a code. */
  remark: (text: string) => message('', text),
  inactiveDisplay: (display: string, code: string, displays: readonly string[]) =>
    message(
      'INACTIVE_DISPLAY_FOUND',
      `'${display}' is no longer considered a correct display for code '${code}' (status = inactive). The correct display is one of ${displays.map(quotedWhereSpaced).join(',')}.`,
    ),
  inactiveConcept: (code: string, status: string) =>
    message('INACTIVE_CONCEPT_FOUND', `The concept '${code}' has a status of ${status} and its use should be reviewed`),
  deprecatedConcept: (code: string) =>
    message('DEPRECATED_CONCEPT_FOUND', `The concept '${code}' is deprecated and its use should be reviewed`),
  deprecatedInValueSet: (code: string, system: string, valueSet: string, status: string) =>
    message(
      'CONCEPT_DEPRECATED_IN_VALUESET',
      `The presence of the concept '${code}' in the system '${system}' in the value set ${valueSet} is marked with a status of ${status} and its use should be reviewed`,
    ),
  notActive: (code: string) => message('STATUS_CODE_WARNING_CODE', `The concept '${code}' is valid but is not active`),
  abstractCode: (system: string, code: string) =>
    message('ABSTRACT_CODE_NOT_ALLOWED', `Code '${system}#${code}' is abstract, and not allowed in this context`),
  caseDiffers: (code: string, correct: string, system: string) =>
    message(
      'CODE_CASE_DIFFERENCE',
      `The code '${code}' differs from the correct code '${correct}' by case. Although the code system '${system}' is case insensitive, implementers are strongly encouraged to use the correct case anyway`,
    ),
  statusOf: (
    status: 'DRAFT' | 'EXPERIMENTAL' | 'DEPRECATED' | 'WITHDRAWN' | 'RETIRED',
    type: string,
    canonical: string,
  ) => message(`MSG_${status}`, `Reference to ${status.toLowerCase()} ${type} ${canonical}`),
  filterWithoutValue: (system: string, property: string, op: string) =>
    message(
      'UNABLE_TO_HANDLE_SYSTEM_FILTER_WITH_NO_VALUE',
      `The system ${system} filter with property = ${property}, op = ${op} has no value`,
    ),
  filterNotUnderstood: (system: string, property: string, op: string, value: string) =>
    message(
      'FILTER_NOT_UNDERSTOOD',
      `The filter "${property} ${op} ${value}" was not understood in the context of ${system}`,
    ),
  invalidEcl: (expression: string, why: string) =>
    message('INVALID_ECL', `Invalid ECL expression: '${expression}': (${why})`),
  regexTooCostly: (system: string, property: string) =>
    message(
      'FILTER_REGEX_TOO_COSTLY',
      `The regular expression of the filter on ${property} of ${system} is too costly`,
    ),
  tooCostly: (valueSet: string, limit: number) =>
    message('VALUESET_TOO_COSTLY', `The value set '${valueSet}' expansion has too many codes to produce (>${limit})`),
  tooDeep: (valueSet: string, depth: number) =>
    message('VALUESET_TOO_COSTLY', `The value set '${valueSet}' refers to others more than ${depth} deep`),
  notComparable: (a: string, b: string) =>
    message('VALUESET_TOO_COSTLY', `The value sets '${a}' and '${b}' cannot be compared: both are without end`),
  grammarBased: (system: string, base: string) =>
    message(
      '',
      `The code System '${system}' has a grammar and so has infinite members. This extension is based on ${base}`,
    ),
  fragmentBased: (system: string) => message('', `This extension is based on a fragment of the code system ${system}`),
  notEnumerable: (valueSet: string, system: string) =>
    message(
      'VALUESET_TOO_COSTLY',
      `The value set '${valueSet}' cannot be expanded: the codes of '${system}' cannot be listed`,
    ),
  contentNotHere: (system: string, content: string) =>
    message(
      'CODESYSTEM_CONTENT_NOT_PRESENT',
      `The code system definition for '${system}' has the content '${content}', so its codes cannot be listed`,
    ),
  nothingToValidate: () =>
    message(
      '',
      'Unable to find code to validate (looked for coding | codeableConcept | code+system | code+inferSystem in parameters',
    ),
  wrongParameter: (name: string, expected: string) =>
    message('PARAMETER_INVALID', `The parameter '${name}' must be ${expected}`),
  missingParameter: (names: string) => message('PARAMETER_MISSING', `The request lacks ${names}`),
  unknownResource: (type: string, id: string) => message('RESOURCE_UNKNOWN', `There is no ${type} with the id '${id}'`),
  unknownConceptMap: (url: string) =>
    message('CONCEPTMAP_UNKNOWN', `A definition for the concept map '${url}' could not be found`),
  unknownClosure: (name: string) => message('CLOSURE_UNKNOWN', `There is no closure table named '${name}'`),
} as const;
