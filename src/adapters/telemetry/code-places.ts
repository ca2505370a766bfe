// Where in the code an error arose: what may be told of an error whose text may quote a message.

/** The `file:line:column` of the innermost frames. */
export function codePlaces({ stack = '', message }: Error): string[] {
  const frames = stack.slice(stack.indexOf(message) + message.length);
  return [...frames.matchAll(/^ {4}at .*?\(?([^\s()]+:\d+:\d+)\)?$/gm)].slice(0, 6).map(([, place]) => place!);
}
