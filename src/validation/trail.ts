// Where in the resource the validator stands: a stack of steps, rendered as FHIRPath only when there is an issue to place.

export class Trail {
  /** Steps taken; the part of `steps` and `indices` that counts. */
  depth = 0;
  private readonly steps: string[] = [];
  private readonly indices: number[] = [];

  /** Steps into an element: `name`, `value.ofType(Quantity)`. */
  enter(step: string): void {
    this.steps[this.depth] = step;
    this.indices[this.depth] = -1;
    this.depth += 1;
  }

  /** Stands at an item of the element last entered. */
  at(index: number): void {
    this.indices[this.depth - 1] = index;
  }

  leave(): void {
    this.depth -= 1;
  }

  /** Steps back to the holder of the element, which the result returns to. */
  pop(): number {
    this.depth -= 1;
    return this.depth;
  }

  push(depth: number): void {
    this.depth = depth + 1;
  }

  /** `Patient.name[0].given[1]`, with `last` as one step more. */
  render(last?: string): string {
    const steps = this.steps.slice(0, this.depth).map((step, at) => {
      const index = this.indices[at] ?? -1;
      return index < 0 ? step : `${step}[${index}]`;
    });
    return (last === undefined ? steps : [...steps, last]).join('.');
  }
}
