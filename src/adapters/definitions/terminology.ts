// HL7 terminology from generated/terminology-r4.json, read when first asked for: a gateway that needs no display pays nothing.
import { codeSystems, type CodeSystems, type CompactCodeSystem } from '../../terminology/systems/code-system.js';
import { artifactNames, readArtifact } from './artifacts.js';

/** generated/terminology-r4.json: code systems by URL. */
export type TerminologyFile = Readonly<Record<string, CompactCodeSystem>>;

/**
 * The code systems of FHIR R4 and HL7 Terminology. The file is read at the first look-up.
 *
 * @throws GatewayError `not-found` at the first look-up when the build has not been run.
 */
export function loadTerminology(): CodeSystems {
  let systems: CodeSystems | undefined;
  const read = (): CodeSystems => (systems ??= codeSystems(readArtifact<TerminologyFile>(artifactNames.terminology)));
  return { get: (url) => read().get(url) };
}
