import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { startSlack } from "../../sandbox/slack";
import type { Run } from "../../src/commands/command";
import { APP, CHANNELS, PEOPLE, TEAM, USER_GROUPS } from "../kit/people";

/** What a command said and how it ended. In what it says, the folder of the files is left out. */
export type Ran = { exitCode: number; said: string[]; complained: string };

export type PolicyCommands = {
  env: NodeJS.ProcessEnv;
  /** Writes a file, and gives its path. */
  file(text: string | Buffer): string;
  run(command: Run, ...args: string[]): Promise<Ran>;
  remove(): void;
};

/** The commands about policies, with a folder for files. */
export function policyCommands(): PolicyCommands {
  const folder = mkdtempSync(join(tmpdir(), "policy-"));
  const short = (text: string) => text.replaceAll(`${folder}/`, "");
  const commands: PolicyCommands = {
    env: {},
    file: (text) => {
      const path = join(folder, "policy.yaml");
      writeFileSync(path, text);
      return path;
    },
    run: async (command, ...args) => {
      let [said, complained] = ["", ""];
      const exitCode = await command({
        args,
        env: commands.env,
        stopping: new AbortController().signal,
        say: (text) => {
          said += text;
        },
        complain: (text) => {
          complained += text;
        },
      });
      return { exitCode, said: short(said).split("\n").slice(0, -1), complained: short(complained) };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
  return commands;
}

/** A stand-in for Slack, and how it is reached. */
export async function slackToAsk() {
  const manifest = parse(readFileSync(join(__dirname, "../../manifest.yml"), "utf8"));
  const slack = await startSlack({
    team: TEAM,
    people: PEOPLE,
    channels: CHANNELS,
    userGroups: USER_GROUPS,
    app: { ...APP, manifest, delivery: { kind: "socket" } },
    now: Date.now,
  });
  return { slack, env: { SLACK_BOT_TOKEN: APP.botToken, SLACK_API_URL: slack.url } };
}
