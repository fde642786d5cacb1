import { type BlocksValidateResponse, ErrorCode, type WebAPIPlatformError, WebClient } from "@slack/web-api";
import { gallery } from ".";
import type { Entry } from "./entry";

/** Slack's codes for what it would not take; any other is about the call itself. */
const FOUND = ["invalid_blocks", "invalid_message", "invalid_view"];

/**
 * Has Slack look at entries, one after the other, and shows them to nobody. Where it is asked too often, the client waits as
 * long as Slack says.
 * @returns what Slack would not take, a line each, with where it stands
 * @throws where Slack can't be asked
 */
export async function problemsIn(entries: readonly Entry[], client: WebClient): Promise<string[]> {
  const problems: string[] = [];
  for (const entry of entries)
    for (const { pointer = "", message = "", code = "" } of await errorsOf(entry, client))
      problems.push(`${entry.group}, ${entry.name}: ${pointer || "/"} ${message || code}`);
  return problems;
}

type Errors = NonNullable<BlocksValidateResponse["errors"]>;

async function errorsOf(entry: Entry, client: WebClient): Promise<Errors> {
  try {
    await client.blocks.validate(
      entry.kind === "message" ? { message: { blocks: entry.message.blocks } } : { view: entry.view },
    );
    return [];
  } catch (error) {
    if (!isRefusal(error) || !FOUND.includes(error.data.error)) throw error;
    const { errors = [{ code: error.data.error }] } = error.data as BlocksValidateResponse;
    return errors;
  }
}

function isRefusal(error: unknown): error is WebAPIPlatformError {
  return (error as { code?: unknown } | null)?.code === ErrorCode.PlatformError;
}

/**
 * `npm run check:blocks`: everything that the bot shows, to Slack's own check.
 * @param environment SLACK_BOT_TOKEN, of any app, needs no scope; SLACK_API_URL is another Slack
 * @returns the exit code
 */
export async function checkBlocks(environment: NodeJS.ProcessEnv, say: (line: string) => void): Promise<number> {
  const { SLACK_BOT_TOKEN: token, SLACK_API_URL: slackApiUrl } = environment;
  if (!token) {
    say("Set SLACK_BOT_TOKEN to a bot token of any Slack app: it needs no scope, and nothing is posted.");
    return 2;
  }
  const entries = gallery();
  const client = new WebClient(token, { ...(slackApiUrl ? { slackApiUrl } : {}), allowAbsoluteUrls: false });
  const problems = await problemsIn(entries, client);
  for (const problem of problems) say(problem);
  say(`Slack looked at ${entries.length} messages and views: ${problems.length} problems.`);
  return problems.length === 0 ? 0 : 1;
}
