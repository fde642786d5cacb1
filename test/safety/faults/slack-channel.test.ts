import type { ChannelData } from "../../../sandbox/slack";
import { answers, approvalsCard, askForAdmin, askForReadOnly, card, reveal } from "../../e2e/play";
import { APPROVALS, CHANNELS, GENERAL } from "../../kit/people";
import { reached } from "../../kit/stand-ins";
import { passUntil, until } from "../../kit/until";
import { type World, worldForEach } from "../../kit/world";
import { PATIENCE_MS, PATIENT } from "../kit/process";

// Minutes pass by a clock that moves on a step at a time, which takes a busy machine long.
jest.setTimeout(PATIENCE_MS);

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const MEMBERS = CHANNELS.find(({ id }) => id === APPROVALS)?.members ?? [];
const AS_BEFORE: Partial<ChannelData> = {
  isArchived: false,
  isExtShared: false,
  isPendingExtShared: false,
  isOrgShared: false,
  members: MEMBERS,
};

/** What the bot posted or changed in the approvals channel. */
const posts = () =>
  world.slack.calls.filter(({ method, params }) => method.startsWith("chat.") && params.channel === APPROVALS).length;
const looks = () => world.slack.calls.filter(({ method }) => method === "conversations.info").length;

describe.each<[string, Partial<ChannelData>]>([
  ["is archived", { isArchived: true }],
  ["becomes shared", { isExtShared: true }],
  ["is about to be shared", { isPendingExtShared: true }],
  ["loses the bot", { members: MEMBERS.filter((id) => id !== "UBOTTIGR1") }],
])("the approvals channel %s", (_what, changes) => {
  test("while a request waits: nothing goes there, without a storm, until it is as before", async () => {
    const { dana, ann, slack, clock } = world;
    await askForAdmin(world, dana, "deploy");
    slack.setChannel(APPROVALS, changes);
    const before = { posts: posts(), looks: looks() };
    await dana.press("Cancel request", { in: dana.dm() });
    await dana.until("the card", () => card(dana, "deploy")?.text.includes("Canceled by you"));
    const startedAt = clock.now();
    await passUntil(
      "eight looks at the channel in ten minutes",
      () => clock.now() - startedAt > 600_000 && looks() - before.looks > 7,
      { ...PATIENT, clock, stepMs: 10_000 },
    );
    expect(posts()).toBe(before.posts);
    // Two seconds, doubling: some ten looks in ten minutes, and then one in ten minutes.
    expect(looks() - before.looks).toBeLessThanOrEqual(12);
    slack.setChannel(APPROVALS, AS_BEFORE);
    await passUntil("the approvals card", () => approvalsCard(world, "deploy")?.text.includes("Canceled by @dana"), {
      ...PATIENT,
      clock,
      stepMs: 10_000,
    });
    expect(ann.screen(APPROVALS)).toHaveLength(1);
  });
});

test("it becomes shared while a request is being written down: its card waits, and the requester can cancel", async () => {
  const { dana, slack, clock } = world;
  const held = slack.faults.arm({ call: "conversations.open" }, { kind: "hold", when: "before" });
  await dana.command("/tigris-key create deploy", { in: GENERAL });
  await dana.until("the form", () => dana.modal()?.fields["Key name"]);
  await dana.fill({ Permission: "Admin" });
  await dana.until("the form for Admin", () => !dana.modal()?.fields.Buckets);
  await dana.fill({ Reason: "Nightly backups of the build server" });
  await dana.submit();
  await reached(held);
  await until("the first look at the channel", () =>
    slack.calls.some(({ method, endedAt }) => method === "conversations.info" && endedAt !== null),
  );
  slack.setChannel(APPROVALS, { isExtShared: true });
  held.release();
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Waiting for"));
  await until("the card to be put off", () => world.log.some((line) => line.includes("approvals_channel_unfit")));
  expect(posts()).toBe(0);
  slack.setChannel(APPROVALS, AS_BEFORE);
  await passUntil("the approvals card", () => approvalsCard(world, "deploy") !== undefined, { clock, stepMs: 2_000 });
  await dana.press("Cancel request", { in: dana.dm() });
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Canceled by you"));
});

test("an approver in a channel that became shared decides as before, and a stranger in it does not", async () => {
  const { dana, ann, olga, slack, tigris } = world;
  await askForAdmin(world, dana, "deploy");
  slack.setChannel(APPROVALS, { isExtShared: true, members: [...MEMBERS, "UOUTSIDE1"] });
  await olga.until("the card", () => olga.screen(APPROVALS).length > 0);
  await olga.press("Approve", { in: APPROVALS });
  await olga.until("the refusal", () => answers(olga, APPROVALS).length === 1);
  expect(card(dana, "deploy")?.text).toContain("Waiting for");
  await ann.press("Approve", { in: APPROVALS });
  await ann.until("the answer", () => answers(ann, APPROVALS).some((text) => text.includes("You approved deploy")));
  await dana.until("the approval", () => card(dana, "deploy")?.text.includes("approved by @ann"));
  const shown = await reveal(dana, "deploy");
  expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
});

test("keys that need nobody are made, shown and deleted while the approvals channel is archived", async () => {
  const { dana, slack, tigris } = world;
  slack.setChannel(APPROVALS, { isArchived: true });
  await askForReadOnly(dana, "ci");
  await reveal(dana, "ci");
  await dana.until("the key's card", () => card(dana, "ci")?.buttons.some(({ label }) => label === "Delete key"));
  await dana.press("Delete key", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
  await dana.until("the card", () => card(dana, "ci")?.text.includes("Deleted by you"));
  expect(tigris.keys()).toHaveLength(1);
});
