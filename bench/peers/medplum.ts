// The HL7 v2 classes of `@medplum/core`. They leave escape sequences as they are.
import type { Reader } from './reader.js';

export async function medplumReader(): Promise<Reader> {
  const { Hl7Message } = await import('@medplum/core');
  return {
    name: '@medplum/core',
    read: (text, reads) => {
      const { segments } = Hl7Message.parse(text);
      const values = new Array<string | undefined>(reads.length);
      for (let i = 0; i < reads.length; i++) {
        const { segment, field, repetition, component, subcomponent } = reads[i]!;
        values[i] = segments[segment]?.getField(field).getComponent(component, subcomponent - 1, repetition - 1);
      }
      return values;
    },
  };
}
