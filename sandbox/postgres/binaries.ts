import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where Debian's packages put the binaries of each version: `<version>/bin`. */
const DEBIAN = "/usr/lib/postgresql";

const HOW_TO_GET_IT =
  "PostgreSQL is not there: `apt-get install postgresql` gets it, or PG_BIN names the folder that holds its initdb and postgres.";

export type Binaries = { initdb: string; postgres: string; majorVersion: number };

/**
 * Finds PostgreSQL in the folder that `PG_BIN` names; where it names none, the newest of Debian's, or what is on the `PATH`.
 * @throws Error in words for whoever started this, where there is none
 */
export function findPostgres(env: NodeJS.ProcessEnv): Binaries {
  const folders = env.PG_BIN ? [env.PG_BIN] : [...debianFolders(), ...(env.PATH ?? "").split(delimiter)];
  const folder = folders.find((one) => ["initdb", "postgres"].every((name) => existsSync(join(one, name))));
  if (folder === undefined) throw new Error(env.PG_BIN ? `${HOW_TO_GET_IT} It names another one now.` : HOW_TO_GET_IT);
  const postgres = join(folder, "postgres");
  const version = execFileSync(postgres, ["--version"], { encoding: "utf8" });
  return { initdb: join(folder, "initdb"), postgres, majorVersion: Number(/\d+/.exec(version)?.[0]) };
}

function debianFolders(): string[] {
  if (!existsSync(DEBIAN)) return [];
  const versions = readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one));
  return versions.map((version) => join(DEBIAN, version, "bin"));
}
