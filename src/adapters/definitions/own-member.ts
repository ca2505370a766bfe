/** A member of the object itself: `constructor` is no FHIR type. */
export const ownMember = <T>(holder: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(holder, name) ? holder[name] : undefined;
