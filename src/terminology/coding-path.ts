// Where in the request the parts of a code stand, for issue.expression.

export interface CodingPath {
  /** The code as a whole: `Coding`, `CodeableConcept.coding[0]`; of bare parameters: `code`. */
  readonly self: string;
  part(name: 'code' | 'system' | 'version' | 'display'): string;
}

const within = (self: string): CodingPath => ({ self, part: (name) => `${self}.${name}` });

/** The bare parameters code, system, systemVersion and display. */
export const codePath: CodingPath = { self: 'code', part: (name) => name };
export const codingPath: CodingPath = within('Coding');
export const conceptPath = (index: number): CodingPath => within(`CodeableConcept.coding[${index}]`);
