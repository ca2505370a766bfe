// The terminology that is installed out of the box.
import type { Content } from '../../terminology/content.js';
import { linesContent, type ContentRow } from '../terminology/resource-lines.js';
import { artifactNames, artifactPath, readArtifact } from './artifacts.js';

/**
 * HL7 Terminology and the code systems, value sets and concept maps of FHIR R4.
 *
 * @throws GatewayError `not-found` when the build has not been run.
 */
export function loadTerminologyContent(): Content {
  const rows = readArtifact<readonly ContentRow[]>(artifactNames.terminologyIndex);
  return linesContent([{ path: artifactPath(artifactNames.terminologyContent), start: 0, rows }]);
}
