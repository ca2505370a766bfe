// The port to PostgreSQL. Two drivers stand behind it, `pg` over a socket and PGlite in process; the SQL is one.

export type SqlValue =
  null | boolean | number | string | Date | Uint8Array | readonly (string | number | boolean | null)[];

/** Statements that see one another's effects: a connection, or an open transaction. */
export interface Session {
  /** Runs one statement, its values bound as `$1`…; answers its rows. Throws a GatewayError (see sql-error.ts). */
  query<Row extends object>(sql: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Runs several statements that take no values. */
  script(sql: string): Promise<void>;
}

/** What the gateway prints of its store when it starts. */
export interface StoreDescription {
  /** `PostgreSQL` or `PGlite`. */
  readonly engine: string;
  readonly version: string;
  /** Directory or host; never a password. */
  readonly place: string;
  /** One sentence: what survives a crash of the process and a power cut. */
  readonly durability: string;
  /** What happened on the way that a person should know, e.g. that a server left running was taken over. */
  readonly notes: readonly string[];
}

export interface Db extends Session {
  /** Runs `work` in one transaction: commits when it answers, rolls back when it throws. */
  tx<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Lets go of connections, locks and, where the gateway started it, the server. */
  close(): Promise<void>;
  describe(): StoreDescription;
}
