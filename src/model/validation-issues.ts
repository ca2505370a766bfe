// The part of the issue catalogue that full validation uses: codes, severities, sentences. Spread into model/issues.ts.

type Severity = 'error' | 'warning' | 'information';

const entry = <S extends Severity, T extends string>(severity: S, type: T, text: string, help: string) => ({
  category: 'validate' as const,
  severity,
  type,
  text,
  help,
});

const profileHelp = 'See the profile: it narrows what the type allows.';
const bundleHelp = 'See http://hl7.org/fhir/R4/bundle.html.';
const codeHelp = 'Map the code to one of the value set.';
const extensionHelp = 'See http://hl7.org/fhir/R4/extensibility.html.';
const narrativeHelp = 'See http://hl7.org/fhir/R4/narrative.html.';
const profilingHelp = 'See http://hl7.org/fhir/R4/profiling.html#slicing.';
const systemHelp = 'See http://hl7.org/fhir/R4/codesystem.html.';
const identifierHelp = 'See http://hl7.org/fhir/R4/datatypes.html#Identifier.';
const measureHelp = 'See http://hl7.org/fhir/R4/measurereport.html.';
const searchHelp = 'See http://hl7.org/fhir/R4/searchparameter.html.';
const answerHelp = 'See the Questionnaire that the response names.';

