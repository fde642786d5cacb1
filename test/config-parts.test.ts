import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTigrisAccess } from "../src/config-parts";

const KEY = { AWS_ACCESS_KEY_ID: "tid_a", AWS_SECRET_ACCESS_KEY: "tsec_a_secret" };

test("Tigris's part alone, with the defaults of the whole; what else is wrong does not matter", () => {
  const reading = readTigrisAccess({
    ...KEY,
    SLACK_BOT_TOKEN: "none",
    DATABASE_URL: "none",
    DATABASE_URL_FILE: "/none",
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const { tigris, proxy } = reading;
  expect(tigris.secretAccessKey.expose()).toBe(KEY.AWS_SECRET_ACCESS_KEY);
  expect({ ...tigris, secretAccessKey: null }).toEqual({
    accessKeyId: "tid_a",
    secretAccessKey: null,
    iamEndpoint: "https://iam.storage.dev",
    s3Endpoint: "https://t3.storage.dev",
    region: "auto",
  });
  expect(proxy).toBeNull();
});

test("a secret in a file and a proxy written small are taken as for the bot itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-"));
  writeFileSync(join(folder, "secret"), "tsec_from_a_file\n");
  const env = {
    AWS_ACCESS_KEY_ID: "tid_a",
    AWS_SECRET_ACCESS_KEY_FILE: join(folder, "secret"),
    https_proxy: "http://proxy.example:3128",
    no_proxy: "internal",
  };
  const reading = readTigrisAccess(env);
  rmSync(folder, { recursive: true });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  expect(reading.tigris.secretAccessKey.expose()).toBe("tsec_from_a_file");
  expect(reading.proxy?.url.expose()).toBe("http://proxy.example:3128");
  expect(reading.proxy?.direct).toEqual([{ host: "internal", port: null }]);
});

test("each mistake is told once, and nothing of what was set", () => {
  const env = { AWS_ACCESS_KEY_ID: "secret", AWS_SECRET_ACCESS_KEY_FILE: "/none", NODE_TLS_REJECT_UNAUTHORIZED: "0" };
  const reading = readTigrisAccess(env);
  const problems = reading.ok ? [] : reading.problems;
  expect(problems.map(({ variable }) => variable)).toEqual([
    "NODE_TLS_REJECT_UNAUTHORIZED",
    "AWS_SECRET_ACCESS_KEY_FILE",
    "AWS_ACCESS_KEY_ID",
  ]);
  expect(JSON.stringify(problems)).not.toContain('"secret"');
});
