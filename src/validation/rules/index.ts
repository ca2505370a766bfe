// The rules that are checked beside the structure. A new rule is a file here and a line in this table.
import { extensionContent } from './extension-content.js';
import type { Rule } from './rule.js';

export type { Rule } from './rule.js';

export const structuralRules: readonly Rule[] = [extensionContent];