export const validationIssues = {
  // Profiles
  'validate.profile-unknown': entry(
    'warning',
    'not-found',
    'The profile {profile} is not known; it was not checked.',
    'Load the package that defines it.',
  ),
  'validate.profile-required-unknown': entry(
    'error',
    'structure',
    'The profile {profile} is not known.',
    'Load the package that defines it.',
  ),
  'validate.profile-type': entry(
    'error',
    'structure',
    'The profile {profile} is for {expected}.',
    'Name a profile of the type of the resource.',
  ),
  'validate.snapshot': entry(
    'error',
    'business-rule',
    'The differential names an element that its base does not have.',
    'Check the paths of the differential.',
  ),
  'validate.slice-min': entry('error', 'structure', 'Slice {slice} needs at least {min}, found {found}.', profileHelp),
  'validate.slice-max': entry('error', 'structure', 'Slice {slice} allows at most {max}, found {found}.', profileHelp),
  'validate.slice-unmatched': entry(
    'error',
    'structure',
    'The item fits no slice, and the slicing of {element} is closed.',
    profileHelp,
  ),
  'validate.slice-ambiguous': entry('error', 'structure', 'The item fits more than one slice: {slices}.', profileHelp),
  'validate.slice-order': entry('error', 'structure', 'The item of slice {slice} is out of order.', profileHelp),
  'validate.fixed': entry('error', 'value', 'The value is not the one that the profile fixes.', profileHelp),
  'validate.pattern': entry('error', 'value', 'The value does not fit the pattern of the profile.', profileHelp),
  'validate.type-narrowed': entry('error', 'structure', 'The profile allows {expected} here.', profileHelp),
  'validate.no-profile-match': entry('error', 'structure', 'The value conforms to none of {profiles}.', profileHelp),
  'validate.must-have-value': entry('error', 'required', 'The profile requires a value here.', profileHelp),
  'validate.too-small': entry('error', 'invariant', 'The value is less than the least that is allowed.', profileHelp),
  'validate.too-great': entry('error', 'invariant', 'The value is greater than the most that is allowed.', profileHelp),
  'validate.too-long': entry('error', 'too-long', 'The value is longer than {max} characters.', profileHelp),
  // Invariants
  'validate.constraint': entry(
    'error',
    'invariant',
    '{key} does not hold: {human}.',
    'See the definition of the element.',
  ),
  'validate.constraint-open': entry(
    'error',
    'exception',
    'The invariant {key} cannot be evaluated here.',
    'The expression asks for what is not known here, or is not one that can be run.',
  ),
  // Terminology
  'validate.binding-extensible': entry(
    'warning',
    'code-invalid',
    'No code is in the value set {valueSet}; one should be where it has a fitting one.',
    codeHelp,
  ),
  'validate.binding-preferred': entry(
    'information',
    'code-invalid',
    'No code is in the value set {valueSet}.',
    codeHelp,
  ),
  'validate.binding-max': entry(
    'error',
    'code-invalid',
    'No code is in the value set {valueSet}, outside of which none may be.',
    codeHelp,
  ),
  'validate.binding-open': entry(
    'warning',
    'not-found',
    'The value set {valueSet} is not known, or not in full; the code was not checked.',
    'Load the package that defines it.',
  ),
  'validate.code-unknown': entry(
    'error',
    'code-invalid',
    'The code is not one of its system.',
    'Check the code, and the version of the system.',
  ),
  'validate.display': entry(
    'error',
    'value',
    'The display is none of its code.',
    'Take the display from the code system, or leave it out.',
  ),
  'validate.system-unknown': entry(
    'warning',
    'not-found',
    'The code system is not known; the code was not checked.',
    'Load the package that defines it.',
  ),
  'validate.system-missing': entry(
    'warning',
    'value',
    'A coding without a system cannot be checked.',
    'Write the system.',
  ),
  'validate.system-relative': entry(
    'error',
    'value',
    'A system is an absolute URI.',
    'See http://hl7.org/fhir/R4/terminologies.html.',
  ),
  'validate.system-value-set': entry(
    'error',
    'value',
    'The system is the URL of a value set, not of a code system.',
    'Write the URL of the code system.',
  ),
  'validate.system-supplement': entry(
    'error',
    'value',
    'The system is a supplement, which has no codes of its own.',
    'Write the URL of the system that it supplements.',
  ),
  // Extensions
  'validate.extension-unknown': entry(
    'error',
    'structure',
    'The extension {url} is not defined where its URL says.',
    extensionHelp,
  ),
  'validate.extension-unchecked': entry(
    'information',
    'informational',
    'The extension is not known; it was not checked.',
    'Load the package that defines it.',
  ),
  'validate.extension-of-no-element': entry(
    'error',
    'structure',
    'The extension {url} stands for an element that its FHIR version does not have.',
    extensionHelp,
  ),
  'validate.extension-of-own-element': entry(
    'error',
    'structure',
    'The extension {url} stands for an element that R4 has itself.',
    extensionHelp,
  ),
  'validate.extension-url': entry('error', 'required', 'An extension has a url.', extensionHelp),
  'validate.extension-relative': entry(
    'error',
    'value',
    'The url of an extension is absolute, except within another extension.',
    extensionHelp,
  ),
  'validate.extension-versioned': entry('error', 'value', 'The url of an extension has no version.', extensionHelp),
  'validate.extension-context': entry(
    'error',
    'structure',
    'The extension {url} is not allowed here: it is for {expected}.',
    extensionHelp,
  ),
  'validate.extension-modifier': entry(
    'error',
    'structure',
    'The extension {url} is a modifier: it stands in modifierExtension.',
    extensionHelp,
  ),
  'validate.extension-not-modifier': entry(
    'error',
    'structure',
    'The extension {url} is no modifier: it stands in extension.',
    extensionHelp,
  ),
  'validate.id-extended': entry('error', 'structure', 'The id of a resource cannot be extended.', extensionHelp),
  // Resources, ids, values
  'validate.id-duplicate': entry(
    'error',
    'duplicate',
    'Two elements of the resource have the same id.',
    'See http://hl7.org/fhir/R4/element.html#id.',
  ),
  'validate.array-without-value': entry(
    'error',
    'structure',
    'The array has no value at all.',
    'See http://hl7.org/fhir/R4/json.html#primitive.',
  ),
  'validate.contained-unused': entry(
    'error',
    'invariant',
    'The contained resource is referred to from nowhere, nor does it refer to its container.',
    'See http://hl7.org/fhir/R4/references.html#contained.',
  ),
  'validate.markup': entry('error', 'value', 'The text looks like embedded HTML.', 'Escape it.'),
  'validate.identifier-system': entry(
    'error',
    'value',
    'The system of an identifier is an absolute URI.',
    identifierHelp,
  ),
  'validate.identifier-uri': entry(
    'error',
    'value',
    'The value of an identifier of the system urn:ietf:rfc:3986 is a full URI.',
    identifierHelp,
  ),
  'validate.attachment-size': entry(
    'error',
    'value',
    'The size is not that of the data.',
    'See http://hl7.org/fhir/R4/datatypes.html#attachment.',
  ),
  // Narrative
  'validate.xhtml-syntax': entry('error', 'structure', 'The XHTML is not well-formed.', narrativeHelp),
  'validate.xhtml-root': entry(
    'error',
    'structure',
    'The XHTML is one div in the namespace http://www.w3.org/1999/xhtml.',
    narrativeHelp,
  ),
  'validate.xhtml-element': entry(
    'error',
    'structure',
    'The XHTML has an element that narratives may not have.',
    narrativeHelp,
  ),
  'validate.xhtml-attribute': entry(
    'error',
    'structure',
    'The XHTML has an attribute that narratives may not have.',
    narrativeHelp,
  ),
  'validate.xhtml-entity': entry(
    'error',
    'structure',
    'The XHTML has an entity that is not one of XML.',
    narrativeHelp,
  ),
  'validate.xhtml-link': entry('error', 'value', 'A link of the narrative leads nowhere.', narrativeHelp),
  'validate.xhtml-scheme': entry(
    'error',
    'value',
    'A link of the narrative has a scheme that browsers do not follow.',
    narrativeHelp,
  ),
  // References
  'validate.reference-missing': entry(
    'error',
    'not-found',
    'The resource that the reference names cannot be found.',
    bundleHelp,
  ),
  'validate.reference-profile': entry(
    'error',
    'structure',
    'The resource that the reference names conforms to none of {profiles}.',
    profileHelp,
  ),
  'validate.reference-aggregation': entry('error', 'structure', 'The resource must be {expected}.', profileHelp),
  'validate.reference-type': entry(
    'error',
    'structure',
    'The type of the reference is not that of the resource it names.',
    'See http://hl7.org/fhir/R4/references.html.',
  ),
  'validate.bundle-reference': entry(
    'error',
    'not-found',
    'The Bundle has a resource of that type and id, but under another fullUrl.',
    bundleHelp,
  ),
  'validate.bundle-ambiguous': entry(
    'error',
    'duplicate',
    'The reference names more than one entry of the Bundle.',
    bundleHelp,
  ),
  // Bundles
  'validate.bundle-url-relative': entry('error', 'value', 'A fullUrl is absolute.', bundleHelp),
  'validate.bundle-url-mismatch': entry(
    'error',
    'value',
    'The fullUrl does not end with the type and id of the resource.',
    bundleHelp,
  ),
  'validate.bundle-unreachable': entry(
    'error',
    'business-rule',
    'No link leads to the entry from the first one.',
    bundleHelp,
  ),
  'validate.bundle-unreached': entry(
    'warning',
    'business-rule',
    'No link leads to the entry from the first one.',
    bundleHelp,
  ),
  'validate.bundle-id': entry('error', 'required', 'What a search found has an id.', bundleHelp),
  'validate.bundle-match': entry('error', 'structure', 'An entry of this search mode is of another type.', bundleHelp),
  // Questionnaire responses
  'validate.questionnaire-unknown': entry(
    'warning',
    'not-found',
    'The Questionnaire is not known; the answers were not checked.',
    'Load the package that defines it.',
  ),
  'validate.answer-unknown-item': entry('error', 'structure', 'The Questionnaire has no such item here.', answerHelp),
  'validate.answer-misplaced': entry(
    'error',
    'structure',
    'The item stands elsewhere in the Questionnaire.',
    answerHelp,
  ),
  'validate.answer-order': entry(
    'error',
    'structure',
    'The items are not in the order of the Questionnaire.',
    answerHelp,
  ),
  'validate.answer-missing': entry('error', 'required', 'A required item has no answer.', answerHelp),
  'validate.answer-group': entry(
    'error',
    'structure',
    'A group has no answers, a question has no items beside its answers.',
    answerHelp,
  ),
  'validate.answer-type': entry('error', 'structure', 'The answer must be of the type {expected}.', answerHelp),
  'validate.answer-option': entry('error', 'code-invalid', 'The answer is not one of the options.', answerHelp),
  'validate.answer-count': entry(
    'error',
    'structure',
    'The item has fewer or more answers than it may have.',
    answerHelp,
  ),
  'validate.answer-length': entry('error', 'value', 'The answer is shorter or longer than it may be.', answerHelp),
  'validate.answer-range': entry('error', 'value', 'The answer is outside of the range that is allowed.', answerHelp),
  'validate.answer-unit': entry(
    'error',
    'value',
    'The unit is not one of those allowed, or cannot be compared.',
    answerHelp,
  ),
  'validate.answer-reference': entry(
    'error',
    'structure',
    'The reference names a resource of a type that is not allowed.',
    answerHelp,
  ),
  'validate.answer-attachment': entry(
    'error',
    'value',
    'The attachment is too large, or of a media type that is not allowed.',
    answerHelp,
  ),
  'validate.condition-question': entry(
    'error',
    'business-rule',
    'The condition is about no other question of the form.',
    'See http://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen.',
  ),
  // Reports of measures
  'validate.measure-group': entry(
    'error',
    'business-rule',
    'No group of the Measure has the code of this one.',
    measureHelp,
  ),
  'validate.measure-group-missing': entry(
    'error',
    'business-rule',
    'The report lacks a group of the Measure.',
    measureHelp,
  ),
  'validate.measure-population': entry(
    'error',
    'business-rule',
    'The Measure has no population of this code.',
    measureHelp,
  ),
  'validate.measure-subjects': entry(
    'error',
    'business-rule',
    'Only reports of the type subject-list list subjects.',
    measureHelp,
  ),
  'validate.measure-count-missing': entry('warning', 'business-rule', 'The population has no count.', measureHelp),
  'validate.measure-count': entry(
    'error',
    'business-rule',
    'The count is not the number of the subjects listed.',
    measureHelp,
  ),
  // Conformance resources
  'validate.search-type': entry(
    'error',
    'business-rule',
    'The search parameter is of the type {expected} where it is defined.',
    searchHelp,
  ),
  'validate.search-base': entry(
    'error',
    'business-rule',
    'The search parameter that this one is derived from is for {expected}.',
    searchHelp,
  ),
  'validate.search-expression': entry(
    'error',
    'value',
    'The expression is no FHIRPath, or starts from a type that is not in base.',
    searchHelp,
  ),
  'validate.slicing-root': entry('error', 'value', 'The root of a profile is not sliced.', profilingHelp),
  'validate.discriminator-path': entry(
    'error',
    'value',
    'The path of the discriminator leads to no element of what is sliced.',
    profilingHelp,
  ),
  'validate.system-count': entry(
    'error',
    'business-rule',
    'The code system is complete, and count is not the number of its concepts.',
    systemHelp,
  ),
  'validate.filter-expression': entry(
    'error',
    'value',
    'The value of a filter is an expression in FHIRPath that names parameters of the value set alone.',
    'See http://hl7.org/fhir/tools/StructureDefinition/valueset-parameter.',
  ),
  'validate.value-set-modified': entry(
    'error',
    'not-supported',
    'The value set {valueSet} has an extension that modifies its composition: no code can be said to be in it.',
    'Use a value set that can be evaluated.',
  ),
  'validate.filter-value': entry(
    'error',
    'value',
    'The value is none that a filter by this property may have.',
    'See http://hl7.org/fhir/R4/valueset.html#compositions.',
  ),
} as const;
