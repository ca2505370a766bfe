// The `hl7v2` library as it ships. It needs CR line ends and no byte order mark; it brings dictionaries of eleven versions,
// so it is loaded only here.
import type { Reader } from './reader.js';

export async function hl7v2Reader(): Promise<Reader> {
  const { HL7Message } = await import('hl7v2');
  return {
    name: 'hl7v2',
    read: (text, reads) => {
      const { segments } = HL7Message.parse(text.replace(/^\ufeff/, '').replace(/\r?\n/g, '\r'));
      const values = new Array<string | number | undefined>(reads.length);
      for (let i = 0; i < reads.length; i++) {
        const { segment, field, repetition, component, subcomponent } = reads[i]!;
        const holder = segments[segment]?.field(field).repetition(repetition - 1);
        values[i] = holder?.getValue(component, subcomponent) as string | number | undefined;
      }
      return values;
    },
  };
}
