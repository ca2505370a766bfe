// Our own reader in the shape of its peers: paths compiled once, as the mapping compiler does it.
import { describeHl7v2 } from '../../src/formats/hl7v2/description.js';
import type { Hl7v2Message } from '../../src/formats/hl7v2/message.js';
import { isRefusal, type SourcePath } from '../../src/model/source.js';
import type { Bench } from '../samples.js';
import type { Read } from '../reads.js';

/** Reads a message and every one of the values; compiling the paths is no part of it. */
export function concordReads(
  { dictionary }: Bench,
  read: () => Hl7v2Message,
  reads: readonly Read[],
): () => readonly (string | undefined)[] {
  const description = describeHl7v2(dictionary);
  const paths = new Map<string, SourcePath>();
  const steps = reads.map((each) => {
    const text = pathOf(each);
    let path = paths.get(text);
    if (path === undefined) paths.set(text, (path = compile(description, text, each.name)));
    return { segment: each.segment, path };
  });
  return () => {
    const message = read();
    const { segments } = message;
    const texts = new Array<string | undefined>(steps.length);
    for (let i = 0; i < steps.length; i++) {
      const { segment, path } = steps[i]!;
      const holder = segments[segment];
      const place = holder && path.first(message, holder);
      texts[i] = place && message.text(place);
    }
    return texts;
  };
}

function compile(description: ReturnType<typeof describeHl7v2>, text: string, segment: string): SourcePath {
  const path = description.path(text, { kind: 'segment', segment });
  if (isRefusal(path)) throw new Error(`${text}: ${path.reason}`);
  return path;
}

/** `PID-3[2].4.2`; the numbers of repetition and subcomponent where they are not the first. */
const pathOf = ({ name, field, repetition, component, subcomponent }: Read): string =>
  `${name}-${field}${repetition > 1 ? `[${repetition}]` : ''}.${component}${subcomponent > 1 ? `.${subcomponent}` : ''}`;
