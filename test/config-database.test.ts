import { inspect } from "node:util";
import { database } from "../src/config-database";
import { readDatabaseLocation } from "../src/config-parts";
import { Secret } from "../src/domain/secret";
import type { PostgresLocation, StoreLocation } from "../src/domain/store-location";

test.each([
  ["file:keys.db", "keys.db"],
  ["file:./data/keys.db", "./data/keys.db"],
  ["file:../keys.db", "../keys.db"],
  ["file:/data/keys.db", "/data/keys.db"],
  ["file:///data/keys.db", "/data/keys.db"],
  ["file:/data dir/keys.db", "/data dir/keys.db"],
])("%s is the file %s of SQLite", (text, file) => {
  expect(database.parse(text)).toEqual({ kind: "sqlite", file });
});

const SERVER: PostgresLocation = {
  kind: "postgres",
  host: "db.example",
  port: 5432,
  user: "bot",
  password: new Secret("pw"),
  database: "keys",
  tls: { kind: "verified", rootCertFile: null },
};
const LOCAL: Partial<PostgresLocation> = { tls: { kind: "off" } };

/** With the password in the clear, so that it can be compared. */
function shown(location: StoreLocation) {
  return location.kind === "sqlite" ? location : { ...location, password: location.password?.expose() ?? null };
}

const taken: [text: string, means: Partial<PostgresLocation>][] = [
  ["postgres://bot:pw@db.example/keys", {}],
  ["postgresql://bot:pw@db.example/keys", {}],
  ["POSTGRES://bot:pw@db.example/keys", {}],
  ["postgres://bot:pw@db.example:6432/keys", { port: 6432 }],
  ["postgres://bot@db.example/keys", { password: null }],
  ["postgres://bot:@db.example/keys", { password: null }],
  ["postgres://bot:p%40ss%2Fw%3Ard%25%3F%23%20@db.example/keys", { password: new Secret("p@ss/w:rd%?# ") }],
  ["postgres://bot:%C3%BC@db.example/keys", { password: new Secret("ü") }],
  ["postgres://b%40t:pw@db.example/key%20store", { user: "b@t", database: "key store" }],
  // On this machine nobody stands between.
  ["postgres://bot:pw@localhost/keys", { host: "localhost", ...LOCAL }],
  ["postgres://bot:pw@127.0.0.1/keys", { host: "127.0.0.1", ...LOCAL }],
  ["postgres://bot:pw@127.1.2.3/keys", { host: "127.1.2.3", ...LOCAL }],
  ["postgres://bot:pw@[::1]:5433/keys", { host: "::1", port: 5433, ...LOCAL }],
  ["postgres://bot:pw@[2001:db8::1]/keys", { host: "2001:db8::1" }],
  ["postgres://bot:pw@10.0.0.1/keys", { host: "10.0.0.1" }],
  // What looks as if it were on this machine.
  ["postgres://bot:pw@localhost.evil.example/keys", { host: "localhost.evil.example" }],
  ["postgres://bot:pw@127.0.0.1.evil.example/keys", { host: "127.0.0.1.evil.example" }],
  ["postgres://bot:pw@db.example/keys?sslmode=disable", { tls: { kind: "off" } }],
  ["postgres://bot:pw@db.example/keys?sslmode=require", {}],
  ["postgres://bot:pw@db.example/keys?sslmode=verify-ca", {}],
  ["postgres://bot:pw@db.example/keys?sslmode=verify-full", {}],
  ["postgres://bot:pw@localhost/keys?sslmode=verify-full", { host: "localhost" }],
  [
    "postgres://bot:pw@db.example/keys?sslmode=verify-full&sslrootcert=/run/ca.pem",
    { tls: { kind: "verified", rootCertFile: "/run/ca.pem" } },
  ],
  [
    "postgres://bot:pw@db.example/keys?sslrootcert=%2Frun%2Fmy%20ca.pem",
    { tls: { kind: "verified", rootCertFile: "/run/my ca.pem" } },
  ],
  ["postgres://bot:pw@/keys?host=/var/run/postgresql", { host: "/var/run/postgresql", ...LOCAL }],
  ["postgres://bot@/keys?host=%2Fvar%2Frun", { host: "/var/run", password: null, ...LOCAL }],
];

