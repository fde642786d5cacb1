import type { Person } from "../../sandbox/slack";
import type { Bot } from "../../src/app";
import { createFaultyStore, type StoreFaults } from "../kit/faulty-store";
import { APPROVALS, STORAGE_GROUP } from "../kit/people";
import { createPolicyFile } from "../kit/policy-file";
import { passUntil, until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { ADMIN_REASON, answers, approvalsCard, ask, card, reveal, SWITCH_ON, secretMessages, switchOn } from "./play";
import { askForEditor, isIn, pressOnCard, stateOf } from "./play-votes";

/** Policies as their files have them, from the file to the click: which of two rules counts, and what a new file does to what waits. */

const ruleFor = (name: string, { when, decide }: { when: string; decide: string }) =>
  `  - { name: ${name}, when: { permission: [Editor], ${when} }, decide: ${decide} }`;
const textOf = (...rules: string[]) => ["rules:", ...rules, ""].join("\n");

const MEDIA = ruleFor("media", { when: 'buckets: ["media-*"]', decide: "{ users: [UANN00001, UBOB00001], count: 2 }" });
const ARCHIVES = ruleFor("archives", { when: 'buckets: ["*-archive"]', decide: "{ users: [UEVE00001] }" });
const OTHERS = ruleFor("everything else", { when: "allBuckets: false", decide: "none" });
const ALL = ruleFor("all buckets", { when: "allBuckets: true", decide: "none" });

let file: ReturnType<typeof createPolicyFile>;
let world: World;
let bot: Bot;
let faults: StoreFaults;

beforeEach(async () => {
  file = createPolicyFile();
  const store = createFaultyStore();
  ({ faults } = store);
  world = await createWorld("socket", { withoutBot: true, overrides: { store: store.wrap } });
});
afterEach(async () => {
  file.remove();
  await endWorld(world);
});

async function start(...rules: string[]): Promise<void> {
  file.write(textOf(...rules));
  bot = await world.startBot({ POLICY_FILE: file.path });
}

/** Another file in its place, which the bot is asked to read. */
async function reload(...rules: string[]): Promise<void> {
  file.write(textOf(...rules));
  await bot.reloadPolicy();
}

const madeKeys = () => world.tigris.keys().length - 1;

async function askForArchive(): Promise<void> {
  await askForEditor(world, "deploy", "media-archive");
}

/** Says yes, up to what the card says then; the channel is told of policies too. */
async function approve({ ann }: World, person: Person, says: string): Promise<void> {
  await pressOnCard(person, "Approve", "deploy");
  await ann.until(`a card that says ${says}`, () => approvalsCard(world, "deploy")?.text.includes(says));
}

/** Says yes, and reads that it is not theirs to say. */
async function isNotAsked(who: "ann" | "bob" | "eve", says: string): Promise<void> {
  const person = world[who];
  await pressOnCard(person, "Approve", "deploy");
  await person.until("the refusal", () => answers(person, APPROVALS).at(-1)?.includes(says));
}

const approved = async () => {
  await approve(world, world.ann, "1 of 2: @ann");
  await approve(world, world.bob, "Approved by @ann and @bob");
  await world.dana.until("the card", () => card(world.dana, "deploy")?.text.includes("Ready"));
};

describe("of two rules that fit a bucket the first counts", () => {
  test("the storage team's", async () => {
    await start(MEDIA, ARCHIVES, OTHERS);
    await askForArchive();
    await isNotAsked("eve", 'Only @ann, @bob (rule "media") can decide this');
    await approved();
  });

  test("in the other order the other one's", async () => {
    await start(ARCHIVES, MEDIA, OTHERS);
    await askForArchive();
    await isNotAsked("ann", 'Only @eve (rule "archives") can decide this');
    await approve(world, world.eve, "Approved by @eve");
  });

  test("and neither, behind one that fits all", async () => {
    await start(OTHERS, ARCHIVES, MEDIA);
    await ask(world.dana, "deploy", { Permission: "Editor", Buckets: ["media-archive"], Reason: ADMIN_REASON });
    await world.dana.until("the approval", () => world.dana.modal()?.text.includes("is approved"));
    expect(approvalsCard(world, "deploy")).toBeUndefined();
  });

  test.each([
    ["in one order", [MEDIA, ARCHIVES, OTHERS, ALL]],
    ["in the other", [ALL, OTHERS, ARCHIVES, MEDIA]],
  ])("all buckets need each of them, %s", async (_order, rules) => {
    const { dana, ann, bob, eve } = world;
    await start(...rules);
    await ask(dana, "deploy", { Permission: "Editor", Reason: ADMIN_REASON });
    await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
    await dana.close();
    await approve(world, ann, '1 of 2: @ann · rule "media"');
    await approve(world, eve, '1 of 1: @eve · rule "archives"');
    expect((await stateOf(world)).state).toBe("pending");
    await approve(world, bob, "Approved by @ann, @eve and @bob");
  });

  test("two files that differ by that: what waits goes by the order of now", async () => {
    await start(MEDIA, ARCHIVES, OTHERS);
    await askForArchive();
    await approve(world, world.ann, "1 of 2: @ann");
    await reload(ARCHIVES, MEDIA, OTHERS);
    await isNotAsked("bob", 'Only @eve (rule "archives") can decide this');
    await approve(world, world.eve, "Approved by @eve");
    // Ann's yes was for the other rule.
    expect(JSON.parse((await stateOf(world)).state_json).approval.by.votes).toMatchObject([
      { approverId: "UEVE00001", rules: ["archives"] },
    ]);
  });
});

describe("a rule that is removed", () => {
  test("while its request waits, and put back: the votes are still there", async () => {
    await start(MEDIA, ARCHIVES);
    await askForArchive();
    await approve(world, world.ann, "1 of 2: @ann");
    await reload(ruleFor("logs", { when: "buckets: [logs]", decide: "none" }));
    await isNotAsked("bob", "No rule has anybody decide this");
    await reload(MEDIA, ARCHIVES);
    await approve(world, world.bob, "Approved by @ann and @bob");
  });

  test("while its request waits, where the next one needs nobody: it is not given away by that", async () => {
    const { dana } = world;
    await start(MEDIA, OTHERS);
    await askForArchive();
    await reload(OTHERS);
    await isNotAsked("ann", "No rule has anybody decide this any more, so nobody can approve it.");
    expect((await stateOf(world)).state).toBe("pending");
    expect(card(dana, "deploy")?.buttons.map(({ label }) => label)).not.toContain("Show my secret");
  });

  test("after its approval: no key is made, and whoever asked reads that no rule is left and what to ask for", async () => {
    const { dana } = world;
    await start(MEDIA, OTHERS);
    await askForArchive();
    await approved();
    await reload(ruleFor("logs", { when: "buckets: [logs]", decide: "none" }));
    await dana.press("Show my secret", { in: dana.dm() });
    await dana.until("the refusal", () =>
      answers(dana).at(-1)?.includes("No rule lets anybody ask for Editor on media-archive. You could ask for"),
    );
    await isIn(world, "lapsed");
    expect(madeKeys()).toBe(0);
  });

  test("while its key is off: it is never on, and goes", async () => {
    const { dana, tigris } = world;
    await start(MEDIA);
    await askForArchive();
    await approved();
    const shown = await reveal(dana, "deploy");
    await reload(ARCHIVES.replace("*-archive", "logs"));
    await dana.press(SWITCH_ON, { in: dana.dm(), message: secretMessages(dana).at(-1)?.ts ?? "" });
    await dana.until("the refusal", () => answers(dana).at(-1)?.includes("No rule lets anybody ask for Editor on"));
    await isIn(world, "lapsed");
    await until("the key to go", () => madeKeys() === 0, { seen: tigris.keys });
    expect(tigris.calls.map(({ action }) => action)).not.toContain("UpdateAccessKeyWithBucketsRole");
    expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(false);
  });
});

const ESCALATING = MEDIA.replace(/ \}$/, ", escalate: { after: 30m, to: { users: [UEVE00001] } } }");

