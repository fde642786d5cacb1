import type { DirectHost } from "../src/config-proxy";
import { Secret } from "../src/domain/secret";
import { goesDirect, type WaysOut, waysOut } from "../src/proxy";
import { createManualClock } from "./kit/manual-clock";
import { startTunnel, type Tunnel } from "./kit/tunnel";
import { capturedLog } from "./slack/transport/listening-app";

const NO_PROXY: DirectHost[] = [
  { host: "corp.example", port: null },
  { host: "api.example", port: "8443" },
  { host: "fd00::1", port: null },
];

test.each<[string, boolean]>([
  ["slack.com:443", false],
  ["corp.example:443", true],
  ["deep.below.CORP.example.:443", true],
  ["notcorp.example:443", false],
  ["corp.example.evil:443", false],
  ["api.example:8443", true],
  ["api.example:443", false],
  ["[fd00::1]:443", true],
  ["[fd00::2]:443", false],
  ["localhost:443", true],
  ["my.localhost:443", true],
  ["127.9.9.9:443", true],
  ["127.0.0.1.evil.example:443", false],
  ["[::1]:443", true],
])("%s goes without the proxy: %s", (address, expected) => {
  const [, hostname = "", port = ""] = /^(.*):(\d+)$/.exec(address) ?? [];
  expect(goesDirect({ hostname, port }, NO_PROXY)).toBe(expected);
});

test("a star sends everything directly", () => {
  expect(goesDirect({ hostname: "slack.com", port: "443" }, [{ host: "*", port: null }])).toBe(true);
});

test("without a proxy the libraries go their own way", () => {
  const { log } = capturedLog();
  expect(waysOut(null, { clock: createManualClock(), log })).toEqual({ fetch, webSocket: null, httpsAgent: null });
});

describe("through a proxy", () => {
  let tunnel: Tunnel;
  afterEach(() => tunnel.stop());

  const clock = createManualClock();
  function through(userInfo = "", scheme = "http"): { ways: WaysOut; lines: object[] } {
    const { log, lines } = capturedLog();
    const url = new Secret(`${scheme}://${userInfo}localhost:${tunnel.port}`);
    return { ways: waysOut({ url, direct: [] }, { clock, log }), lines };
  }
  const failing = (ways: WaysOut) => ways.fetch("https://slack.test/").then(String, ({ cause }) => cause.code);

  test("that refuses, nothing is sent, and the log says so once a minute, without a credential", async () => {
    tunnel = await startTunnel({});
    tunnel.manner = { refuses: 407 };
    const { ways, lines } = through("bot:Proxy%20Pass@");
    for (const _ of [1, 2]) expect(await failing(ways)).toBe("PROXY_407");
    expect(lines).toMatchObject([{ level: "warn", event: "proxy.failed", code: "PROXY_407" }]);
    clock.advance(60_000);
    await failing(ways);
    expect(lines).toHaveLength(2);
    expect(tunnel.wanted).toEqual(Array(3).fill("slack.test:443"));
    const basic = Buffer.from("bot:Proxy Pass").toString("base64");
    expect(tunnel.authorizations).toEqual(Array(3).fill(`Basic ${basic}`));
    expect(JSON.stringify(lines)).not.toMatch(new RegExp(`Pass|${basic}|localhost`));
  });

  test("that hangs up, a call fails at once, and is not tried again", async () => {
    tunnel = await startTunnel({});
    tunnel.manner = "hangs up";
    const { ways, lines } = through();
    expect(await failing(ways)).toBe("PROXY_CLOSED");
    expect(tunnel.wanted).toEqual(["slack.test:443"]);
    expect(lines).toMatchObject([{ event: "proxy.failed", code: "PROXY_CLOSED" }]);
  });

  test.each([
    ["", undefined],
    ["bot@", "Basic Ym90Og=="],
  ])("whose address holds %j, it is asked as that", async (userInfo, expected) => {
    tunnel = await startTunnel({});
    tunnel.manner = { refuses: 403 };
    expect(await failing(through(userInfo).ways)).toBe("PROXY_403");
    expect(tunnel.authorizations).toEqual([expected]);
  });

  test("a service whose certificate nobody vouches for is not spoken to", async () => {
    tunnel = await startTunnel({ "slack.test": 1 });
    expect(await failing(through().ways)).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
    expect(tunnel.wanted).toEqual(["slack.test:443"]);
  });

  test("whose own certificate nobody vouches for, nobody is asked for", async () => {
    tunnel = await startTunnel({ "slack.test": 1 }, true);
    const { ways, lines } = through("", "https");
    expect(await failing(ways)).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
    expect(tunnel.wanted).toEqual([]);
    expect(lines).toMatchObject([{ event: "proxy.failed", code: "DEPTH_ZERO_SELF_SIGNED_CERT" }]);
  });

  test("that is not there, the log says so", async () => {
    tunnel = await startTunnel({});
    await tunnel.stop();
    const { ways, lines } = through();
    expect(await failing(ways)).toBe("ECONNREFUSED");
    expect(lines).toMatchObject([{ event: "proxy.failed", code: "ECONNREFUSED" }]);
    tunnel = await startTunnel({});
  });
});
