import type { Person } from "../../sandbox/slack";
import type { People } from "../../src/domain/person";
import { APPROVALS, APPROVERS_GROUP, GENERAL, STORAGE_GROUP } from "../kit/people";
import { people, rule, type SteeredPolicy } from "../kit/steered-policy";
import { until } from "../kit/until";
import type { World } from "../kit/world";
import { answers, approvalsCard, ask, card, openCreateForm, reveal, SWITCH_ON, secretMessages, switchOn } from "./play";
import { approve, askForEditor, cardText, pressOnCard, stateOf, votesForEach } from "./play-votes";

/** A policy names user groups, and Slack says who is in them: or that there is no such group any more. */

const REASON = "Nightly backups of the media";
const groups = (...ids: string[]): People => ({ users: [], groups: ids });
const decidedBy = (who: People, count: number, name = "production data", bucket = "media-*") =>
  rule(name, { buckets: [bucket] }, { decide: { people: who, count } });
const BY_STORAGE = decidedBy(groups(STORAGE_GROUP), 2);

let world: World;
let policy: SteeredPolicy;
votesForEach((one, steered) => {
  world = one;
  policy = steered;
  policy.rules = [BY_STORAGE];
});

const GONE =
  "Slack doesn't let me check whether this is allowed, so nothing was changed: a user group that says who may do this is gone. Tell whoever runs this bot.";
const removeStorage = () => world.slack.removeGroup(STORAGE_GROUP);
/** What whoever runs the bot does then: the policy names people in the group's place. */
const mend = () => {
  policy.rules = [decidedBy(people("UANN00001", "UEVE00001"), 2)];
};
const madeKeys = () => world.tigris.keys().length - 1;
const logged = (event: string) => world.log.map((line) => JSON.parse(line)).filter((line) => line.event === event);

/** The log names the group, among all that a policy may name. */
function logSaysWhich(): void {
  const line = { level: "warn", code: "no_such_subteam", groupId: STORAGE_GROUP };
  expect(logged("look.refused")).toContainEqual(expect.objectContaining(line));
}

const isRefused = (person: Person, channel?: string) =>
  person.until("the refusal", () => answers(person, channel).includes(GONE));

/** A request that Ann and Eve approved. */
async function approved(): Promise<void> {
  await askForEditor(world, "deploy", "media-archive");
  await approve(world, world.ann, "1 of 2: @ann");
  await approve(world, world.eve, "Approved by @ann and @eve");
  await world.dana.until("the card", () => card(world.dana, "deploy")?.text.includes("Ready"));
}

const pressSwitchOn = () =>
  world.dana.press(SWITCH_ON, { in: world.dana.dm(), message: secretMessages(world.dana).at(-1)?.ts ?? "" });

describe("a group that was deleted, by which somebody has to decide", () => {
  test("at the form: it says so before and after it is sent, nothing is asked for, and what was typed stays", async () => {
    const { dana } = world;
    removeStorage();
    await ask(dana, "deploy", { Permission: "Editor", Buckets: ["media-archive"], Reason: REASON });
    await dana.until("the refusal", () => dana.modal()?.text.includes(GONE));
    expect(dana.modal()?.fields.Reason?.value).toBe(REASON);
    expect(dana.modal()?.fields.Buckets?.value).toEqual(["media-archive"]);
    expect(await world.database.rows("select id from requests")).toEqual([]);
    expect(approvalsCard(world, "deploy")).toBeUndefined();
    logSaysWhich();
    mend();
    await dana.submit();
    await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
  });

  test("at Approve: no vote counts and none is lost, and the policy that names people goes on with it", async () => {
    const { ann, eve } = world;
    await askForEditor(world, "deploy", "media-archive");
    await approve(world, ann, "1 of 2: @ann");
    removeStorage();
    const before = await stateOf(world);
    await pressOnCard(eve, "Approve");
    await isRefused(eve, APPROVALS);
    expect(await stateOf(world)).toEqual(before);
    logSaysWhich();
    mend();
    await approve(world, eve, "Approved by @ann and @eve");
  });

  test("at Show my secret: no key is made, the approval stays, and it is shown once the policy is right", async () => {
    const { dana } = world;
    await approved();
    removeStorage();
    const before = await stateOf(world);
    await dana.press("Show my secret", { in: dana.dm() });
    await isRefused(dana);
    expect([madeKeys(), secretMessages(dana), await stateOf(world)]).toEqual([0, [], before]);
    logSaysWhich();
    mend();
    await reveal(dana, "deploy");
  });

  test("at the switch: the key stays off, its secret stays on the screen, and works once the policy is right", async () => {
    const { dana, tigris } = world;
    await approved();
    const { accessKeyId, secret } = await reveal(dana, "deploy");
    removeStorage();
    const before = await stateOf(world);
    await pressSwitchOn();
    await isRefused(dana);
    expect((await tigris.use(accessKeyId, secret)).may).toEqual(["list buckets"]);
    expect([secretMessages(dana).length, await stateOf(world)]).toEqual([1, before]);
    logSaysWhich();
    mend();
    await switchOn(dana, "deploy");
    expect((await tigris.use(accessKeyId, secret)).may).toContain("write media-archive");
  });

  test("beside people who are enough it refuses nothing: a name more in a list takes nothing away", async () => {
    const { dana, ann, eve } = world;
    const { people: named } = decidedBy({ users: ["UANN00001", "UEVE00001"], groups: [STORAGE_GROUP] }, 2).decide ?? {};
    policy.rules = [decidedBy(named ?? people(), 2)];
    removeStorage();
    await openCreateForm(dana, "deploy", { in: GENERAL });
    await dana.fill({ Permission: "Editor" });
    await dana.fill({ Buckets: ["media-archive"], Reason: REASON });
    await dana.until("who decides", () => dana.modal()?.text.includes("2 of at least 2 people have to approve this"));
    await dana.submit();
    await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
    await dana.close();
    await approve(world, ann, "1 of 2: @ann");
    await approve(world, eve, "Approved by @ann and @eve");
    await dana.until("the card", () => card(dana, "deploy")?.text.includes("Ready"));
    await reveal(dana, "deploy");
    await switchOn(dana, "deploy");
  });

  test("and who may ask by: a request that waits is not ended by that", async () => {
    const { dana, bob } = world;
    const asked = { ...decidedBy(people("UBOB00001", "UEVE00001"), 1), ask: groups(STORAGE_GROUP) };
    world.slack.setGroup(STORAGE_GROUP, ["UDEV00001"]);
    policy.rules = [asked];
    await askForEditor(world, "deploy", "media-archive");
    removeStorage();
    const before = await stateOf(world);
    await pressOnCard(bob, "Approve");
    await isRefused(bob, APPROVALS);
    expect(await stateOf(world)).toEqual(before);
    await dana.command("/tigris-key create other");
    await dana.until("the refusal", () => dana.modal()?.text.includes(GONE));
    policy.rules = [{ ...asked, ask: null }];
    await approve(world, bob, "Approved by @bob");
  });
});

