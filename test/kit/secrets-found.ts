import type { TestDatabase } from "./database";
import { APP, OWN_KEY } from "./people";
import { findSecrets } from "./secret-search";
import type { World } from "./world";

type Searched = Pick<World, "slack" | "tigris" | "log"> & { databases: TestDatabase[] };

/**
 * Looks through all of a world for secrets: one may be in the one call that posts it, the bot's own credentials nowhere.
 * @returns where they are
 */
export async function secretsFound({ slack, tigris, databases, log }: Searched): Promise<string[]> {
  const { botToken, appToken, signingSecret } = APP;
  const own = [botToken, appToken, signingSecret, OWN_KEY.secretAccessKey];
  const secrets = tigris.secrets().filter((secret) => secret !== OWN_KEY.secretAccessKey);
  const calls = slack.calls.map((call, index) => ({ name: `call ${index} of ${call.method}`, call }));
  const elsewhere = [
    { name: "log", content: log },
    ...(await Promise.all(databases.map((database) => database.contents()))).flat(),
    { name: "what Slack sent", content: slack.deliveries },
    { name: "calls to Tigris", content: tigris.calls },
  ];
  const posting = calls.filter(({ call }) => call.method === "chat.postEphemeral" && call.answer !== null);
  const postedTwice = secrets.filter(
    (secret) =>
      posting.filter(({ call }) => findSecrets([secret], [{ name: "", content: call.params }]).length > 0).length > 1,
  );
  return [
    ...findSecrets([...secrets, ...own], elsewhere),
    ...findSecrets(
      own,
      calls.map(({ name, call }) => ({ name, content: call.params })),
    ),
    ...findSecrets(
      secrets,
      calls
        .filter(({ call }) => call.method !== "chat.postEphemeral")
        .map(({ name, call }) => ({ name, content: call })),
    ),
    ...postedTwice.map(() => "a secret that was posted more than once"),
  ];
}
