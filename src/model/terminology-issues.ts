// The part of the issue catalogue that terminology resources use which people curate.

const entry = <T extends string>(type: T, text: string, help: string) => ({
  category: 'terminology' as const,
  severity: 'error' as const,
  type,
  text,
  help,
});

const note = (text: string, help: string) => ({
  category: 'terminology' as const,
  severity: 'information' as const,
  type: 'informational' as const,
  text,
  help,
});

export const terminologyIssues = {
  'terminology.code-inactive': note(
    'The code is no longer in use in {system}.',
    'Ask the sender for a code that is; what was sent stays as it is.',
  ),
  'terminology.code-replaced': note(
    'The code is no longer in use in {system}, and another took its place: its lineage names it.',
    'Ask the sender for the new code; what was sent stays as it is.',
  ),
  'terminology.no-url': entry('required', 'It has no url.', 'Give it the canonical URL that others will name it by.'),
  'terminology.code-twice': entry(
    'duplicate',
    'A code stands twice.',
    'Remove one of the concepts, or change its code.',
  ),
  'terminology.cycle': entry(
    'business-rule',
    'A concept lies below itself.',
    'Correct the parent or the child that closes the circle.',
  ),
  'terminology.row-twice': entry(
    'duplicate',
    'Two rows map the same code to the same target.',
    'Remove one of them: a reader could not tell which of the two counts.',
  ),
} as const;
