// How the engine places new objects (docs/adr/0014-objects-of-a-message-stay-young.md) and how much it compiles into one
// piece (docs/adr/0027-room-for-inlining.md).
import { setFlagsFromString } from 'node:v8';

/**
 * Makes the speed of messages depend on them alone, and not on what the process met first. Called once, before messages come.
 *
 * V8 would make objects old at birth where those of an earlier burst happened to live long. What belongs to a message dies
 * with it: one object made old keeps the young ones it points to alive until the next full collection, and a gateway that
 * came into that state stays many times slower. And it would stop compiling calls into their caller where those it took
 * first have used up the room: which ones that are differs from process to process.
 */
export function steadyEngine(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=2000');
}
