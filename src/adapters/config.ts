// The gateway's settings: from the environment, over those of a YAML file. All of them are checked before anything starts.
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { GatewayError } from '../model/error.js';

const port = z.coerce.number().int().min(0).max(65_535);
const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

const settings = z.strictObject({
  /** Port of the HTTP server; 0 takes a free one. */
  PORT: port.default(8080),
  /** Address it listens on. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Folder of the embedded store. */
  DATA_DIR: z.string().min(1).default('./data'),
  /** Folder with imported code systems; absent: `terminology` in DATA_DIR. */
  TERMINOLOGY_DIR: z.string().min(1).optional(),
  /** Folder with this installation's own feeds and mapping packages; absent: the shipped ones alone. */
  SITE_DIR: z.string().min(1).optional(),
  /** Folder with FHIR packages (`name-version.tgz`) that $validate may be asked to use; absent: none. */
  FHIR_PACKAGES: z.string().min(1).optional(),
  /** A PostgreSQL to use instead of the embedded one. */
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  /** A NATS server to deliver events through; absent: in process. */
  NATS_URL: url('nats:', 'tls:').optional(),
  /** Port of the MLLP listener; absent: none. */
  MLLP_PORT: port.optional(),
  /** The FHIR base that fullUrls start with. It is part of what is hashed, so it does not follow PORT. */
  BASE_URL: url('http:', 'https:')
    .transform((text) => text.replace(/\/+$/, ''))
    .default('http://localhost:8080/fhir'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
});

export type Config = Readonly<z.infer<typeof settings>>;
type Environment = Readonly<Record<string, string | undefined>>;

const keys = Object.keys(settings.shape);

/** Names the file; the one setting that stands in the environment alone. */
const fileVariable = 'CONCORD_CONFIG';
const defaultFile = 'concord.yaml';

/**
 * Reads the configuration: the file that CONCORD_CONFIG names (`concord.yaml` where there is one), then the environment,
 * which wins. Throws a GatewayError (`incorrect`) that names every unknown key and wrong value.
 */
export function loadConfig(environment: Environment): Config {
  const stray = Object.keys(environment).filter((key) => key.startsWith('CONCORD_') && key !== fileVariable);
  if (stray.length > 0) refuse(stray.map((key) => `${key} is not a setting; those are ${keys.join(', ')}`));
  const given = keys.flatMap((key) => (environment[key] ? [[key, environment[key]]] : []));
  const parsed = settings.safeParse({ ...fileSettings(environment[fileVariable]), ...Object.fromEntries(given) });
  if (!parsed.success) refuse(parsed.error.issues.map(complaint));
  else return parsed.data;
}

function fileSettings(name: string | undefined): object {
  const path = name ?? defaultFile;
  if (!existsSync(path)) return name === undefined ? {} : refuse([`the file ${name} does not exist`]);
  const content: unknown = parse(readFileSync(path, 'utf8'));
  if (content === null) return {};
  return typeof content === 'object' ? content : refuse([`${path} is not a list of "KEY: value" lines`]);
}

// The message says which setting, never its value: DATABASE_URL holds a password.
const complaint = (issue: z.core.$ZodIssue): string =>
  issue.code === 'unrecognized_keys'
    ? `${issue.keys.join(', ')} is not a setting; those are ${keys.join(', ')}`
    : `${issue.path.join('.')}: ${issue.message}`;

function refuse(complaints: readonly string[]): never {
  throw new GatewayError(
    'incorrect',
    `The configuration is refused:\n${complaints.map((line) => `  ${line}`).join('\n')}`,
  );
}
