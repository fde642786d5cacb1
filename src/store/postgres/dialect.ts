import {
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  PostgresDriver,
  type TransactionSettings,
} from "kysely";
import type { Pool } from "pg";
import { beginError, storeError } from "./errors";

/** Kysely's own driver, whose errors are ours. */
class TranslatingDriver extends PostgresDriver {
  readonly #seen = new WeakSet<DatabaseConnection>();

  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection().catch(fail);
    if (this.#seen.has(connection)) return connection;
    this.#seen.add(connection);
    const execute = connection.executeQuery.bind(connection);
    connection.executeQuery = (query) => execute<never>(query).catch(fail);
    return connection;
  }

  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await super.beginTransaction(connection, settings).catch((error: unknown) => {
      throw beginError(error);
    });
  }
}

function fail(error: unknown): never {
  throw storeError(error);
}

/** Kysely's PostgreSQL dialect over a pool. */
export class SharedDialect extends PostgresDialect {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    super({ pool });
    this.#pool = pool;
  }

  override createDriver(): Driver {
    return new TranslatingDriver({ pool: this.#pool });
  }
}
