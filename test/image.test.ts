import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { readConfig } from "../src/config";
import { EXAMPLES } from "../src/config-examples";
import { FILE_EXAMPLES } from "../src/config-files";

const read = (name: string) => readFileSync(join(__dirname, "..", name), "utf8");

describe("the Dockerfile", () => {
  const lines = read("Dockerfile")
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith("FROM ")));
  const only = (instruction: string) => last.filter((line) => line.startsWith(`${instruction} `));

  test("has several stages, all from one Node 24 that its digest pins, and the last one installs nothing", () => {
    const stages = lines.filter((line) => line.startsWith("FROM ")).map((line) => line.split(" "));
    const names = stages.flatMap(([, , as, name]) => (as === "AS" ? [name] : []));
    const bases = stages.map(([, base]) => base).filter((base) => !names.includes(base));
    expect(stages.length).toBeGreaterThan(2);
    expect(bases).toEqual([bases[0], bases[0]]);
    expect(bases[0]).toMatch(/^node:24\.\d+\.\d+-bookworm-slim@sha256:[0-9a-f]{64}$/);
    expect(last.join("\n")).not.toMatch(/\bnpm\b/);
  });

  test("copies only what there is, and what the context has", () => {
    const context = new Set(read(".dockerignore").match(/(?<=^!).+$/gm));
    const sources = lines
      .filter((line) => line.startsWith("COPY ") && !line.includes("--from="))
      .flatMap((line) => line.split(" ").slice(1, -1));
    expect(new Set(sources)).toEqual(context);
    expect(sources.filter((source) => !existsSync(join(__dirname, "..", source)))).toEqual([]);
  });

  test("runs as nobody special, with commands in exec form", () => {
    expect(only("USER")).toEqual(["USER 1000:1000"]);
    expect(JSON.parse(only("CMD")[0]?.slice(4) ?? "")).toEqual(["node", "dist/main.js"]);
  });

  test("asks after its health with a program that is built", () => {
    const [node, built] = JSON.parse(only("HEALTHCHECK")[0]?.split(" CMD ")[1] ?? "");
    expect(node).toBe("node");
    expect(existsSync(join(__dirname, "..", built.replace(/^dist/, "src").replace(/js$/, "ts")))).toBe(true);
  });

  test("listens where published ports reach it", () => {
    expect(only("ENV")).toContain("ENV HOST=0.0.0.0");
  });

  test("writes to /data alone", () => {
    expect(only("ENV")).toContain("ENV DATABASE_URL=file:/data/tigris-key-bot.db");
    expect(only("VOLUME")).toEqual(["VOLUME /data"]);
  });
});

describe(".env.example", () => {
  const text = read(".env.example");

  test("has every variable that there is, once, each under a comment", () => {
    const named = [...text.matchAll(/^#?([A-Z_0-9]+)=/gm)].map(([, name]) => name);
    expect([...named].sort()).toEqual(Object.keys({ ...EXAMPLES, ...FILE_EXAMPLES }).sort());
    const uncommented = text.split(/\n\n/).filter((part) => !part.startsWith("# "));
    expect(uncommented).toEqual([]);
  });

  test("is not taken before it is filled in, and says what is left to do", () => {
    const reading = readConfig(parseEnv(text));
    expect(reading.ok ? [] : reading.problems.map(({ variable }) => variable)).toEqual([
      "SLACK_BOT_TOKEN",
      "SLACK_APP_TOKEN",
      "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY",
    ]);
  });

  test("shows the defaults of what is left out", () => {
    const filled = text
      .replace("xoxb-…", "xoxb-1")
      .replace("xapp-…", "xapp-1")
      .replace("tid_…", "tid_1")
      .replace("tsec_…", "tsec_1");
    const shown = filled.replaceAll(/^#(?=[A-Z_]+=.)/gm, "").replace(/^(?:REQUESTERS|OPERATOR|POLICY_FILE)=.*$/gm, "");
    expect(readConfig(parseEnv(shown))).toEqual(readConfig(parseEnv(filled)));
    expect(readConfig(parseEnv(filled)).ok).toBe(true);
  });
});
