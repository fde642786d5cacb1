import type { Person } from "../../sandbox/slack";
import { APPROVALS, GENERAL } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { people, rule, type SteeredPolicy } from "../kit/steered-policy";
import { inTime, passUntil, until } from "../kit/until";
import type { World } from "../kit/world";
import { answers, approvalsCard, ask, card, keep, openCreateForm } from "./play";
import { homeText, openHome } from "./play-home";
import {
  approve,
  askForEditor,
  BUILDS,
  cardText,
  isIn,
  LOGS,
  MEDIA,
  pressOnCard,
  stateOf,
  votesForEach,
} from "./play-votes";

let world: World;
let policy: SteeredPolicy;
votesForEach((one, steered) => {
  world = one;
  policy = steered;
});

test("two people decide about production: the card counts, names the rule, and says how long the key lives", async () => {
  const { dana, ann, bob, tigris } = world;
  await askForEditor(world, "deploy", "media-archive");
  expect(cardText(world)).toMatch(/^@key-approvers @ann · Editor key for @dana/);
  expect(cardText(world)).toContain("0 of 2");
  expect(cardText(world)).toContain('rule "production data" · 30 days at most');
  await dana.until("her card", () => card(dana, "deploy")?.text.includes('rule "production data" · 30 days at most'));
  await approve(world, ann, "1 of 2: @ann");
  await ann.until("the answer", () => answers(ann, APPROVALS).at(-1)?.includes("Your yes to deploy for @dana counts"));
  await approve(world, bob, "Approved by @ann and @bob");
  expect(cardText(world)).toContain('rule "production data"');
  await dana.until("the approval", () => card(dana, "deploy")?.text.includes("approved by"));
  await keep(dana, "deploy");
  expect(tigris.keys()).toHaveLength(2);
  expect(JSON.parse((await stateOf(world)).state_json).approval.ruling).toEqual({
    rules: ["production data"],
    lasts: { defaultMs: 604_800_000, longestMs: 2_592_000_000 },
  });
  const names = await world.database.rows<{ name: string; outcome: string }>(
    "select name, outcome from events where name in ('request.voted', 'request.approved') order by at, id",
  );
  expect(names).toEqual([
    { name: "request.voted", outcome: "voted" },
    { name: "request.approved", outcome: "approved by production data" },
  ]);
});

/** Lets several press Approve, each of whom is looked at before any of them has said yes. */
async function approveAtOnce(...people: Person[]): Promise<void> {
  const requester = { call: "users.info", match: ({ user }: Record<string, unknown>) => user === world.dana.id };
  const looks = people.map(() => world.slack.faults.arm(requester, { kind: "hold", when: "before" }));
  for (const [index, person] of people.entries()) {
    await pressOnCard(person, "Approve");
    await inTime(`the look for ${person.id}`, looks[index]?.reached ?? Promise.reject(new Error("there is none")));
  }
  for (const look of looks) look.release();
}

const voters = async () =>
  (JSON.parse((await stateOf(world)).state_json).approval.by.votes as { approverId: string }[])
    .map(({ approverId }) => approverId)
    .sort();

test("two who approve at the same moment both count, though neither had said yes when the other was looked at", async () => {
  const { ann, bob } = world;
  await askForEditor(world, "deploy", "media-archive");
  await approveAtOnce(ann, bob);
  await isIn(world, "approved");
  expect(await voters()).toEqual([ann.id, bob.id]);
  await until("the card", () => /Approved by @(?:ann and @bob|bob and @ann)/.test(cardText(world)));
});

test("of three who approve at the same moment two count, and the third reads that it is decided", async () => {
  const { ann, bob, eve } = world;
  policy.rules = [rule("ours", {}, { decide: { people: people(ann.id, bob.id, eve.id), count: 2 } })];
  await askForEditor(world, "deploy", "media-archive");
  await approveAtOnce(ann, bob, eve);
  const told = () => [ann, bob, eve].flatMap((person) => answers(person, APPROVALS).at(-1) ?? []);
  await until("three answers", () => told().length === 3, { seen: told });
  expect(told().filter((text) => text.includes("Nothing was changed"))).toHaveLength(1);
  expect(await voters()).toHaveLength(2);
});

