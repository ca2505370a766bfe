// The log. It takes fields of a fixed list only, so that no message content can reach it; neither can the text of an
// error that is not the gateway's own, for libraries quote what they choke on.
import pino from 'pino';
import { GatewayError } from '../../model/error.js';
import { codePlaces } from './code-places.js';

const allowed = [
  'method',
  'route',
  'status',
  'milliseconds',
  'bytes',
  'feed',
  'messageId',
  'payload',
  'disposition',
  'decidedBy',
  'messages',
  'refused',
  'resources',
  'requestId',
  'job',
  'address',
  'store',
  'durability',
  'category',
  'signal',
] as const;

export type LogFields = Partial<Readonly<Record<(typeof allowed)[number], string | number>>>;

/** What is logged: a fixed sentence or word of ours, with fields of the list. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** An error's category, name and code places; its text only where it is a GatewayError. */
  error(event: string, error: unknown, fields?: LogFields): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** A log of JSON lines, to standard output where no other destination is given. */
export function createLog(level: LogLevel, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
  // What is not written is not put together: a line is due for every request.
  const at =
    (wanted: 'debug' | 'info' | 'warn') =>
    (event: string, fields: LogFields = {}): void => {
      if (logger.isLevelEnabled(wanted)) logger[wanted](listed(fields), event);
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: (event, error, fields = {}) => logger.error({ ...listed(fields), error: described(error) }, event),
  };
}

const isShort = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && value.length <= 200);

// The types say it already; this says it to callers that cast.
const listed = (fields: LogFields): LogFields =>
  Object.fromEntries(allowed.flatMap((key) => (isShort(fields[key]) ? [[key, fields[key]]] : [])));

function described(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const at = codePlaces(error);
  if (!(error instanceof GatewayError)) return { name: error.name, at };
  const cause = error.cause === undefined ? {} : { cause: described(error.cause) };
  return { name: error.name, category: error.category, text: error.message, at, ...cause };
}
