// What people decided about the guide's rows: read from a package's conformance/ folder, never from code.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { GatewayError } from '../../src/model/error.js';

/** A row of a table: `FIELD PATH`, the path as the guide spells it, blanks left out; `PATH` alone where it has no field. */
const rows = z.union([z.literal('all'), z.array(z.string())]);

const mapSchema = z.strictObject({
  map: z.string(),
  /** Our modules that carry the table; default: those of the same source and target. */
  modules: z.array(z.string()).optional(),
  /** A datatype table that stands in such a module for one field, and within one element of it ('' for none). */
  at: z.array(z.strictObject({ field: z.string(), element: z.string() })).optional(),
  /** The table describes a primitive that rules read without a module: the datatypes and FHIR types of that. */
  inline: z.strictObject({ datatypes: z.array(z.string()), types: z.array(z.string()) }).optional(),
});
const readingSchema = z.strictObject({
  map: z.string(),
  rows: z.array(z.string()),
  /** What the rows mean instead. */
  field: z.string().optional(),
  path: z.string().optional(),
  /** The constant; null where the cell's constant belongs to another row. */
  value: z.string().nullable().optional(),
  because: z.string(),
});
const deviationSchema = z.strictObject({ map: z.string(), rows, reason: z.string() });

const schema = z.strictObject({
  maps: z.array(mapSchema),
  readings: z.array(readingSchema),
  deviations: z.array(deviationSchema),
});

export type MapReview = z.infer<typeof mapSchema>;
export type Reading = z.infer<typeof readingSchema>;
export type Deviation = z.infer<typeof deviationSchema>;
export type Review = z.infer<typeof schema>;

/** Reads `maps.yaml`, `readings.yaml` and `deviations.yaml`. */
export function readReview(folder: string): Review {
  const [maps, readings, deviations] = ['maps', 'readings', 'deviations'].map((name) =>
    list(join(folder, `${name}.yaml`)),
  );
  const read = schema.safeParse({ maps, readings, deviations });
  if (read.success) return read.data;
  throw new GatewayError('incorrect', `${folder}: ${z.prettifyError(read.error)}`);
}

const list = (path: string): unknown => (existsSync(path) ? (parse(readFileSync(path, 'utf8')) as unknown) : []);
