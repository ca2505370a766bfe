// The HL7 v2 classes of `@medplum/core`. They leave escape sequences as they are.
import type { Reader } from './reader.js';

export async function medplumReader(): Promise<Reader> {
  const { Hl7Message } = await import('@medplum/core');
  return {
    name: '@medplum/core',
    read: (text, reads) => {
      const { segments } = Hl7Message.parse(text);
      return reads.map(({ segment, field, repetition, component, subcomponent }) =>
        segments[segment]?.getField(field).getComponent(component, subcomponent - 1, repetition - 1),
      );
    },
  };
}
