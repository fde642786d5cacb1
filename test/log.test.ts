import { Secret } from "../src/domain/secret";
import { createLog, type EventLog, sdkLogger } from "../src/log";

const TOKENS = [
  "xoxb-1-bot-token",
  "xoxe.xoxb-1-rotated",
  "xapp-1-app-token",
  "tsec_a_Secret/Access+Key=",
  "tsec_lowercase",
];
const SIGNING_SECRET = "0123456789abcdef0123456789abcdef";

function captured(level: Parameters<typeof createLog>[0]["level"] = "trace"): {
  log: EventLog;
  lines: Record<string, unknown>[];
  written: () => string;
} {
  const texts: string[] = [];
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => {
    texts.push(line);
    lines.push(JSON.parse(line));
  };
  return { log: createLog({ level, destination: { write } }), lines, written: () => texts.join("") };
}

function coded(code: unknown, message = "", name = "Error"): Error {
  return Object.assign(new Error(message), { code, name });
}

test("an event is one line of JSON with its level, its time and its fields", () => {
  const { log, lines, written } = captured("info");
  log.debug({ event: "below.the.level" });
  log.info({ event: "request.approved", requestId: "r1", actor: "U0ALICE" });
  expect(lines).toEqual([
    { level: "info", time: expect.any(String), event: "request.approved", requestId: "r1", actor: "U0ALICE" },
  ]);
  expect(written()).toMatch(/^\{[^\n]+\}\n$/);
});

test("a child adds its fields, scrubbed like all others", () => {
  const { log, lines } = captured();
  log.child({ requestId: "r1", botToken: "plain" }).warn({ event: "request.slow" });
  expect(lines[0]).toMatchObject({ level: "warn", event: "request.slow", requestId: "r1", botToken: "[redacted]" });
});

test("silent is silent", () => {
  const { log, written } = captured("silent");
  log.error({ event: "broken" });
  expect(written()).toBe("");
});

test("values under telling names are masked at every depth", () => {
  const { log, lines } = captured();
  const telling = {
    token: "a",
    signing_secret: "a",
    Authorization: "a",
    "x-slack-signature": "a",
    view: {},
    text: "a",
  };
  log.info({ event: "call", ...telling, request: { headers: { a: 1 }, list: [{ blocks: [1], body: "a", ok: true }] } });
  expect(lines[0]).toMatchObject({
    ...Object.fromEntries(Object.keys(telling).map((key) => [key, "[redacted]"])),
    request: { headers: "[redacted]", list: [{ blocks: "[redacted]", body: "[redacted]", ok: true }] },
  });
});

test.each(TOKENS)("a credential is masked wherever it stands: %s", (token) => {
  const { log, written } = captured();
  log.info({ event: token, note: `it is ${token}\nnext`, [token]: 1, deep: [{ note: token }] });
  log.child({ note: token }).error({ event: "failed", err: coded(token, token, token) });
  expect(written()).not.toContain(token);
  expect(written()).toContain("[redacted]");
});

test("a Secret, an instance of a class, a function, a long text and what lies deep are no data for a log", () => {
  const { log, lines } = captured();
  const odd = { made: new Secret("plain"), map: new Map([["a", "plain"]]), call: () => "plain", long: "a".repeat(300) };
  log.info({ event: "odd", ...odd, a: { b: { c: { d: { e: "plain" } } } } });
  expect(lines[0]).toMatchObject({
    made: "[object]",
    map: "[object]",
    call: "[function]",
    a: { b: { c: { d: "[deep]" } } },
  });
  expect(lines[0]?.long).toBe(`${"a".repeat(200)}…`);
});

test("an error keeps its name, its code and its frames, and loses its text, its cause and its properties", () => {
  const { log, lines, written } = captured();
  const error = Object.assign(
    new TypeError("payload one\n    at payload (two:1:1)\npayload three", { cause: "payload" }),
    {
      code: "ERR_INVALID",
      answer: "payload four",
    },
  );
  log.error({ event: "failed", err: error, others: [error] });
  expect(lines[0]?.err).toEqual({
    name: "TypeError",
    code: "ERR_INVALID",
    stack: expect.stringMatching(/^at .*log\.test\.ts:\d+:\d+/),
  });
  expect(written()).not.toContain("payload");
  expect(lines[0]).not.toHaveProperty("msg");
});

describe("the bridge for the SDKs' loggers", () => {
  const secrets = [...TOKENS, SIGNING_SECRET];

  test("passes no argument on, of any kind, at any level", () => {
    const { log, written } = captured();
    const logger = sdkLogger(log, "slack.bolt");
    for (const secret of secrets) {
      const carriers = [
        secret,
        `a ${secret}`,
        { secret },
        [secret],
        coded(secret, secret, secret),
        Buffer.from(secret),
      ];
      for (const carrier of [...carriers, new Error(secret, { cause: secret }), coded({ secret })]) {
        for (const level of ["trace", "debug", "info", "warn", "error"] as const) {
          logger[level](carrier);
          logger[level]("said", carrier);
          logger[level](carrier, carrier);
        }
      }
      logger.setName(secret);
    }
    for (const secret of secrets) expect(written()).not.toContain(secret);
    expect(written()).not.toContain("said");
  });

  test("drops what is less than a warning", () => {
    const { log, written } = captured();
    const logger = sdkLogger(log, "slack.bolt");
    for (const level of ["trace", "debug", "info"] as const) logger[level]("noise");
    expect(written()).toBe("");
  });

  test("turns an error into its code, also behind a text, and a text into a fingerprint of it", () => {
    const { log, lines } = captured();
    const logger = sdkLogger(log, "slack.web-api");
    logger.error("Slack API error: x", coded("slack_webapi_platform_error", "", "WebAPIPlatformError"));
    logger.warn("http request failed", "ECONNREFUSED 127.0.0.1");
    logger.warn({ some: "object" });
    const line = { level: "warn", time: expect.any(String), event: "sdk.warning", source: "slack.web-api" };
    expect(lines).toEqual([
      { ...line, level: "error", event: "sdk.error", name: "WebAPIPlatformError", code: "slack_webapi_platform_error" },
      { ...line, fingerprint: expect.stringMatching(/^[0-9a-f]{8}$/) },
      line,
    ]);
  });

  test("never says that it wants debug texts, whatever it is set to", () => {
    const logger = sdkLogger(captured("trace").log, "slack.bolt");
    for (const level of ["debug", "info", "error"]) {
      Reflect.apply(logger.setLevel, logger, [level]);
      expect(logger.getLevel()).toBe("warn");
    }
  });
});
