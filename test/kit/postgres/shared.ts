import type { PostgresServer } from "../../../sandbox/postgres/server";

/** What Jest's global setup hands to its teardown. */
export const shared: { server: PostgresServer | null } = { server: null };