test("a group in which nobody is left: nobody can be asked by it, and what was approved waits again", async () => {
  const { dana, slack } = world;
  await approved();
  slack.setGroup(STORAGE_GROUP, []);
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Waiting again"));
  await until("the card", () => cardText(world).includes("0 of 2"));
  expect(madeKeys()).toBe(0);
  await ask(dana, "other", { Permission: "Editor", Buckets: ["media-archive"], Reason: REASON });
  await dana.until("the refusal", () =>
    dana
      .modal()
      ?.text.includes(
        'Nobody but you could approve this: it takes @storage (rule "production data"). Ask whoever runs this bot',
      ),
  );
});

describe("one person in two groups", () => {
  test("counts once for a rule that names both", async () => {
    const { ann, bob } = world;
    policy.rules = [decidedBy(groups(APPROVERS_GROUP, STORAGE_GROUP), 2)];
    await askForEditor(world, "deploy", "media-archive");
    await approve(world, ann, "1 of 2: @ann");
    await pressOnCard(ann, "Approve");
    await ann.until("the refusal", () => answers(ann, APPROVALS).at(-1)?.includes("You have approved deploy already"));
    await approve(world, bob, "Approved by @ann and @bob");
  });

  test("is not taken for two where a rule needs two others: the only other one is", async () => {
    const { dana, slack } = world;
    slack.setGroup(APPROVERS_GROUP, ["UANN00001"]);
    slack.setGroup(STORAGE_GROUP, ["UANN00001", "UDEV00001"]);
    policy.rules = [decidedBy(groups(APPROVERS_GROUP, STORAGE_GROUP), 2)];
    await ask(dana, "deploy", { Permission: "Editor", Buckets: ["media-archive"], Reason: REASON });
    await dana.until("the refusal", () =>
      dana.modal()?.text.includes("2 of @key-approvers, @storage have to approve this, and only 1 of them is not you"),
    );
  });

  test("says yes once for two rules that name a group each", async () => {
    const { ann } = world;
    policy.rules = [
      decidedBy(groups(APPROVERS_GROUP), 1, "media"),
      decidedBy(groups(STORAGE_GROUP), 1, "logs", "logs"),
    ];
    await askForEditor(world, "deploy", "media-archive", "logs");
    await approve(world, ann, "Approved by @ann");
    expect(JSON.parse((await stateOf(world)).state_json).approval.by.votes).toMatchObject([
      { approverId: "UANN00001", rules: ["media", "logs"] },
    ]);
  });
});

describe("a requester who is the only member of the group that decides", () => {
  test("is told so at the form, with whom to ask; others who may decide after a while make it possible", async () => {
    const { dana, slack } = world;
    slack.setGroup(STORAGE_GROUP, ["UDEV00001"]);
    policy.rules = [decidedBy(groups(STORAGE_GROUP), 1)];
    await ask(dana, "deploy", { Permission: "Editor", Buckets: ["media-archive"], Reason: REASON });
    await dana.until("the refusal", () =>
      dana.modal()?.text.includes("Nobody but you could approve this: it takes @storage"),
    );
    expect(dana.modal()?.text).toContain("Ask whoever runs this bot to name more people, or choose less access.");
    policy.rules = [{ ...decidedBy(groups(STORAGE_GROUP), 1), escalate: { afterMs: 60_000, to: people("UEVE00001") } }];
    await dana.submit();
    await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
  });

  test("and became that while it waited: they decide nothing about their own, and others do once they are named", async () => {
    const { dana, eve, slack } = world;
    policy.rules = [decidedBy(groups(STORAGE_GROUP), 1)];
    await askForEditor(world, "deploy", "media-archive");
    slack.setGroup(STORAGE_GROUP, ["UDEV00001"]);
    await pressOnCard(dana, "Approve");
    await dana.until("the refusal", () =>
      answers(dana, APPROVALS).at(-1)?.includes("You asked for this key, so somebody else has to decide."),
    );
    expect((await stateOf(world)).state).toBe("pending");
    slack.setGroup(STORAGE_GROUP, ["UDEV00001", "UEVE00001"]);
    await approve(world, eve, "Approved by @eve");
  });
});