test("nobody is counted twice, though two lists name them", async () => {
  const { ann } = world;
  await askForEditor(world, "deploy", "media-archive");
  await approve(world, ann, "1 of 2: @ann");
  await pressOnCard(ann, "Approve");
  await ann.until("the refusal", () => answers(ann, APPROVALS).at(-1)?.includes("You have approved deploy already"));
  expect((await stateOf(world)).state).toBe("pending");
});

test("one Deny ends it, whoever has said yes", async () => {
  const { dana, ann, bob } = world;
  await askForEditor(world, "deploy", "media-archive");
  await approve(world, ann, "1 of 2: @ann");
  await pressOnCard(bob, "Deny");
  await bob.until("the form", () => bob.modal()?.fields.Reason);
  await bob.fill({ Reason: "Use a copy" });
  await bob.submit();
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Denied by @bob"));
  await isIn(world, "denied");
});

test("who decides by another rule may not deny it either", async () => {
  const { eve } = world;
  await askForEditor(world, "deploy", "media-archive");
  await pressOnCard(eve, "Deny");
  const told = () => eve.modal()?.text ?? answers(eve, APPROVALS).at(-1) ?? "";
  await eve.until("the refusal", () =>
    told().includes('Only @key-approvers, @ann (rule "production data") can decide this'),
  );
  expect((await stateOf(world)).state).toBe("pending");
});

test("who decides is the rule's to say, and a refusal names it and whom to ask", async () => {
  const { dana, eve, ann } = world;
  await askForEditor(world, "deploy", "media-archive", "logs");
  expect(cardText(world)).toContain('0 of 2 · rule "production data"');
  expect(cardText(world)).toContain('0 of 1 · rule "logs"');
  await approve(world, eve, '1 of 1: @eve · rule "logs"');
  await approve(world, ann, '1 of 2: @ann · rule "production data"');
  await askAlone("reader", "logs");
  await pressOnCard(ann, "Approve", "reader");
  await ann.until("the refusal", () =>
    answers(ann, APPROVALS).at(-1)?.includes('Only @eve (rule "logs") can decide this'),
  );
  await openHome(eve, "Editor key reader for @dana");
  expect(homeText(eve)).not.toContain("key deploy");
  await openHome(dana, "Waiting for approval");
});

/** A second request, beside the first card. */
async function askAlone(keyName: string, bucket: string): Promise<void> {
  await ask(world.dana, keyName, { Permission: "Editor", Buckets: [bucket], Reason: "Nightly backups of the logs" });
  await world.dana.until("the request", () => world.dana.modal()?.text.includes("was sent to"));
  await world.dana.close();
  await world.ann.until("the card", () => approvalsCard(world, keyName));
}

test("what no rule fits is refused, with what could be asked for instead", async () => {
  const { dana } = world;
  await ask(dana, "deploy", { Permission: "Editor", Buckets: ["builds"], Reason: "Nightly backups" });
  await dana.until("the refusal", () => dana.modal()?.text.includes("No rule lets anybody ask for Editor on builds."));
  expect(dana.modal()?.text).toContain("You could ask for Editor on media-*, logs, or for ReadOnly on the same.");
  expect(dana.modal()?.fields.Reason?.value).toBe("Nightly backups");
});

test("the form says who decides as soon as a bucket is chosen that says so", async () => {
  const { dana } = world;
  await openCreateForm(dana, "deploy", { in: GENERAL });
  await dana.fill({ Permission: "Editor" });
  await dana.fill({ Buckets: ["media-archive"] });
  await dana.until("who decides", () =>
    dana.modal()?.text.includes('2 of 2 people have to approve this (rule "production data")'),
  );
  await dana.fill({ Buckets: ["builds"] });
  await dana.until("what has no rule", () =>
    dana.modal()?.text.includes("No rule lets anybody ask for Editor on builds"),
  );
});

