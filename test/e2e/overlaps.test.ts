import { reached } from "../kit/stand-ins";
import { passUntil, until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { answers, askForReadOnly, card, rang, secretMessages, shownSecret, switchOn } from "./play";

/** What happens while somebody else is at it: a lease that runs out, a search beside the next attempt. */

const CREATE = "CreateAccessKeyWithBucketsRole";
const SECOND = 1_000;

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});
beforeEach(() => askForReadOnly(world.dana, "ci"));

const keys = () => world.tigris.keys().filter(({ name }) => name !== "root");
const pressReveal = () => world.dana.press("Show my secret", { in: world.dana.dm() });
const canReveal = () => card(world.dana, "ci")?.buttons.some(({ label }) => label === "Show my secret") ?? false;

/** Lets the bot's clock go on until something is so. */
function pass(what: string, isSo: () => boolean | undefined): Promise<boolean> {
  return passUntil(what, isSo, { clock: world.clock, stepMs: SECOND });
}

/** The newest secret switches its key on, and no other key is left. */
async function secretWorks(): Promise<void> {
  const { dana, tigris } = world;
  await dana.until("the key's card", () => card(dana, "ci")?.text.includes("opens none of your buckets"));
  const shown = shownSecret(dana);
  await switchOn(dana, "ci");
  expect((await tigris.use(shown?.accessKeyId ?? "", shown?.secret ?? "")).may).toContain("read logs");
  await pass("every other key to go", () => keys().length === 1);
  expect(keys().map(({ accessKeyId }) => accessKeyId)).toEqual([shown?.accessKeyId]);
}

const hears = (text: RegExp) =>
  world.dana.until("the answer", () => answers(world.dana).some((answer) => text.test(answer)));

test("a key whose maker hangs past its lease is found and deleted", async () => {
  const made = world.tigris.faults.arm({ call: CREATE }, { kind: "hold", when: "after" });
  await pressReveal();
  await reached(made);
  expect(keys()).toHaveLength(1);
  await pass("the key to be deleted", () => keys().length === 0 && canReveal());
  made.release();
  await hears(/took too long|no clear answer/);
  expect(secretMessages(world.dana)).toEqual([]);
});

test("a process that lost its lease to itself posts nothing, and what it made opens nothing until it goes", async () => {
  const { dana, tigris } = world;
  const made = tigris.faults.arm({ call: CREATE }, { kind: "hold", when: "after" });
  await pressReveal();
  await reached(made);
  tigris.controls.emptyListing(true);
  await pass("the card", () => card(dana, "ci")?.text.includes("Making it was interrupted"));
  made.release();
  await hears(/took too long|no clear answer/);
  expect([keys().length, secretMessages(dana)]).toEqual([1, []]);
  expect(keys()).toMatchObject([{ bucketsRole: [] }]);
  tigris.controls.emptyListing(false);
  await pass("the key to go", () => keys().length === 0);
});

test("a delivery whose answer comes after its lease: its key stays off, and the next attempt is left alone", async () => {
  const { dana, slack, tigris } = world;
  const posted = slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "hold", when: "before" });
  await pressReveal();
  await reached(posted);
  await pass("the card", () => card(dana, "ci")?.text.includes("I couldn't confirm that the secret of"));
  const made = tigris.faults.arm({ call: CREATE }, { kind: "hold", when: "before" });
  await dana.press("New secret", { in: dana.dm() });
  await reached(made);
  posted.release();
  expect(rang(world, dana, "I couldn't confirm that the secret of ci appeared")).toBe(1);
  made.release();
  await until("the second secret", () => secretMessages(dana).length === 2);
  await secretWorks();
});

test("a search for the key of an earlier attempt leaves the next attempt alone", async () => {
  const { dana, tigris, clock } = world;
  tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "before" });
  await pressReveal();
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("You can press Show my secret again"));
  // The search comes after a minute, while the lease of the next attempt lasts.
  clock.advance(30 * SECOND);
  const made = tigris.faults.arm({ call: CREATE }, { kind: "hold", when: "before" });
  await pressReveal();
  await reached(made);
  const searches = () => tigris.calls.filter(({ action, params }) => action === "ListAccessKeys" && !params.KeyId);
  const before = searches().length;
  await pass("another search", () => searches().length > before);
  made.release();
  await secretWorks();
});

test("the last search sees a key of that name that is older: people are asked, and it is not deleted", async () => {
  const { dana, ann, tigris, clock } = world;
  const [, reference = ""] = / · ref (\w{8})/.exec(card(dana, "ci")?.text ?? "") ?? [];
  tigris.controls.addKey(`ci-${reference}`, [{ bucket: "logs", role: "Editor" }]);
  clock.advance(6 * 60 * SECOND);
  tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "before" });
  await pressReveal();
  await dana.until("Reveal again", canReveal);
  const isTold = () => ann.screen("CAPPROVE1").some(({ text }) => text.includes("can't tell which key it made"));
  await passUntil("the alert", isTold, { clock, stepMs: 10 * SECOND });
  expect(keys().map(({ name }) => name)).toEqual([`ci-${reference}`]);
  expect(tigris.calls.map(({ action }) => action)).not.toContain("DeleteAccessKey");
});
