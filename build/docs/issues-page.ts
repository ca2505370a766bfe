// docs/generated/issues.md: the issue catalogue.
import { issueCatalogue, type Category, type IssueEntry } from '../../src/model/issues.js';
import { code, page, table } from './markdown.js';

const titles: Readonly<Record<Category, string>> = {
  read: 'Reading',
  map: 'Mapping',
  terminology: 'Terminology',
  identity: 'Identity',
  time: 'Time',
  validate: 'Validation',
  contract: 'Contracts',
  feed: 'Feeds',
};

export function issuesPage(): string {
  const entries = Object.entries<IssueEntry>(issueCatalogue);
  const sections = (Object.keys(titles) as Category[]).flatMap((category) => {
    const rows = entries.filter(([, entry]) => entry.category === category).map(issueRow);
    return rows.length === 0
      ? []
      : [`## ${titles[category]}`, table(['code', 'severity', 'type', 'says', 'what to do'], rows)];
  });
  return page(
    'Issues',
    'Everything the gateway may find wrong with a message, or have to say about one. The type is FHIR’s [IssueType](http://hl7.org/fhir/R4/valueset-issue-type.html); `{…}` stands for a name, a count or a position, never for content of the message.',
    ...sections,
  );
}

const issueRow = ([name, { severity, type, text, help }]: [string, IssueEntry]): string[] => [
  code(name),
  severity,
  type,
  text,
  help,
];
