// The gateway that golden cases run on.
import type { Gateway } from '../pipeline/gateway.js';
import { loadGateway } from './composition.js';
import type { Artifacts, CompiledPackage } from './packages/compiler.js';

// An expectation says what a mapping makes of a payload, not which revision of the mapping made it: otherwise every
// change of a rule would change every expectation.
const anyRevision = '0'.repeat(64);

/** A gateway whose feeds all run on this package, whatever they pin. */
export function goldenGateway(compiled: CompiledPackage, artifacts: Artifacts, site?: string): Gateway {
  const gateway = loadGateway({ artifacts, packages: [{ ...compiled, digest: anyRevision }], site });
  const mapping = `${compiled.ir.name}@${compiled.ir.version}`;
  return { ...gateway, normalize: (envelope) => gateway.normalize(envelope, { mapping }) };
}
