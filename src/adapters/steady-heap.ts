// How the engine places new objects (docs/adr/0014-objects-of-a-message-stay-young.md).
import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from making objects old at birth where those of an earlier burst happened to live long. What belongs to a message
 * dies with it: one object made old keeps the young ones it points to alive until the next full collection, and a
 * gateway that came into that state stays many times slower. Called once, before messages come.
 */
export const steadyHeap = (): void => setFlagsFromString('--no-allocation-site-pretenuring');
