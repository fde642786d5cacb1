import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IAMClient, ListAccessKeysCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ENDPOINT_URLS, FORMATS, handoutOf } from "../../../src/domain/permission";
import { type Credentials, firstCommand, snippetOf } from "../../../src/slack/secret/snippet";

const SECRET = "tsec_Q+1/x=.-_";
const KEY: Credentials = {
  keyName: "ci.up_loader-1",
  accessKeyId: "tid_one",
  secret: SECRET,
  urls: ENDPOINT_URLS.Fly,
  region: "auto",
};
const VARIABLES = {
  AWS_ACCESS_KEY_ID: "tid_one",
  AWS_SECRET_ACCESS_KEY: SECRET,
  AWS_ENDPOINT_URL_S3: "https://fly.storage.tigris.dev",
  AWS_ENDPOINT_URL_IAM: "https://fly.iam.storage.tigris.dev",
  AWS_REGION: "auto",
  AWS_DEFAULT_REGION: "auto",
};

test("a shell that runs the lines has Tigris's five variables, and the region that older clients read", () => {
  const print = "env -0";
  const out = execFileSync("sh", ["-c", `${snippetOf("shell", KEY)}\n${print}`], { env: { PATH: process.env.PATH } });
  const entries = out
    .toString()
    .split("\0")
    .filter((entry) => entry.startsWith("AWS_"));
  expect(Object.fromEntries(entries.map(splitOnce))).toEqual(VARIABLES);
  expect(snippetOf("shell", KEY).split("\n")).toHaveLength(6);
});

test("a .env file has the same without export", () => {
  expect(dotenv(snippetOf("dotenv", KEY))).toEqual(VARIABLES);
});

/** As the package `dotenv` reads a line: a value without quotes ends at a `#`, and is trimmed. */
function dotenv(text: string): Record<string, string> {
  const lines = text.matchAll(/^\s*(?:export\s+)?([\w.-]+)\s*=\s*([^#\r\n]*)(?:#.*)?$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name, value?.trim()]));
}

function splitOnce(entry: string): [string, string] {
  const at = entry.indexOf("=");
  return [entry.slice(0, at), entry.slice(at + 1)];
}

describe("a profile in AWS's own file", () => {
  let folder: string;
  const before = { ...process.env };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "profile-"));
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
    const file = join(folder, "config");
    writeFileSync(file, `[default]\nregion = eu-west-1\n\n${snippetOf("profile", KEY)}\n`);
    Object.assign(process.env, {
      AWS_CONFIG_FILE: file,
      AWS_SHARED_CREDENTIALS_FILE: join(folder, "none"),
      AWS_PROFILE: KEY.keyName,
    });
  });
  afterEach(() => {
    process.env = before;
    rmSync(folder, { recursive: true });
  });

  /** Whom a client of AWS's asks, as whom, once it has read the profile. */
  async function askedBy({ config }: S3Client | IAMClient, asked: () => string, sent: Promise<unknown>) {
    await expect(sent).rejects.toThrow("not sent");
    const { accessKeyId, secretAccessKey } = await config.credentials();
    return { url: asked(), accessKeyId, secretAccessKey, region: await config.region() };
  }

  /** Sends nothing, and remembers where it would have gone. */
  function nowhere() {
    let url = "";
    return {
      url: () => url,
      requestHandler: {
        handle: async ({ protocol, hostname }: { protocol: string; hostname: string }) => {
          url = `${protocol}//${hostname}`;
          throw new Error("not sent");
        },
      },
    };
  }

  test("is read by AWS's SDK: both endpoints, the region and the key", async () => {
    const same = { accessKeyId: "tid_one", secretAccessKey: SECRET, region: "auto" };
    const { url, requestHandler } = nowhere();
    const s3 = new S3Client({ requestHandler, maxAttempts: 1 });
    expect(await askedBy(s3, url, s3.send(new ListBucketsCommand({})))).toEqual({
      ...same,
      url: ENDPOINT_URLS.Fly.s3,
    });
    const iam = new IAMClient({ requestHandler, maxAttempts: 1 });
    expect(await askedBy(iam, url, iam.send(new ListAccessKeysCommand({})))).toEqual({
      ...same,
      url: ENDPOINT_URLS.Fly.iam,
    });
  });
});

test.each([
  ["shell", ["builds", "logs"], "aws s3 ls s3://builds"],
  ["dotenv", ["builds"], "aws s3 ls s3://builds"],
  ["profile", ["builds"], "aws s3 ls s3://builds --profile ci"],
  ["shell", null, "aws s3 ls"],
  ["profile", null, "aws s3 ls --profile ci"],
] as const)("the first command to try, %s", (format, names, command) => {
  const buckets = names === null ? ({ kind: "all" } as const) : ({ kind: "named", names } as const);
  expect(firstCommand({ keyName: "ci", access: { permission: "ReadOnly", buckets }, format })).toBe(command);
});

test("what is handed out names Tigris's endpoints, or those of this bot where they are others", () => {
  for (const own of Object.values(ENDPOINT_URLS))
    expect(handoutOf({ ...own, region: "auto" })).toEqual({
      offered: ["Default", "Fly"],
      urls: ENDPOINT_URLS,
      region: "auto",
    });
  const bot = { s3: "http://127.0.0.1:1", iam: "http://127.0.0.1:2", region: "eu-1" };
  const { offered, urls, region } = handoutOf(bot);
  expect({ offered, region }).toEqual({ offered: ["Default"], region: "eu-1" });
  for (const format of FORMATS) {
    const snippet = snippetOf(format, { ...KEY, urls: urls.Fly, region });
    expect(snippet).toContain(bot.s3);
    expect(snippet).toContain(bot.iam);
    expect(snippet).toContain("eu-1");
    expect(snippet).not.toContain("tigris.dev");
  }
  expect(handoutOf({ ...bot, s3: ENDPOINT_URLS.Default.s3 }).urls.Default.s3).toBe(ENDPOINT_URLS.Default.s3);
});
