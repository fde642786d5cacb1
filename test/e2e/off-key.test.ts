import { ACTIONS } from "../../src/slack/ids";
import { APPROVALS } from "../kit/people";
import { until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { allSent, approvalsCard, askForReadOnly, card, reveal, secretMessages, switchOn } from "./play";
import { actions, isAnswered, isCardSaying, may, offKey, pressOnSecret, pressStale, stored } from "./play-off";

const HOUR = 3_600_000;
const DANA = "UDEV00001";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const _labels = () => card(world.dana, "deploy")?.buttons.map(({ label }) => label);
const gone = () => until("the key to go", () => world.tigris.keys().length === 1, { seen: world.tigris.keys });
const alerts = (words: string) => world.ann.screen(APPROVALS).filter(({ text }) => text.includes(words));

describe("what ends the request of a key that is off takes the key along, and no press gives it power any more", () => {
  /** The button below the secret is still there: it has to be refused. */
  async function neverOn(why: string): Promise<void> {
    if (secretMessages(world.dana).length > 0) {
      await pressOnSecret(world);
      await world.dana.until("the refusal", isAnswered(world.dana, why));
    }
    await gone();
    expect(actions(world, /^Update/)).toBe(0);
    expect(actions(world, /^DeleteAccessKey$/)).toBe(1);
  }

  test("a requester who became a guest", async () => {
    const { dana, ann, slack } = world;
    await offKey(world);
    slack.setPerson(DANA, { isRestricted: true });
    await pressOnSecret(world);
    await dana.until("the refusal", isAnswered(dana, "Guests can't use Tigris keys"));
    await ann.until("the notice", () =>
      ann.screen().some(({ text }) => text.includes("your approval of deploy has ended")),
    );
    await ann.until("the card", () => approvalsCard(world, "deploy")?.text.includes("can no longer ask for keys"));
    await neverOn("Guests can't use Tigris keys");
  });

  test("an approver who withdraws", async () => {
    const { dana, bob } = world;
    await offKey(world);
    await bob.until("the button", () => bob.screen(APPROVALS).some(({ buttons }) => buttons[0]?.label === "Withdraw"));
    await bob.press("Withdraw", { in: APPROVALS });
    await dana.until("the card", isCardSaying(dana, "Withdrawn by @bob"));
    expect(card(dana, "deploy")?.text).toContain("Its key was never on, and goes.");
    await neverOn("deploy was never on");
  });

  test("a requester who deletes it", async () => {
    const { dana, ann } = world;
    await offKey(world);
    await dana.press("Delete key", { in: dana.dm(), message: card(dana, "deploy")?.ts ?? "" });
    await dana.until("the answer", isAnswered(dana, "You deleted deploy"));
    await dana.until("the card", isCardSaying(dana, "Deleted by you"));
    await ann.until("the card", () => approvalsCard(world, "deploy")?.text.includes("the key was deleted by"));
    await neverOn("deploy was deleted by @dana");
  });

  test("a requester who cancels, by a card of before", async () => {
    const { dana } = world;
    await offKey(world);
    await pressStale(world, ACTIONS.cancel, (await stored(world)).requestId);
    await dana.until("the card", isCardSaying(dana, "Canceled by you"));
    await neverOn("deploy was never on");
  });

  test("its time", async () => {
    const { dana, clock } = world;
    await offKey(world);
    await allSent(world);
    clock.advance(24 * HOUR);
    // At that very moment it is too late, whoever is first.
    await pressOnSecret(world);
    await dana.until("the secret to go", () => secretMessages(dana).length === 0);
    await dana.until("the card", isCardSaying(dana, "was not used until"));
    await neverOn("");
  });
});

test("a policy that needs a person by now: what policy alone approved stays off until a person has approved it", async () => {
  const { dana, ann } = world;
  await askForReadOnly(dana, "deploy");
  await reveal(dana, "deploy");
  await world.restartBot({ APPROVAL_FOR: "admin,readonly" });
  await pressOnSecret(world);
  await dana.until("the refusal", isAnswered(dana, "Such keys need more approval by now"));
  await dana.until("the card", isCardSaying(dana, "Waiting again"));
  expect(actions(world, /^Update/)).toBe(0);
  await ann.until("the card", () => approvalsCard(world, "deploy")?.text.includes("its key is there, and off"));
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the card", isCardSaying(dana, "Off"));
  await pressOnSecret(world);
  await dana.until("the card", isCardSaying(dana, "On"));
});

test("Slack does not say who the approver is: nothing changes, and another press switches the key on", async () => {
  const { dana, slack } = world;
  const shown = await offKey(world);
  slack.faults.arm({ call: "usergroups.users.list" }, { kind: "refuse", status: 500, body: {} });
  await pressOnSecret(world);
  await dana.until("the refusal", isAnswered(dana, "I couldn't check with Slack"));
  expect(await may(world, shown)).toEqual(["list buckets"]);
  await switchOn(dana, "deploy");
  expect(await may(world, shown)).toContain("write logs");
});

test.each([
  ["a role", (id: string) => world.tigris.controls.setKeyRoles(id, [{ bucket: "logs", role: "ReadOnly" }])],
  ["a policy", (id: string) => world.tigris.controls.attachPolicy(id, "by-hand")],
])(
  "a key that was given %s in the Dashboard while it was off is raised at the end of its time, and never deleted",
  async (_what, give) => {
    const { dana, ann, clock } = world;
    const shown = await offKey(world);
    give(shown.accessKeyId);
    clock.advance(24 * HOUR);
    await ann.until("the alert", () => alerts("it opens buckets in Tigris").length === 1);
    expect(alerts("it opens buckets in Tigris")[0]?.text).toContain(shown.accessKeyId);
    await dana.until("the card", isCardSaying(dana, "🔑 On · "));
    clock.advance(HOUR);
    await world.restartBot();
    expect(world.tigris.keys()).toHaveLength(2);
    expect(actions(world, /^(Delete|Update)/)).toBe(0);
  },
);
