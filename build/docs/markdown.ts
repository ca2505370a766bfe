// Markdown as the generated pages need it.

/** What a table cell may hold. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

export const code = (text: string): string => (text === '' ? '' : `\`${text.replaceAll('`', "'")}\``);

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const page = (title: string, ...blocks: readonly string[]): string =>
  `${[`# ${title}`, ...blocks].join('\n\n')}\n`;
