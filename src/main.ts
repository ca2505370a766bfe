// The composition root: puts the gateway together from its configuration, runs it, and stops it in order.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createCatalogue } from './adapters/catalogue.js';
import { MapsOfFeeds } from './adapters/codemaps/maps-of-feeds.js';
import { startResumption } from './adapters/codemaps/resumption.js';
import { Stewardship } from './adapters/codemaps/stewardship.js';
import { loadArtifacts, loadGateway, type CompositionOptions } from './adapters/composition.js';
import { dictionaryRemarks, shippedDictionary } from './adapters/dictionary/dictionary-files.js';
import { loadConfig, type Config } from './adapters/config.js';
import { greeting } from './adapters/greeting.js';
import { createJobs } from './adapters/http/jobs.js';
import { listen } from './adapters/http/server.js';
import { version } from './adapters/installation.js';
import { fail } from './adapters/exit.js';
import { once } from './adapters/once.js';
import { openStore } from './adapters/store/open-store.js';
import { steadyEngine } from './adapters/steady-engine.js';
import { installedTerminology } from './adapters/terminology/installed-editions.js';
import { openTerminology } from './adapters/terminology/terminology.js';
import { ValidationService } from './adapters/validation/validation-service.js';
import { createLog, type Log } from './adapters/telemetry/log.js';
import { createMetrics } from './adapters/telemetry/metrics.js';
import { GatewayError } from './model/error.js';
import type { Gateway } from './pipeline/gateway.js';

export interface Service {
  readonly url: string;
  readonly greeting: string;
  /** Answers what is under way, then lets go of port and store. */
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Starts the gateway. Throws a GatewayError when configuration, artifacts, store or port do not allow it. */
export async function start(environment: Environment, log?: Log): Promise<Service> {
  const config = loadConfig(environment);
  refuseUnsupported(config);
  const logging = log ?? createLog(config.LOG_LEVEL);
  // The database starts in its own process while the artifacts are loaded in this one.
  const opening = openStore({
    databaseUrl: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
    production: config.NODE_ENV === 'production',
    pgBin: environment['PG_BIN'],
    path: environment['PATH'],
  });
  const mapsOfFeeds = new MapsOfFeeds();
  const artifacts = await releasing(opening, loadArtifacts);
  const installed = await releasing(opening, () => installedTerminology(config));
  const dictionary = await releasing(opening, shippedDictionary);
  for (const remark of await releasing(opening, () => dictionaryRemarks(installed.content))) logging.warn(remark);
  const core = { artifacts, mapsOfFeeds, dictionary, terminology: installed };
  const gateway = await releasing(opening, () => readyGateway(config, core));
  const store = await opening;
  const terminology = await releasing(opening, () =>
    openTerminology(store.curated, installed.content, (error) => logging.error('terminology not read anew', error)),
  );
  const { definitions } = artifacts;
  const stewardship = new Stewardship({
    ...{ gateway, store, mapsOfFeeds, definitions, dictionary },
    terminology: terminology.installed,
  });
  await releasing(opening, () => stewardship.refresh());
  const jobs = createJobs();
  const parts = {
    config,
    gateway,
    store,
    jobs,
    metrics: createMetrics(),
    log: logging,
    catalogue: createCatalogue(() => dictionary),
  };
  const resumption = startResumption({ ...parts, stewardship });
  const now = () => new Date().toISOString();
  const validation = once(() => new ValidationService(config.FHIR_PACKAGES, now));
  const services = { ...parts, stewardship, resumption, terminology, validation, version, now };
  const server = await releasing(opening, () => listen(services), resumption);
  const description = store.describe();
  logging.info('started', { address: server.url, store: description.engine, durability: description.durability });
  return {
    url: server.url,
    greeting: greeting({ url: server.url, version, store: description, feeds: gateway.feeds.values() }),
    stop: async () => {
      await server.close();
      await jobs.settled();
      await resumption.stop();
      terminology.close();
      await store.close();
      logging.info('stopped');
    },
  };
}

/** Every feed's release is put together now: one that cannot run stops the start, not its first message. */
function readyGateway({ BASE_URL, SITE_DIR }: Config, parts: CompositionOptions): Gateway {
  const gateway = loadGateway({ base: BASE_URL, site: SITE_DIR, ...parts });
  for (const feed of gateway.feeds.keys()) gateway.release(feed);
  return gateway;
}

type Store = Awaited<ReturnType<typeof openStore>>;

/** Does the work; where it fails, the store is closed before anybody hears of it, after what uses it has stopped. */
async function releasing<T>(
  opening: Promise<Store>,
  work: () => T | Promise<T>,
  user?: { readonly stop: () => Promise<void> },
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await user?.stop();
    await opening.then(
      (store) => store.close(),
      () => undefined,
    );
    throw error;
  }
}

// Better no gateway than one that leaves out silently what was asked of it.
function refuseUnsupported({ NATS_URL, MLLP_PORT }: Config): void {
  if (NATS_URL !== undefined)
    throw new GatewayError('unsupported', 'NATS_URL is set, but this version delivers in process only.');
  if (MLLP_PORT !== undefined)
    throw new GatewayError('unsupported', 'MLLP_PORT is set, but this version has no MLLP listener.');
}

/** Runs the gateway until a signal stops it. A second signal stops it at once. */
export async function serve(environment: Environment): Promise<void> {
  // Node would print the error with its text, which may quote a message.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.once(event, fail);
  const service = await start(environment);
  process.stdout.write(service.greeting);
  const signal = await new Promise<string>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, resolve);
  });
  process.stderr.write(`concord: ${signal}, stopping\n`);
  await service.stop();
}

const isEntryPoint = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isEntryPoint) {
  steadyEngine();
  await serve(process.env).catch(fail);
}
