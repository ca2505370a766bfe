// Element paths of the guide in the spelling that rules' writes are compared in: names joined by dots, references followed.

export interface GuideElement {
  /** `requester.organization.name` for `requester(PractitionerRole.organization(Organization.name))`; '' for the value itself. */
  readonly path: string;
  /** What the cell itself assigns: `status="finished"`. */
  readonly value?: string;
}

/** Reads a target cell: indexes and resource types are left out, `$this` and `$value` are the value itself. */
export function guideElement(cell: string): GuideElement {
  const [path = '', value] = cell.split('=');
  const quoted = value?.replace(/^"|"$/g, '');
  return { path: elementNames(path).join('.'), ...(quoted === undefined ? {} : { value: quoted }) };
}

function elementNames(path: string): string[] {
  const steps = path
    .replace(/\[[^\]}]*[\]}]/g, '')
    .replaceAll('()', '')
    .replace(/\(([A-Z]\w*)(\|[A-Z]\w*)*/g, '')
    .split(/[.():]/);
  return steps.filter((step) => step !== '' && !step.startsWith('$')).filter((step) => !/^[A-Z]/.test(step));
}
