// The HL7 v2 dictionary from generated/hl7v2-dictionary.json.
import type { Hl7v2Dictionary } from '../../formats/hl7v2/dictionary.js';
import { artifactNames, readArtifact } from './artifacts.js';

/**
 * Segments, data types, message structures and trigger events of HL7 v2.1 to v2.8.
 *
 * @throws GatewayError `not-found` when the build has not been run.
 */
export const loadHl7v2Dictionary = (): Hl7v2Dictionary => readArtifact<Hl7v2Dictionary>(artifactNames.hl7v2Dictionary);
