import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtBot } from "../kit/build";
import { PATIENCE_MS } from "../kit/process";

jest.setTimeout(PATIENCE_MS);

const manifest: unknown = JSON.parse(readFileSync(join(__dirname, "../../../package.json"), "utf8"));

function run(...line: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtBot(), ...line], { encoding: "utf8", env: {} });
  return { status, stdout, stderr };
}

test("the program that is installed is the built one, which says what runs it", () => {
  expect(manifest).toMatchObject({
    bin: { "tigris-key-bot": "dist/main.js" },
    scripts: { build: expect.stringMatching(/chmod \+x dist\/main\.js$/) },
  });
  expect(readFileSync(builtBot(), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test("help needs no configuration", () => {
  expect(run("help")).toEqual({ status: 0, stdout: expect.stringContaining("Usage: tigris-key-bot"), stderr: "" });
});

test("a word that is no command, and one too many, end it", () => {
  for (const line of [["stop"], ["start", "now"], ["start", "--port=1"]])
    expect(run(...line)).toEqual({ status: 64, stdout: "", stderr: expect.stringContaining("Usage: tigris-key-bot") });
});

test("without a command it starts, and says what is missing", () => {
  for (const line of [[], ["start"]])
    expect(run(...line)).toEqual({
      status: 78,
      stdout: "",
      stderr: expect.stringContaining("SLACK_BOT_TOKEN is missing"),
    });
});

test("a policy is checked, tested and explained without a bot", () => {
  const file = join(__dirname, "../../../docs/policies/teams-with-production.yaml");
  expect(run("policy", "check", file)).toMatchObject({ status: 0, stdout: expect.stringContaining("0 mistakes") });
  expect(run("policy", "test", file)).toEqual({ status: 0, stdout: "7 tests, none failed.\n", stderr: "" });
  const asked = ["--person", "U0DANA", "--permission", "Admin"];
  expect(run("policy", "explain", ...asked, file)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Rule "admin"'),
  });
  expect(run("policy", "from-env")).toEqual({
    status: 78,
    stdout: "",
    stderr: expect.stringContaining("APPROVERS is missing"),
  });
  for (const line of [["policy"], ["policy", "check"], ["policy", "start"]])
    expect(run(...line)).toEqual({ status: 64, stdout: "", stderr: expect.stringContaining("policy check FILE") });
});
