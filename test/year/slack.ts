import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { ChannelData, PersonData, UserGroupData } from "../../sandbox/slack/options";
import { handleCall } from "../../sandbox/slack/web-api/handle";
import { type Message, Workspace } from "../../sandbox/slack/workspace";
import { APP, TEAM } from "../kit/people";

const MANIFEST = join(__dirname, "../../manifest.yml");
const URL_OF_SLACK = "https://slack.year.invalid";

export type YearSlack = {
  workspace: Workspace;
  apiUrl: string;
  /** What the bot calls Slack by, without the wire. */
  fetch: typeof fetch;
};

/** The stand-in for Slack in memory. @param onMessage is told of each message of the bot's as it is posted */
export function createYearSlack(options: {
  now: () => number;
  people: PersonData[];
  channels: ChannelData[];
  userGroups: UserGroupData[];
  onMessage: (message: Message) => void;
}): YearSlack {
  const { onMessage, ...known } = options;
  const app = { ...APP, manifest: parse(readFileSync(MANIFEST, "utf8")), delivery: { kind: "socket" } as const };
  const workspace = new Workspace({ ...known, team: TEAM, app });
  workspace.baseUrl = URL_OF_SLACK;
  workspace.changes.on("change", (change) => {
    if (change.kind === "message" && change.message.editedTs === null) onMessage(change.message);
  });
  return {
    workspace,
    apiUrl: `${URL_OF_SLACK}/api/`,
    fetch: async (...call) => {
      const request = new Request(...call);
      const { pathname, searchParams: query } = new URL(request.url);
      const method = pathname.slice("/api/".length);
      const headers = Object.fromEntries(request.headers);
      const answer = await handleCall(workspace, { method, query }, { headers }, await request.text());
      // A year's calls would fill the memory.
      workspace.calls.length = 0;
      if (answer === null) throw new TypeError("the connection was cut");
      return new Response(answer.body, { status: answer.status, headers: answer.headers ?? {} });
    },
  };
}