test("of two choices in a row the form shows the newest, though the other one was drawn in between", async () => {
  const { dana, slack } = world;
  await openCreateForm(dana, "deploy", { in: GENERAL });
  const choose = async (permission: string) => {
    const held = slack.faults.arm({ call: "views.update" }, { kind: "hold", when: "before" });
    await dana.fill({ Permission: permission });
    await reached(held);
    return held;
  };
  const admin = await choose("Admin");
  const editor = await choose("Editor");
  admin.release();
  await dana.until("the first one drawn", () => dana.modal()?.fields.Buckets === undefined);
  editor.release();
  await dana.until("the newest one drawn", () => dana.modal()?.fields.Buckets);
});

test("what too few others could decide is refused: a requester who is the only member, or one of two", async () => {
  const { dana } = world;
  policy.rules = [rule("mine", {}, { decide: { people: people("UDEV00001"), count: 1 } })];
  await ask(dana, "deploy", { Permission: "Editor", Buckets: ["builds"], Reason: "Nightly backups" });
  await dana.until("the refusal", () =>
    dana.modal()?.text.includes('Nobody but you could approve this: it takes @dana (rule "mine")'),
  );
  policy.rules = [rule("ours", {}, { decide: { people: people("UDEV00001", "UANN00001"), count: 2 } })];
  await dana.submit();
  await dana.until("the refusal", () =>
    dana.modal()?.text.includes('2 of @dana, @ann have to approve this, and only 1 of them is not you (rule "ours")'),
  );
});

test("who may ask is the rule's to say too", async () => {
  const { dana } = world;
  policy.rules = [{ ...MEDIA, ask: people("UEVE00001") }, LOGS, BUILDS];
  await ask(dana, "deploy", { Permission: "Editor", Buckets: ["media-archive"], Reason: "Nightly backups" });
  await dana.until("the refusal", () =>
    dana.modal()?.text.includes('Only @eve can ask for this (rule "production data")'),
  );
});

test("a rule that is gone while its request waits: nobody can approve it, and the card says so; it can be denied", async () => {
  const { ann, bob } = world;
  await askForEditor(world, "deploy", "media-archive");
  await approve(world, ann, "1 of 2: @ann");
  policy.rules = [LOGS, BUILDS];
  await pressOnCard(bob, "Approve");
  await bob.until("the refusal", () => answers(bob, APPROVALS).at(-1)?.includes("No rule has anybody decide this"));
  await until("the card", () => cardText(world).includes("no rule has anybody decide this any more"));
  await pressOnCard(bob, "Deny");
  await bob.until("the form", () => bob.modal()?.fields.Reason);
  await bob.fill({ Reason: "Nobody decides this any more" });
  await bob.submit();
  await isIn(world, "denied");
});

test("after a while others may decide too, and are told once, in the thread of the card", async () => {
  const { ann, eve, clock } = world;
  policy.rules = [{ ...MEDIA, escalate: { afterMs: 1_800_000, to: people("UEVE00001") } }];
  await askForEditor(world, "deploy", "media-archive");
  await pressOnCard(eve, "Approve");
  await eve.until("the refusal", () => answers(eve, APPROVALS).at(-1)?.includes("can decide this"));
  const told = () => ann.screen(APPROVALS).filter(({ text }) => text.includes("you can decide this too by now"));
  await passUntil("the escalation", () => told().length > 0, { clock, stepMs: 300_000 });
  expect(told()[0]?.text).toMatch(/^@eve · you can decide this too by now: Editor key deploy for @dana/);
  await approve(world, eve, "1 of 2: @eve");
  await approve(world, ann, "Approved by @eve and @ann");
  expect(told()).toHaveLength(1);
});
