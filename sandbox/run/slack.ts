import { startSlack } from "../slack";

/** The stand-in for Slack as a process: options as JSON in `STAND_IN_OPTIONS`; says on one line where it listens. */
async function main(): Promise<void> {
  const slack = await startSlack(JSON.parse(process.env.STAND_IN_OPTIONS ?? "{}"));
  process.stdout.write(`${JSON.stringify({ url: slack.url, personApiUrl: slack.personApiUrl })}\n`);
  process.once("SIGTERM", () => void slack.stop().then(() => process.exit(0)));
}

void main();
