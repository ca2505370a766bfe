// The two messages that everything is measured on, and the release they run on.
import { readFileSync } from 'node:fs';
import { loadArtifacts, loadGateway } from '../src/adapters/composition.js';
import { sha256 } from '../src/adapters/definitions/artifacts.js';
import type { Hl7v2Dictionary } from '../src/formats/hl7v2/dictionary.js';
import type { Hl7v2Message } from '../src/formats/hl7v2/message.js';
import { readHl7v2 } from '../src/formats/hl7v2/read.js';
import type { Envelope } from '../src/model/envelope.js';
import type { Gateway } from '../src/pipeline/gateway.js';
import type { Release } from '../src/pipeline/release.js';
import { benchFile } from './bench-file.js';

export interface Sample {
  /** `ORU`, `ADT`: first word of the names of its subjects. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly envelope: Envelope;
  /** Reads the message anew. */
  readonly read: () => Hl7v2Message;
}

export interface Bench {
  readonly gateway: Gateway;
  readonly release: Release;
  readonly dictionary: Hl7v2Dictionary;
  readonly oru: Sample;
  readonly adt: Sample;
}

export function loadBench(): Bench {
  const artifacts = loadArtifacts();
  const gateway = loadGateway({ artifacts });
  const release = gateway.release('hl7v2');
  const { dictionary } = artifacts;
  const sample = (name: string, title: string, file: string) =>
    sampleOf(name, title, readFileSync(benchFile('messages', file)), release, dictionary);
  return {
    gateway,
    release,
    dictionary,
    oru: sample('ORU', 'ORU R01 with 20 OBX', 'oru-r01-20-obx.hl7'),
    adt: sample('ADT', 'ADT A01', 'adt-a01.hl7'),
  };
}

/** A payload of one message as a sample. */
export function sampleOf(
  name: string,
  title: string,
  bytes: Buffer,
  { feed }: Release,
  dictionary: Hl7v2Dictionary,
): Sample {
  const envelope = { bytes, digest: sha256(bytes), feed: feed.name, receivedAt: '2026-02-14T12:00:00.000Z' };
  const read = (): Hl7v2Message => {
    for (const message of readHl7v2(envelope, dictionary, feed.limits).messages)
      if (message.ok) return message.value as Hl7v2Message;
    throw new Error(`${title} cannot be read`);
  };
  return { name, title, text: bytes.toString('utf8'), envelope, read };
}
