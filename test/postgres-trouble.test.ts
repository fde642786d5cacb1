import { type AddressInfo, createServer } from "node:net";
import type { PostgresLocation } from "../src/domain/store-location";
import { openStoreOrFail } from "../src/open-store";
import { isWrongForGood, serverAdvice, serverReason } from "../src/postgres-trouble";
import { readinessChecks } from "../src/readiness";
import { StoreUnavailable } from "../src/workflow/store-errors";
import { createManualClock } from "./kit/manual-clock";

test.each([
  ["28P01", /check the user, the password/, true],
  ["28000", /pg_hba\.conf/, true],
  ["3D000", /no such database/, true],
  ["42501", /Roles in PostgreSQL/, true],
  ["25006", /can only be read/, false],
  ["53300", /max_connections, or run fewer bots\. Each needs up to 11\./, false],
  ["ENOENT", /sslrootcert/, true],
  ["ENOTFOUND", /check the host/, true],
  ["SELF_SIGNED_CERT_IN_CHAIN", /\?sslrootcert=/, true],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /\?sslrootcert=/, true],
  ["ERR_TLS_CERT_ALTNAME_INVALID", /as the certificate does/, true],
  ["ECONNREFUSED", /Check that the server runs/, false],
  ["ETIMEDOUT", /Check that the server runs/, false],
])("%s: what to do, and whether trying again is of any use", (code, advice, isForGood) => {
  expect(serverAdvice(code, true)).toMatch(advice);
  expect(isWrongForGood(code)).toBe(isForGood);
});

test("a server without TLS is told from one that is away", async () => {
  // What a server says to who asks for TLS and can't have it (PostgreSQL, message flow, SSLRequest).
  const server = createServer((socket) => socket.once("data", () => socket.end("N")).on("error", () => {}));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const location: PostgresLocation = {
    kind: "postgres",
    host: "127.0.0.1",
    port,
    user: "keybot",
    password: null,
    database: "keybot",
    tls: { kind: "verified", rootCertFile: null },
  };
  const clock = { ...createManualClock(), standsIn: false };
  await expect(openStoreOrFail(location, clock, {})).rejects.toMatchObject({
    message: expect.stringMatching(/may have no TLS: .* \?sslmode=disable/),
  });
  await new Promise((resolve) => server.close(resolve));
});

const withCode = (code: string) => Object.assign(new Error("it fails"), { code });

test.each([
  [new StoreUnavailable(withCode("ECONNREFUSED")), /does not answer, so nothing is made\. Check/],
  [new StoreUnavailable(withCode("53100")), /disk of the PostgreSQL server is full/],
  [new StoreUnavailable(withCode("53300")), /max_connections/],
  [withCode("25006"), /can only be read/],
  [withCode("42501"), /grant it its rights/],
  [withCode("SQLITE_BUSY"), /^The database can't be written\.$/],
])("readiness says of a database that throws %s what to do", async (error, reason) => {
  const { database } = readinessChecks({
    store: { check: () => Promise.reject(error), outbox: { approvalsFailure: async () => null } },
    isConnected: () => true,
    otherConnections: () => null,
    approvalsChannel: async () => ({ kind: "fit" }),
    channelWords: () => "",
    clockWarnings: () => [],
    groupProblems: async () => ({}),
    policy: async () => ({}),
    organization: async () => ({ kind: "same", source: "own_key" }),
  });
  const found = await database?.look();
  expect(found?.reasons).toEqual([expect.stringMatching(reason)]);
});

test("a code that is not PostgreSQL's is left to others", () => {
  expect(serverReason("SQLITE_FULL")).toBeUndefined();
});
