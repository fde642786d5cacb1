import { APPROVALS } from "../kit/people";
import { passUntil } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { answers, approvalsCard, ask, askForAdmin, askForReadOnly, card, rang } from "./play";

const HOUR = 3_600_000;

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const labels = (shown: { buttons: { label: string }[] } | undefined) => shown?.buttons.map(({ label }) => label) ?? [];

async function approve(): Promise<void> {
  await world.ann.press("Approve", { in: APPROVALS });
  await world.dana.until("the approval", () => card(world.dana, "deploy")?.text.includes("approved by @ann"));
}

test("a denial asks for its reason, and the requester reads it and can ask again with the same", async () => {
  const { dana, ann } = world;
  await askForAdmin(world, dana, "deploy");
  await ann.press("Deny", { in: APPROVALS });
  await ann.until("the form", () => ann.modal()?.fields.Reason);
  await ann.fill({ Reason: "Editor on builds will do" });
  await ann.submit();
  await ann.until("how it went", () => ann.modal()?.text.includes("You denied deploy for @dana"));
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Denied by @ann"));
  expect(card(dana, "deploy")?.text).toContain("Editor on builds will do");
  await ann.until("the card", () => approvalsCard(world, "deploy")?.text.includes("Denied by @ann"));
  expect(labels(approvalsCard(world, "deploy"))).toEqual([]);

  await dana.press("Ask again", { in: dana.dm() });
  const form = await dana.until("the form", () => dana.modal()?.fields["Key name"] && dana.modal());
  expect(form.fields["Key name"]?.value).toBe("deploy");
  expect(form.fields.Permission?.value).toMatch(/^Admin\b/);
  expect(form.fields.Reason?.value).toBe("Nightly backups of the build server");
});

test("the requester can neither deny nor withdraw, and a denied request stays denied", async () => {
  const { dana, ann, bob } = world;
  await askForAdmin(world, dana, "deploy");
  await dana.press("Deny", { in: APPROVALS });
  await dana.until("a refusal", () => dana.modal()?.text.includes("You asked for this key"));
  await dana.close();
  await bob.press("Deny", { in: APPROVALS });
  await bob.until("the form", () => bob.modal()?.fields.Reason);
  await ann.press("Approve", { in: APPROVALS });
  await ann.until("the card", () => approvalsCard(world, "deploy")?.text.includes("Approved by @ann"));
  await bob.fill({ Reason: "No" });
  await bob.submit();
  await bob.until("who was first", () => bob.modal()?.text.includes("@ann approved this"));
  expect(approvalsCard(world, "deploy")?.text).not.toContain("Denied");
});

test("any approver withdraws an approval until the reveal", async () => {
  const { dana, bob, tigris } = world;
  await askForAdmin(world, dana, "deploy");
  await approve();
  await bob.until("the button", () => bob.screen(APPROVALS).some((message) => labels(message).includes("Withdraw")));
  await bob.press("Withdraw", { in: APPROVALS });
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Withdrawn by @bob"));
  expect(labels(card(dana, "deploy"))).toEqual(["Ask again"]);
  expect(tigris.keys()).toHaveLength(1);
});

test("a cancelled request takes its buttons along, in both places", async () => {
  const { dana, ann } = world;
  await askForAdmin(world, dana, "deploy");
  await dana.press("Cancel request", { in: dana.dm() });
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Canceled by you"));
  await ann.until("the card", () => approvalsCard(world, "deploy")?.text.includes("Canceled by @dana"));
  expect(labels(approvalsCard(world, "deploy"))).toEqual([]);
});

test("a request that nobody decides lapses, and its requester is told", async () => {
  const { dana, clock } = world;
  await askForAdmin(world, dana, "deploy");
  await passUntil("the card", () => card(dana, "deploy")?.text.includes("nobody decided until"), {
    clock,
    stepMs: HOUR,
  });
  expect(labels(card(dana, "deploy"))).toEqual(["Ask again"]);
  expect(rang(world, dana, "Nobody decided about deploy in time")).toBe(1);
});

