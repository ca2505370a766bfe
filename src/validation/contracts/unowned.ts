// Elements that nobody answers for. Which of them a mapping can write is known beforehand.
import { issue } from '../../model/issue.js';
import type { ContractCheck } from './check.js';

/** @param unowned `Patient.photo` */
export const ownerCheck =
  (unowned: ReadonlySet<string>): ContractCheck =>
  (resources) =>
    resources.flatMap(({ type, content }, at) =>
      elementsOf(content)
        .map((member) => `${type}.${member}`)
        .filter((element) => unowned.has(element))
        .map((element) => ({ at, issue: issue('contract.element-unowned', { element }, { expression: element }) })),
    );

/** `_birthDate` is birthDate too. */
const elementsOf = (content: object): string[] => [
  ...new Set(Object.keys(content).map((member) => member.replace(/^_/, ''))),
];
