import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { SlackStandIn } from "../../../sandbox/slack";
import { startTinyApp } from "./tiny-app";
import { ANN, GENERAL, startWorkspace } from "./workspace";

describe("Bolt's own receiver", () => {
  let slack: SlackStandIn;
  let app: { stop(): Promise<void> };
  const heard: string[] = [];
  beforeEach(async () => {
    heard.length = 0;
    slack = await startWorkspace();
    app = await startTinyApp(slack, "http", (bolt) =>
      bolt.command("/try", async ({ ack, command }) => {
        heard.push(command.text);
        await ack("Taken");
      }),
    );
  });
  afterEach(async () => {
    await app.stop();
    await slack.stop();
  });

  test("takes a signed command and answers it", async () => {
    const ann = slack.person(ANN);
    await ann.command("/try A & B <tag>", { in: GENERAL });
    expect(heard).toEqual(["A &amp; B &lt;tag&gt;"]);
    await ann.until("the answer", () => ann.screen(GENERAL).at(-1)?.text === "Taken");
  });

  test("refuses a forged, a missing and an old signature", async () => {
    await slack.person(ANN).command("/try it");
    const [sending] = slack.deliveries;
    if (!sending) throw new Error("nothing was delivered");
    const body = slack.bodyOf(sending);
    expect((await slack.postRaw(body)).status).toBe(200);
    const old = String(Math.floor(Date.now() / 1_000) - 301);
    for (const headers of [
      { "x-slack-signature": `v0=${"0".repeat(64)}` },
      { "x-slack-signature": "" },
      { "x-slack-request-timestamp": old },
    ])
      expect((await slack.postRaw(body, headers)).status).toBe(401);
    expect(heard).toEqual(["it", "it"]);
  });

  test("may be asked once more, or with a payload of a test's own", async () => {
    await slack.person(ANN).command("/try it");
    expect(await slack.redeliver(-1)).toEqual({ kind: "acked", body: "Taken" });
    const payload = { ...slack.deliveries[0]?.payload, text: "made up" };
    expect(await slack.sendRaw("command", payload)).toMatchObject({ kind: "acked" });
    expect(heard).toEqual(["it", "it", "made up"]);
  });
});

describe("an app that does not answer well", () => {
  let slack: SlackStandIn;
  let server: Server | null = null;
  afterEach(async () => {
    await slack.stop();
    server?.closeAllConnections();
    server?.close();
  });

  async function startWith(status: number | null): Promise<void> {
    slack = await startWorkspace();
    server = createServer((_request: IncomingMessage, response) => {
      if (status !== null) response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
    slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  test.each([
    [500, "http_error 500"],
    [302, "http_error 302"],
    [null, "operation_timeout"],
  ])("status %s: %s", async (status, reason) => {
    await startWith(status);
    await slack.person(ANN).command("/try it");
    expect(slack.person(ANN).toasts()).toEqual([`/try failed with the error "${reason}"`]);
    expect(slack.deliveries[0]?.ackedAt).toBeNull();
  });

  test("nobody listens", async () => {
    slack = await startWorkspace();
    slack.deliverTo("http://127.0.0.1:1/");
    await slack.person(ANN).command("/try it");
    expect(slack.person(ANN).toasts()).toEqual(['/try failed with the error "dispatch_failed"']);
  });
});
