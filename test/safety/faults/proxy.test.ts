import { Secret } from "../../../src/domain/secret";
import { type WaysOut, waysOut } from "../../../src/proxy";
import { openConnection } from "../../../src/slack/transport/connection";
import { createTigris } from "../../../src/tigris";
import { askForReadOnly, keep } from "../../e2e/play";
import { createManualClock } from "../../kit/manual-clock";
import { connected } from "../../kit/stand-ins";
import { timesOfTigris } from "../../kit/times";
import { CERTIFICATE_FILE, startTunnel, type Tunnel } from "../../kit/tunnel";
import { until } from "../../kit/until";
import { createWorld, endWorld } from "../../kit/world";
import { capturedLog } from "../../slack/transport/listening-app";
import { type BotProcess, PATIENCE_MS, PATIENT, startProcess } from "../kit/process";

jest.setTimeout(PATIENCE_MS);

let tunnel: Tunnel;
afterEach(() => tunnel.stop());

const portOf = (url: string) => Number(new URL(url).port);

test.each([["http"], ["https"]])(
  "the main job, through a proxy that is spoken to over %s and wants a password",
  async (scheme) => {
    const world = await createWorld("socket", { withoutBot: true, slack: { publicUrl: "https://slack.test" } });
    const { dana, slack, tigris, log } = world;
    const services = {
      "slack.test": portOf(slack.url),
      "iam.test": portOf(tigris.iamUrl),
      "s3.test": portOf(tigris.s3Url),
    };
    tunnel = await startTunnel(services, scheme === "https");
    const environment = {
      ...world.environment,
      SLACK_API_URL: "https://slack.test/api/",
      AWS_ENDPOINT_URL_IAM: "https://iam.test",
      AWS_ENDPOINT_URL_S3: "https://s3.test",
      https_proxy: `${scheme}://bot:Proxy%20Pass@localhost:${tunnel.port}`,
      NODE_EXTRA_CA_CERTS: CERTIFICATE_FILE,
    };
    let bot: BotProcess | null = null;
    try {
      bot = await startProcess({ ...world, environment });
      await connected(slack, 2, PATIENT);
      await askForReadOnly(dana, "ci");
      const shown = await keep(dana, "ci");
      expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
      bot.signal("SIGTERM");
      expect(await bot.ends()).toBe(0);
      expect(new Set(tunnel.wanted)).toEqual(new Set(["slack.test:443", "iam.test:443", "s3.test:443"]));
      expect(new Set(tunnel.authorizations)).toEqual(
        new Set([`Basic ${Buffer.from("bot:Proxy Pass").toString("base64")}`]),
      );
      expect(log.join("\n")).not.toMatch(/Proxy|Pass|localhost/);
    } finally {
      await bot?.kill();
      await endWorld(world);
    }
  },
);

describe.each(["the proxy", "the service behind it"])("where %s says nothing", (who) => {
  const LIMIT_MS = 300;
  let ways: WaysOut;
  beforeEach(async () => {
    tunnel = await startTunnel({ "slack.test": null, "iam.test": null });
    if (who === "the proxy") tunnel.manner = "is silent";
    const url = new Secret(`http://localhost:${tunnel.port}`);
    ways = waysOut({ url, direct: [] }, { clock: createManualClock(), log: capturedLog().log });
  });

  test("calls, connections and changes end by their own time limits, and what they opened is let go of", async () => {
    const fetching = ways.fetch("https://slack.test/", { signal: AbortSignal.timeout(LIMIT_MS) });
    await expect(fetching).rejects.toMatchObject({ name: "TimeoutError" });

    const { log, logger } = capturedLog();
    const slack = { appToken: new Secret("xapp-1-test"), apiUrl: "https://slack.test/api/", webSocket: ways.webSocket };
    const head = { hello: () => {}, left: () => {}, gone: () => {} };
    const other = { log, logger, enter: () => head, take: async () => {}, openTimeoutMs: LIMIT_MS };
    const opening = await openConnection({ ...slack, ...other }, new AbortController().signal);
    expect(opening).toMatchObject({ kind: "failed", code: "no_answer" });

    const account = { accessKeyId: "tid_own", secretAccessKey: new Secret("tsec_own"), region: "auto" };
    const tigris = createTigris({
      ...account,
      iamEndpoint: "https://iam.test",
      s3Endpoint: "https://iam.test",
      httpsAgent: ways.httpsAgent,
      timeouts: { mutateMs: LIMIT_MS, readMs: LIMIT_MS },
      ...timesOfTigris(),
      log,
    });
    expect(await tigris.deleteKey("tid_a")).toMatchObject({ kind: "lost", cause: "timeout" });
    expect(await tigris.listBuckets()).toMatchObject({ kind: "unavailable" });
    tigris.close();

    expect(tunnel.wanted.length).toBeGreaterThanOrEqual(4);
    await until("all connections to end", () => tunnel.guests() === 0, PATIENT);
  });
});
