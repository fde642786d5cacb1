import { APPROVALS } from "../kit/people";
import { minuteByMinute, passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { ADMIN_REASON, allSent, answers, card, rang } from "./play";
import { adminKey, DAY, leaverCards, MINUTE, passLooks, readOnlyKey, takeOver } from "./play-leave";
import { atTigris } from "./play-pause";

let world: World;
worldForEach({ mode: "socket", env: { ORPHAN_GRACE: "3d", END_GRACE: "2d", LASTS_ADMIN: "30d/30d" } }, (one) => {
  world = one;
});

jest.setTimeout(120_000);

const DANA = "UDEV00001";
const pass = (what: string, isSo: () => unknown, stepMs = 20_000) =>
  passUntil(what, async () => Boolean(await isSo()), { clock: world.clock, stepMs, limitMs: 30_000 });
const leaves = (changes: object = { deleted: true }) => world.slack.setPerson(DANA, changes);
const hasCard = () => leaverCards(world).length > 0;
const cardText = () => leaverCards(world).at(-1)?.text ?? "";

/** Lets time pass until so long before something, in one step, and then in small ones until it shows. */
async function passTo(ms: number, what: string, look: () => unknown): Promise<void> {
  await allSent(world);
  world.clock.advance(ms);
  await minuteByMinute(what, async () => Boolean(await look()), { clock: world.clock, minutes: 15 });
}

test("whoever is deactivated: the Admin key is paused once two looks say so, the other one goes on; a colleague takes it over", async () => {
  const { dana, eve, tigris } = world;
  const admin = await adminKey(world, dana, "deploy");
  const ci = await readOnlyKey(dana, "ci-uploader");
  leaves();
  await passLooks(world, "the card", hasCard);
  await until("the pause", () => atTigris(world, admin)?.status === "inactive");
  expect(atTigris(world, ci)?.status).toBe("active");
  await pass("when it goes", () => cardText().includes("will be deleted 2"));
  expect(cardText()).toContain("@dana has left this workspace");
  await pass("the earlier card to shrink", () => leaverCards(world).length === 1);
  expect(leaverCards(world)[0]?.buttons.map(({ label }) => label)).toEqual(["Take over", "Pause all", "Delete all"]);
  await eve.press("Take over", { in: APPROVALS, message: ({ text }) => text.includes("Keys without an owner") });
  await eve.until("the form", () => eve.modal()?.fields.Keys);
  expect(eve.modal()?.fields.Keys?.value).toHaveLength(2);
  await eve.fill({ Keys: [ci.accessKeyId] });
  await eve.submit();
  await eve.until("how it went", () => eve.modal()?.text.includes("ci-uploader is yours"));
  await eve.close();
  await eve.until("its card", () => card(eve, "ci-uploader")?.text.includes("still knows its secret"));
  expect(rang(world, eve, "You took over ci-uploader")).toBe(1);
  expect((await tigris.use(ci.accessKeyId, ci.secret)).ok).toBe(true);
  await pass("the line in the other DM", () =>
    dana.screen().some(({ text }) => text.includes("ci-uploader · @eve has taken it over")),
  );
  await pass("who has it now", () => cardText().includes("Taken over: ci-uploader by @eve."));
  expect(cardText()).not.toContain("ci-uploader ·");
  const [row] = await world.database.rows<{ owner_id: string }>(
    "select owner_id from keys where key_name = 'ci-uploader'",
  );
  expect(row?.owner_id).toBe("UEVE00001");
  await eve.press("New secret", { in: eve.dm() });
  await eve.until("the new secret", () =>
    eve.screen().some(({ isEphemeral, code }) => isEphemeral && code.length === 3),
  );
  expect((await tigris.use(ci.accessKeyId, ci.secret)).ok).toBe(false);
});

test("whoever unticks a key and types too little keeps what they ticked, and what they typed", async () => {
  const { dana, eve } = world;
  const ci = await readOnlyKey(dana, "ci-uploader");
  const admin = await adminKey(world, dana, "deploy");
  leaves();
  await passLooks(world, "the card", hasCard);
  await eve.press("Take over", { in: APPROVALS, message: ({ text }) => text.includes("Keys without an owner") });
  await eve.until("the form", () => eve.modal()?.fields.Keys);
  await eve.fill({ Keys: [admin.accessKeyId], Reason: "mine" });
  await eve.submit();
  await eve.until("what is missing", () => eve.modal()?.text.includes("⚠️"));
  expect(eve.modal()?.fields.Keys?.value).toEqual(["deploy · paused"]);
  expect(eve.modal()?.fields.Reason?.value).toBe("mine");
  await eve.fill({ Keys: [ci.accessKeyId], Reason: "" });
  await eve.submit();
  await eve.until("how it went", () => eve.modal()?.text.includes("ci-uploader is yours"));
});

test("two people press Take over: the first wins, and the other reads who", async () => {
  const { dana, eve, bob } = world;
  await readOnlyKey(dana, "ci-uploader");
  leaves();
  await passLooks(world, "the card", hasCard);
  for (const one of [eve, bob]) {
    await one.press("Take over", { in: APPROVALS, message: ({ text }) => text.includes("Keys without an owner") });
    await one.until("the form", () => one.modal()?.fields.Keys);
  }
  await eve.submit();
  await eve.until("how it went", () => eve.modal()?.text.includes("ci-uploader is yours"));
  await bob.submit();
  await bob.until("who was first", () => bob.modal()?.text.includes("@eve has taken over ci-uploader"));
  const owners = await world.database.rows<{ owner_id: string }>("select owner_id from keys");
  expect(owners).toEqual([{ owner_id: "UEVE00001" }]);
});

test("a key that nobody takes over is paused after the grace, told, and deleted after the other one", async () => {
  const { dana, tigris } = world;
  const ci = await readOnlyKey(dana, "ci-uploader");
  leaves();
  await passLooks(world, "the card", hasCard);
  await pass("when it is paused", () => cardText().includes("will be paused 2"));
  await passTo(3 * DAY - 5 * MINUTE, "the pause", () => atTigris(world, ci)?.status === "inactive");
  await pass("when it goes", () => cardText().includes("will be deleted 2"));
  expect(tigris.keys()).toHaveLength(2);
  await passTo(2 * DAY - 5 * MINUTE, "the deletion", () => tigris.keys().length === 1);
  await pass("the end", () =>
    world.ann.screen(APPROVALS).some(({ text }) => text.includes("No key is theirs any more")),
  );
  await pass("her card", () => card(dana, "ci-uploader")?.text.includes("its owner had left"));
});

test("an Admin key: another approver than the taker decides, and it works again by the taker's press", async () => {
  const { dana, ann, bob, tigris } = world;
  const admin = await adminKey(world, dana, "deploy");
  leaves();
  await passLooks(world, "the card", hasCard);
  await until("the pause", () => atTigris(world, admin)?.status === "inactive");
  await pass("it on the card", () => cardText().includes("will be deleted 2"));
  expect(await takeOver(bob, { Reason: ADMIN_REASON })).toContain("Somebody has to approve that you take over deploy");
  await bob.close();
  const isOfTakeover = ({ text }: { text: string }) => text.includes("Takeover of an Admin key for @bob");
  for (const one of [ann, bob]) await one.until("the question", () => one.screen(APPROVALS).some(isOfTakeover));
  await bob.press("Approve", { in: APPROVALS, message: isOfTakeover });
  await bob.until("no", () => answers(bob, APPROVALS).some((text) => text.includes("You asked for this")));
  await ann.press("Approve", { in: APPROVALS, message: isOfTakeover });
  await bob.until("the way on", () =>
    bob.screen().some(({ text, buttons }) => text.includes("Takeover of") && buttons[0]?.label === "Take over"),
  );
  // A click has a minute for what it begins: no time passes meanwhile.
  await bob.press("Take over", { in: bob.dm() });
  await until("the key on", () => atTigris(world, admin)?.status === "active");
  await pass("its card", () =>
    bob.screen().some(({ text }) => text.includes("🔑 On until") && text.includes("deploy")),
  );
  expect((await tigris.use(admin.accessKeyId, admin.secret)).ok).toBe(true);
  const [row] = await world.database.rows<{ owner_id: string; pause_json: string }>("select * from keys");
  expect(row?.owner_id).toBe("UBOB00001");
  expect(JSON.parse(row?.pause_json ?? "{}").holds).toEqual([]);
});

test("who became a guest: nothing is paused before the grace, and their card says why then", async () => {
  const { dana } = world;
  const admin = await adminKey(world, dana, "deploy");
  leaves({ isRestricted: true });
  await passLooks(world, "the card", () => cardText().includes("@dana is a guest by now"));
  await pass("a while", passed(15 * MINUTE));
  expect(atTigris(world, admin)?.status).toBe("active");
  await passTo(3 * DAY, "the pause", () => atTigris(world, admin)?.status === "inactive");
  await pass("what says so", () => rang(world, dana, "Slack says that you are a guest by now") === 1);
});

test("whoever is back: nothing is deleted any more, and what was paused works again by their own press alone", async () => {
  const { dana, ann, clock, tigris } = world;
  const admin = await adminKey(world, dana, "deploy");
  leaves();
  await passLooks(world, "the card", hasCard);
  await pass("when it goes", () => cardText().includes("will be deleted 2"));
  leaves({ deleted: false });
  await pass("that they are back", () =>
    ann.screen(APPROVALS).some(({ text }) => text.includes("is a full member again")),
  );
  await allSent(world);
  clock.advance(3 * DAY);
  await pass("a while", passed(15 * MINUTE));
  expect(tigris.keys()).toHaveLength(2);
  expect(atTigris(world, admin)?.status).toBe("inactive");
  await allSent(world);
  await dana.press("Resume", { in: dana.dm() });
  await until("the key on", () => atTigris(world, admin)?.status === "active");
});

test("Pause all and Delete all are an approver's, and each key of theirs is judged by itself", async () => {
  const { dana, ann, eve, tigris } = world;
  const keys = [await readOnlyKey(dana, "ci-uploader"), await readOnlyKey(dana, "nightly")];
  leaves();
  await passLooks(world, "the card", hasCard);
  const press = (one: typeof ann, label: string) =>
    one.press(label, { in: APPROVALS, message: ({ text }) => text.includes("Keys without an owner") });
  await press(eve, "Delete all");
  await eve.until("no", () => answers(eve, APPROVALS).some((text) => text.includes("can do this")));
  expect(tigris.keys()).toHaveLength(3);
  await press(ann, "Pause all");
  await ann.until("what was done", () =>
    answers(ann, APPROVALS).some((text) => text.includes("You paused 2 keys of @dana")),
  );
  for (const one of keys) expect(atTigris(world, one)?.status).toBe("inactive");
  await press(ann, "Delete all");
  await ann.until("what was done", () =>
    answers(ann, APPROVALS).some((text) => text.includes("You deleted 2 keys of @dana")),
  );
  expect(tigris.keys()).toHaveLength(1);
});

/** Whether so much has passed since the first look. */
function passed(ms: number): () => boolean {
  let from: number | null = null;
  return () => {
    from ??= world.clock.monotonicMs();
    return world.clock.monotonicMs() - from >= ms;
  };
}
