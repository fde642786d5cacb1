import Database from "libsql";
import { Client } from "pg";
import { SESSION } from "../../src/store/postgres/connection";
import { type TestDatabase, testedDatabase } from "../kit/database";

type Statement = { sql: string; parameters: readonly unknown[] };

/** How a database would run these statements. @returns what it would read from end to end, as it says so */
export function readWhole(database: Omit<TestDatabase, "remove">, statements: Statement[]): Promise<string[]> {
  return { sqlite, postgres }[testedDatabase](database, statements);
}

async function sqlite({ file }: Pick<TestDatabase, "file">, statements: Statement[]): Promise<string[]> {
  const db = new Database(file, { readonly: true });
  try {
    return statements
      .flatMap(
        ({ sql, parameters }) => db.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[],
      )
      .map(({ detail }) => detail)
      .filter((detail) => /^SCAN (?!\(|CONSTANT ROW|.*(USING|VIRTUAL TABLE))/.test(detail));
  } finally {
    db.close();
  }
}

/** In a session that is set as the bot's are. */
async function postgres({ url }: Pick<TestDatabase, "url">, statements: Statement[]): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(SESSION);
    const plans: string[] = [];
    for (const { sql, parameters } of statements) {
      const { rows } = await client.query({ text: `explain ${sql}`, values: [...parameters], rowMode: "array" });
      plans.push(...rows.flat());
    }
    return plans.filter((line) => line.includes("Seq Scan"));
  } finally {
    await client.end();
  }
}
