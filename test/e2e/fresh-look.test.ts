import { APPROVALS, APPROVERS_GROUP, TEAM } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { type World, worldForEach } from "../kit/world";
import { answers, approvalsCard, ask, askForAdmin, askForReadOnly, card, keep, reveal } from "./play";

const [DANA, ANN] = ["UDEV00001", "UANN00001"];

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

async function approved(): Promise<void> {
  await askForAdmin(world, world.dana, "deploy");
  await world.ann.press("Approve", { in: APPROVALS });
  await world.dana.until("the approval", () => card(world.dana, "deploy")?.text.includes("approved by @ann"));
}

async function pressReveal(keyName: string): Promise<void> {
  const { dana } = world;
  await dana.press("Show my secret", { in: dana.dm(), message: ({ text }) => text.includes(keyName) });
}

const made = () => world.tigris.calls.filter(({ action }) => action === "CreateAccessKeyWithBucketsRole").length;
const isToldToTryAgain = () => answers(world.dana).some((text) => text.includes("I couldn't check with Slack"));

test.each([
  ["a guest", { isRestricted: true }],
  ["deactivated", { deleted: true }],
])("an approver who is %s by now: at the reveal the request waits again", async (_what, changes) => {
  await approved();
  world.slack.setPerson(ANN, changes);
  await pressReveal("deploy");
  await world.dana.until("an answer", () =>
    answers(world.dana).some((text) => text.includes("@ann is no longer an approver")),
  );
  await world.dana.until("the card", () => card(world.dana, "deploy")?.text.includes("Waiting again"));
  expect(made()).toBe(0);
});

test("Slack does not say who the approver is: nothing is made, and the approval is kept", async () => {
  await approved();
  world.slack.faults.arm(
    { call: "users.info", match: ({ user }) => user === ANN },
    { kind: "refuse", status: 500, body: {} },
  );
  await pressReveal("deploy");
  await world.dana.until("an answer", isToldToTryAgain);
  expect(made()).toBe(0);
  await reveal(world.dana, "deploy");
});

test("Slack answers with another person than was asked about: nobody is taken for them", async () => {
  await askForReadOnly(world.dana, "ci");
  world.slack.faults.arm(
    { call: "users.info", match: ({ user }) => user === DANA },
    { kind: "refuse", status: 200, body: { ok: true, user: { id: ANN, team_id: TEAM.id } } },
  );
  await pressReveal("ci");
  await world.dana.until("an answer", isToldToTryAgain);
  expect(made()).toBe(0);
});

test("a second click that finds the approver lost, after the first has made the key and it is on, leaves its key", async () => {
  const { dana, slack, tigris } = world;
  await approved();
  const looking = slack.faults.arm({ call: "usergroups.users.list" }, { kind: "hold", when: "before" });
  await pressReveal("deploy");
  await reached(looking);
  const shown = await keep(dana, "deploy");
  slack.setGroup(APPROVERS_GROUP, ["UBOB00001"]);
  looking.release();
  await dana.until("an answer", () => answers(dana).some((text) => text.includes("@ann is no longer an approver")));
  await world.restartBot();
  expect(await world.database.rows("select id from events where name = 'request.lapsed'")).toEqual([]);
  expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toContain("read logs");
});

test("a second click that finds the approver lost while the key of the first is off: it waits again, and the key stays off", async () => {
  const { dana, slack, tigris } = world;
  await approved();
  const looking = slack.faults.arm({ call: "usergroups.users.list" }, { kind: "hold", when: "before" });
  await pressReveal("deploy");
  await reached(looking);
  const shown = await reveal(dana, "deploy");
  slack.setGroup(APPROVERS_GROUP, ["UBOB00001"]);
  looking.release();
  await dana.until("an answer", () => answers(dana).some((text) => text.includes("@ann is no longer an approver")));
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Waiting again"));
  expect(tigris.keys()).toHaveLength(2);
  expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toEqual(["list buckets"]);
});

test("policy alone approved it, and may no more: people have to decide from the reveal on", async () => {
  const { dana } = world;
  await askForReadOnly(dana, "ci");
  await world.restartBot({ APPROVAL_FOR: "admin,readonly" });
  await pressReveal("ci");
  await dana.until("an answer", () =>
    answers(dana).some((text) => text.includes("Such keys need more approval by now")),
  );
  await world.ann.until("the approvals card", () => approvalsCard(world, "ci")?.text.includes("Waits again"));
  await dana.until("the card", () => !card(dana, "ci")?.buttons.some(({ label }) => label === "Show my secret"));
  expect(made()).toBe(0);
});

test("a form is refused that only its own requester could approve", async () => {
  const { dana, slack } = world;
  slack.setGroup(APPROVERS_GROUP, [DANA]);
  await ask(dana, "mine", { Permission: "Admin", Reason: "Nightly backups of the build server" });
  await dana.until(
    "the refusal, with the form kept",
    () => dana.modal()?.text.includes("Nobody but you could approve this") && dana.modal()?.fields.Reason?.value,
  );
  expect(approvalsCard(world, "mine")).toBeUndefined();
});
