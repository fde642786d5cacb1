import { type PostgresServer, startPostgres } from "../../../sandbox/postgres/server";
import { buildBot } from "../../safety/kit/build";
import { SERVER_VARIABLE } from "../database";
import { prepare } from "./server";
import { shared } from "./shared";

/**
 * Builds the bot that some tests start, and starts the one server of a run of Jest. Its workers, which start afterwards, find
 * both in their environment.
 */
export default async function setUp(): Promise<void> {
  buildBot();
  const server = await startPostgres({ isDurable: false }).catch(endInWords);
  shared.server = server;
  await prepare(server.url);
  process.env[SERVER_VARIABLE] = server.url;
}

/** Jest would put its own stack around the sentence that says what is missing. */
function endInWords(error: Error): Promise<PostgresServer> {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