test("an approval that nobody uses lapses; a click at that very moment is too late", async () => {
  const { dana, clock, tigris } = world;
  await askForReadOnly(dana, "ci");
  clock.advance(24 * HOUR);
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("an answer", () => answers(dana).some((text) => text.includes("lapsed")));
  await dana.until("the card", () => card(dana, "ci")?.text.includes("was not used until"));
  expect(tigris.keys()).toHaveLength(1);
});

test("an approver who is one no longer: at the reveal the request waits again", async () => {
  const { dana, slack, tigris } = world;
  await askForAdmin(world, dana, "deploy");
  await approve();
  slack.setGroup("SAPPROVE1", ["UBOB00001"]);
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("an answer", () => answers(dana).some((text) => text.includes("@ann is no longer an approver")));
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Waiting again"));
  expect(tigris.keys()).toHaveLength(1);
});

test("a requester who has gone while the request waited: it ends, and approvers learn it", async () => {
  const { dana, ann, slack } = world;
  await askForAdmin(world, dana, "deploy");
  slack.setPerson("UDEV00001", { deleted: true });
  await ann.press("Approve", { in: APPROVALS });
  await ann.until("an answer", () =>
    answers(ann, APPROVALS).some((text) => text.includes("can no longer ask for keys")),
  );
  await ann.until("the card", () => approvalsCard(world, "deploy")?.text.includes("can no longer ask for keys"));
});

test("a requester who becomes a guest after the approval: nothing is made, and the approver is told", async () => {
  const { dana, ann, slack, tigris } = world;
  await askForAdmin(world, dana, "deploy");
  await approve();
  slack.setPerson("UDEV00001", { isRestricted: true });
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("a refusal", () => answers(dana).some((text) => text.includes("Guests")));
  await ann.until("the notice", () =>
    ann.screen().some(({ text }) => text.includes("your approval of deploy has ended")),
  );
  expect(tigris.keys()).toHaveLength(1);
});

test("what Slack does not answer is refused, and can be tried again", async () => {
  const { dana, ann, slack } = world;
  await askForAdmin(world, dana, "deploy");
  slack.faults.arm({ call: "usergroups.users.list" }, { kind: "refuse", status: 500, body: {} });
  await ann.press("Approve", { in: APPROVALS });
  await ann.until("a refusal", () =>
    answers(ann, APPROVALS).some((text) => text.includes("I couldn't check with Slack")),
  );
  await approve();
});

test.each([
  ["archived", { isArchived: true }, "is archived"],
  ["shared with another organization", { isExtShared: true }, "is shared with another organization"],
  ["one that the bot is not in", { members: ["UDEV00001", "UANN00001"] }, "I'm not in"],
  ["public, and the bot is not in it", { isPrivate: false, members: ["UDEV00001", "UANN00001"] }, "I'm not in"],
])(
  "Admin requests are refused while the approvals channel is %s, and /readyz says why",
  async (_what, changes, why) => {
    const { dana, slack, clock } = world;
    slack.setChannel(APPROVALS, changes);
    clock.advance(20_000);
    const ready = await fetch(`http://127.0.0.1:${world.port}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain(why);
    await ask(dana, "deploy", { Permission: "Admin", Reason: "Nightly backups of the build server" });
    await dana.until(
      "the refusal, with the form kept",
      () => dana.modal()?.text.includes(why) && dana.modal()?.fields.Reason,
    );
    expect(dana.modal()?.fields.Reason?.value).toBe("Nightly backups of the build server");
  },
);

test("nobody asks for what only they themselves could approve", async () => {
  const { ann, slack } = world;
  slack.setGroup("SAPPROVE1", ["UANN00001"]);
  await ann.command("/tigris-key create mine");
  await ann.until("the form", () => ann.modal()?.fields.Permission);
  await ann.fill({ Permission: "Admin" });
  await ann.until("the warning", () => ann.modal()?.text.includes("Nobody but you could approve this"));
});