async function eveIsTold(): Promise<void> {
  const { ann, eve, clock } = world;
  const told = () => ann.screen(APPROVALS).filter(({ text }) => text.includes("you can decide this too by now"));
  await passUntil("the escalation", () => told().length > 0, { clock, stepMs: 300_000 });
  expect(told()[0]?.text).toMatch(/^@eve · /);
  await approve(world, eve, "1 of 2: @eve");
}

test("others who may decide after a while, named after it was asked for, are told of what waits", async () => {
  await start(MEDIA);
  await askForArchive();
  await reload(ESCALATING);
  await eveIsTold();
});

test("where the store fails meanwhile the policy is in force all the same, and the next start sees to what waits", async () => {
  await start(MEDIA);
  await askForArchive();
  faults.failBefore("request.escalated");
  await reload(ESCALATING);
  const logged = world.log.map((line) => JSON.parse(line) as { event: string }).map(({ event }) => event);
  expect(logged.slice(-2)).toEqual(["policy.in_force", "policy.not_followed"]);
  await bot.stop();
  await world.startBot({ POLICY_FILE: file.path });
  await eveIsTold();
});

test("a bucket that is renamed between ask and decision: what was asked for is given, and nothing under the new name", async () => {
  const { dana, tigris } = world;
  await start(MEDIA, ruleFor("secret", { when: 'buckets: ["secret-*"]', decide: `{ groups: [${STORAGE_GROUP}] }` }));
  await askForArchive();
  await approve(world, world.ann, "1 of 2: @ann");
  tigris.controls.setBuckets(["builds", "logs", "secret-archive"]);
  await approve(world, world.bob, "Approved by @ann and @bob");
  expect(approvalsCard(world, "deploy")?.text).toContain("media-archive");
  const shown = await reveal(dana, "deploy");
  await dana.press(SWITCH_ON, { in: dana.dm(), message: secretMessages(dana).at(-1)?.ts ?? "" });
  await dana.until("the refusal", () => answers(dana).at(-1)?.includes("Tigris refused to switch deploy on"));
  expect(answers(dana).at(-1)).toMatch(/It stays off\. Press I've saved it: switch on again; if that goes on, tell /);
  expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toEqual(["list buckets"]);
  // Whoever has it named back finds everything as it was.
  tigris.controls.setBuckets(["builds", "logs", "media-archive", "secret-archive"]);
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("🔑 Off"));
  await switchOn(dana, "deploy");
  const { may } = await tigris.use(shown.accessKeyId, shown.secret);
  expect(may).toContain("write media-archive");
  expect(may).not.toContain("read secret-archive");
});
