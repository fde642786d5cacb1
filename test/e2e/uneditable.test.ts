import { APPROVALS } from "../kit/people";
import { type World, worldForEach } from "../kit/world";
import { approvalsCard, askForAdmin, card, keep, rang } from "./play";
import { keyCard, pressNewSecret, unsavedKey } from "./play-secrets";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

/** Slack refuses the next change of a message in a channel. */
function refuseChange(channel: string, error: string): void {
  world.slack.faults.arm(
    { call: "chat.update", match: (params) => params.channel === channel },
    { kind: "refuse", status: 200, body: { ok: false, error } },
  );
}

const CODES = ["edit_window_closed", "cant_update_message", "message_not_found", "is_inactive", "msg_too_long"];

test.each(CODES)("a requester's card that can't be edited (%s): a new one is posted, and lives on", async (code) => {
  const { dana, ann, slack } = world;
  await askForAdmin(world, dana, "deploy");
  const old = card(dana, "deploy");
  refuseChange(dana.dm(), code);
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the new card", () => card(dana, "deploy")?.text.includes("approved by @ann"));
  expect(dana.screen().find(({ ts }) => ts === old?.ts)?.text).toContain("Waiting for");
  const posted = card(dana, "deploy")?.ts;
  await keep(dana, "deploy");
  expect(card(dana, "deploy")).toMatchObject({ ts: posted, text: expect.stringContaining("🔑 On · ") });
  expect(slack.calls.filter(({ method, params }) => method === "chat.update" && params.ts === posted)).not.toEqual([]);
});

test.each(CODES)("an approvals card that can't be edited (%s): a new one is posted", async (code) => {
  const { dana, ann } = world;
  await askForAdmin(world, dana, "deploy");
  refuseChange(APPROVALS, code);
  await dana.press("Cancel request", { in: dana.dm() });
  const cards = () => ann.screen(APPROVALS).filter(({ text }) => text.includes("deploy"));
  await ann.until("the new card", () => cards().length === 2);
  expect(cards()[0]?.text).toContain("Admin key for @dana");
  expect(cards()[1]?.text).toContain("Canceled by @dana");
});

test("a workspace that lets nobody edit: each card is a new message, and the button that people are sent to is there", async () => {
  const { dana, ann, slack, clock } = world;
  slack.setEditWindow(0);
  await askForAdmin(world, dana, "deploy");
  clock.advance(1_000);
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the ring", () => rang(world, dana, "@ approved deploy: press Show my secret.") === 1);
  await dana.until("the button", () => card(dana, "deploy")?.buttons.some(({ label }) => label === "Show my secret"));
  const shown = await keep(dana, "deploy");
  expect((await world.tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
});

test("a note whose card is gone stands in the channel itself", async () => {
  const { dana, ann, slack } = world;
  const key = await unsavedKey(world);
  await dana.until("the button", () => keyCard(world, key)?.buttons.some(({ label }) => label === "New secret"));
  slack.faults.arm(
    { call: "chat.postMessage", match: ({ thread_ts }) => thread_ts !== undefined },
    { kind: "refuse", status: 200, body: { ok: false, error: "thread_not_found" } },
  );
  await pressNewSecret(world, key);
  const note = () => ann.screen(APPROVALS).find(({ text }) => text.includes("had a new secret made"));
  await ann.until("the note", note);
  expect(note()?.threadTs).toBeNull();
  expect(approvalsCard(world, "deploy")).toBeDefined();
});