test.each(taken)("%s is a PostgreSQL database", (text, means) => {
  expect(shown(database.parse(text))).toEqual(shown({ ...SERVER, ...means }));
});

const ENCODING = ": a password is written with % codes for all but letters and digits, such as %40 for @";

const refused: [text: string, problem: string][] = [
  ["./keys.db", "is neither the file: URL of a file nor a postgres:// URL"],
  ["mysql://bot:pw@db/keys", "is neither the file: URL of a file nor a postgres:// URL"],
  ["file:", "is neither the file: URL of a file nor a postgres:// URL"],
  ["file:./data/", "is neither the file: URL of a file nor a postgres:// URL"],
  ["file:/", "is neither the file: URL of a file nor a postgres:// URL"],
  ["file://server/keys.db", "is neither the file: URL of a file nor a postgres:// URL"],
  ["file::memory:", "is neither the file: URL of a file nor a postgres:// URL"],
  ["file:keys.db?mode=memory", "is neither the file: URL of a file nor a postgres:// URL"],
  ["file:keys%2edb", "is neither the file: URL of a file nor a postgres:// URL"],
  ["postgres:", "names no user"],
  ["postgres://bot:pw@db.example:port/keys", `is not a URL${ENCODING}`],
  ["postgres://bot:pw@db.example:70000/keys", `is not a URL${ENCODING}`],
  ["postgres://bot:pw@/keys", "names no host"],
  ["postgres:///keys", "names no host"],
  ["postgres://bot:pw@/keys?host=db.example", "has a host= that is not the folder of a socket"],
  ["postgres://bot:pw@db.example/keys?host=", "has a host= that is not the folder of a socket"],
  ["postgres://db.example/keys", "names no user"],
  ["postgres:///keys?host=/var/run/postgresql", "names no user"],
  ["postgres://bot:pw@db.example", "names no database"],
  ["postgres://bot:pw@db.example/", "names no database"],
  ["postgres://bot:pw@db.example/keys/more", "names no database"],
  ["postgres://bot:pw@db.example/keys%2Fmore", "names no database"],
  ["postgres://bot:p#w@db.example/keys", `is not a URL${ENCODING}`],
  ["postgres://bot:p%zz@db.example/keys", `is not encoded as a URL${ENCODING}`],
  ["postgres://bot:pw@db.example/keys?sslmode=prefer", "has an sslmode other than disable, require and verify-full"],
  ["postgres://bot:pw@db.example/keys?sslmode=allow", "has an sslmode other than disable, require and verify-full"],
  ["postgres://bot:pw@db.example/keys?sslmode=", "has an sslmode other than disable, require and verify-full"],
  ["postgres://bot:pw@db.example/keys?sslcert=me.pem", "has a parameter besides sslmode, sslrootcert, host"],
  ["postgres://bot:pw@db.example/keys?options=-c%20x", "has a parameter besides sslmode, sslrootcert, host"],
  ["postgres://bot:pw@db.example/keys?user=root", "has a parameter besides sslmode, sslrootcert, host"],
];

test.each(refused)("%s is refused", (text, problem) => {
  const parsed = database.safeParse(text);
  expect(parsed.error?.issues.map(({ message }) => message)).toEqual([problem]);
});

test("nothing of what was set is ever repeated", () => {
  const texts = [...refused.map(([text]) => text), "postgres://Needle:Needle@Needle/Needle/Needle?Needle=Needle"];
  for (const text of texts) {
    const told = database.safeParse(text.replaceAll("pw", "Needle"));
    expect(JSON.stringify(told.error?.issues.map(({ message }) => message))).not.toContain("Needle");
  }
});

test("a password is never printed with where the store is", () => {
  const location = database.parse("postgres://bot:Needle@db.example/keys");
  const printed = JSON.stringify(location) + inspect(location, { depth: null, showHidden: true });
  expect(printed).not.toContain("Needle");
});

test.each([
  ["./keys.db", "file:./data/tigris-key-bot.db"],
  ["postgres://db/keys", "postgres://keybot:password@db.example/keybot"],
])("what is wrong with DATABASE_URL=%s is told with an example of its kind", (value, example) => {
  const reading = readDatabaseLocation({ DATABASE_URL: value });
  expect(!reading.ok && reading.problems.map((problem) => problem.example)).toEqual([example]);
});
