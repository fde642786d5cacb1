import { ACTIONS } from "../../src/slack/ids";
import { APPROVALS, GENERAL } from "../kit/people";
import { until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { click } from "../safety/attacks/crafted";
import { approvalsCard, askForAdmin, askForReadOnly, keep } from "./play";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

test("a list that Slack doesn't take at its place: the DM says so", async () => {
  const { dana, slack } = world;
  slack.faults.arm({ call: "response_url" }, { kind: "refuse", status: 500, body: "no" });
  await dana.command("/tigris-key list", { in: GENERAL });
  await dana.until("the notice", () => dana.screen().some(({ text }) => text.includes("Slack didn't show you")));
});

test("a click that names one request, at the place of another's card, draws nothing over that card", async () => {
  const { ann, dana, slack, database } = world;
  await askForAdmin(world, dana, "first");
  await askForAdmin(world, dana, "second");
  const [first, second] = [approvalsCard(world, "first"), approvalsCard(world, "second")];
  const requests = await database.rows<{ id: string; asked_json: string }>("select id, asked_json from requests");
  const id = requests.find(({ asked_json: asked }) => JSON.parse(asked).keyName === "second")?.id;
  const place = { type: "message", channel_id: APPROVALS, message_ts: first?.ts, is_ephemeral: false };
  await slack.sendRaw("interaction", click(world, { id: ann.id }, ACTIONS.approve, id, { container: place }));
  await ann.until("the approval", () => approvalsCard(world, "second")?.text.includes("Approved by"));
  await until("all messages to be sent", async () => (await database.rows("select id from outbox")).length === 0);
  const after = ann.screen(APPROVALS).map(({ ts, text }) => ({ ts, text }));
  expect(after.find(({ ts }) => ts === first?.ts)?.text).toBe(first?.text);
  expect(after.find(({ ts }) => ts === second?.ts)?.text).toContain("Approved by");
});

test("a search of thousands of words finds nothing, and is answered", async () => {
  const { dana } = world;
  await dana.command(`/tigris-key delete ${"a(".repeat(2_400)}`, { in: GENERAL });
  await dana.until("the answer", () => dana.modal()?.text.includes("No key of yours is called a(a("));
});

test("one's own keys can be deleted while nobody can say who approves", async () => {
  const { dana, slack } = world;
  await askForReadOnly(dana, "leaked");
  await keep(dana, "leaked");
  const busy = { kind: "refuse", status: 429, headers: { "retry-after": "30" }, body: {} } as const;
  slack.faults.arm({ call: "usergroups.users.list", times: 100 }, busy);
  await dana.command("/tigris-key delete leaked", { in: GENERAL });
  await dana.until("the form", () => dana.modal()?.submit === "Delete key");
  await dana.submit();
  await dana.until("the end", () => dana.modal()?.text.includes("You deleted leaked"));
});
