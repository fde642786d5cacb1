import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { transformFileSync } from "@swc/core";
import { healthAddress, isAlive } from "../src/health-check";
import { createServer } from "../src/server";
import { inTime } from "./kit/until";

const LOOPBACK = "127.0.0.1:3000";

test.each<[string, { HOST?: string; PORT?: string }, string]>([
  ["nothing", {}, LOOPBACK],
  ["only empty texts", { HOST: "", PORT: " " }, LOOPBACK],
  ["all addresses of IPv4", { HOST: "0.0.0.0" }, LOOPBACK],
  ["all addresses of both kinds", { HOST: "::" }, LOOPBACK],
  ["the loopback address of IPv6", { HOST: "::1", PORT: "8080" }, "::1:8080"],
  ["an address of its own", { HOST: "192.0.2.7" }, "192.0.2.7:3000"],
  ["a name", { HOST: "localhost" }, "localhost:3000"],
  ["brackets around IPv6", { HOST: "[::1]" }, "::1:3000"],
  ["spaces around both", { HOST: " ::1 ", PORT: "\t3001 " }, "::1:3001"],
])("in an environment with %s, it knows where to ask", (_what, env, expected) => {
  const { host, port } = healthAddress(env);
  expect(`${host}:${port}`).toBe(expected);
});

const folder = mkdtempSync(join(tmpdir(), "health-check-"));
const program = join(folder, "health-check.js");
beforeAll(() => {
  const { code } = transformFileSync(join(__dirname, "../src/health-check.ts"), {
    jsc: { target: "es2022", parser: { syntax: "typescript" } },
    module: { type: "commonjs" },
  });
  writeFileSync(program, code);
});
afterAll(() => rmSync(folder, { recursive: true }));

const servers: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** Runs the program that the image runs. @returns its exit code */
async function exitCode(env: { HOST: string; PORT: string }): Promise<unknown> {
  const child = spawn(process.execPath, [program], { env, stdio: "inherit" });
  const [code] = await inTime("the end of the health check", once(child, "exit"));
  return code;
}

test.each(["0.0.0.0", "::", "::1", "127.0.0.1", "localhost", " 127.0.0.1 ", " :: "])(
  "a bot that listens at HOST='%s' is found, also one that waits, and missed once it has stopped",
  async (HOST) => {
    const server = createServer({
      port: 0,
      host: HOST.trim(),
      readiness: async () => ({ reasons: ["It waits."], warnings: [] }),
      slackEvents: null,
      log: { error: () => {} },
    });
    servers.push(server);
    const PORT = ` ${await server.start()}`;
    expect(await exitCode({ HOST, PORT })).toBe(0);
    await server.stop();
    expect(await exitCode({ HOST, PORT })).toBe(1);
  },
);

test("another program on the port is no bot", async () => {
  const other = createHttpServer((_request, response) => response.writeHead(404).end());
  await once(other.listen(0, "127.0.0.1"), "listening");
  servers.push({ stop: async () => void (await once(other.close(), "close")) });
  const { port } = other.address() as AddressInfo;
  expect(await isAlive({ host: "127.0.0.1", port })).toBe(false);
});
