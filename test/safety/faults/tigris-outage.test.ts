import { startTigris, type TigrisStandIn } from "../../../sandbox/tigris";
import { answers, approvalsCard, askForReadOnly, card, reveal, type ShownSecret, shownSecret } from "../../e2e/play";
import { BUCKETS, ORGANISATION, OWN_KEY } from "../../kit/people";
import { passUntil } from "../../kit/until";
import { createWorld, type World } from "../../kit/world";
import { pressOnCard } from "./on-card";

const CREATE = "CreateAccessKeyWithBucketsRole";

let world: World;
let again: TigrisStandIn | null = null;
beforeEach(async () => {
  world = await createWorld("socket", { overrides: { tigrisTimeouts: { mutateMs: 400, readMs: 1_000 } } });
  await askForReadOnly(world.dana, "ci");
});
afterEach(async () => {
  expect(world.secretsFound()).toEqual([]);
  await world.stop();
  await again?.stop();
  again = null;
});

const live = () => world.tigris.keys().filter(({ name }) => name.startsWith("ci-"));
const says = (text: string) => () => answers(world.dana).some((answer) => answer.includes(text));
const cardSays = (text: string) => () => card(world.dana, "ci")?.text.includes(text) ?? false;
const searches = () => world.tigris.calls.filter(({ action, params }) => action === "ListAccessKeys" && !params.KeyId);

const press = (label: string) => pressOnCard(world, label);
const pass = (what: string, isOver: () => boolean | undefined, stepMs = 1_000) =>
  passUntil(what, isOver, { clock: world.clock, stepMs });

/** The same address refuses connections, until the same Tigris is there again with its keys. */
async function takeAway(keys: ShownSecret[]): Promise<() => Promise<TigrisStandIn>> {
  const { tigris, clock } = world;
  const otherKeys = tigris.keys().flatMap(({ name, accessKeyId, bucketsRole }) => {
    const key = keys.find((one) => one.accessKeyId === accessKeyId);
    return key ? [{ name, bucketsRole, accessKeyId, secretAccessKey: key.secret }] : [];
  });
  await tigris.stop();
  return async () => {
    const port = Number(new URL(tigris.url).port);
    again = await startTigris({
      port,
      organisation: ORGANISATION,
      rootKey: OWN_KEY,
      buckets: BUCKETS,
      now: clock.now,
      otherKeys,
    });
    return again;
  };
}

describe("Tigris refuses every connection", () => {
  test("while a key is to be made: it is looked for until Tigris is back, and then given back", async () => {
    const { dana } = world;
    const giveBack = await takeAway([]);
    await press("Reveal secret");
    await dana.until("what is known", says("Tigris gave no clear answer"));
    await dana.until("the card", cardSays("I'm looking whether a key was made"));
    const tigris = await giveBack();
    await pass("the card", cardSays("You can reveal again"));
    const shown = await reveal(dana, "ci");
    expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
    expect(tigris.calls.filter(({ action }) => action === CREATE)).toHaveLength(1);
  });

  test("while a secret is to be replaced: the key stays, and gets another one when Tigris is back", async () => {
    const { dana } = world;
    const first = await reveal(dana, "ci");
    const giveBack = await takeAway([first]);
    await press("New secret");
    await dana.until("what is known", says("Press New secret again, or delete the key"));
    await dana.until("the card", cardSays("nobody holds the new one"));
    const tigris = await giveBack();
    await press("New secret");
    const second = await dana.until("the new secret", () => {
      const shown = shownSecret(dana);
      return shown && shown.secret !== first.secret && shown;
    });
    expect((await tigris.use(second.accessKeyId, second.secret)).ok).toBe(true);
    expect((await tigris.use(first.accessKeyId, first.secret)).ok).toBe(false);
  });

  test("while a key is to be deleted: it goes as soon as Tigris is back", async () => {
    const { dana } = world;
    const first = await reveal(dana, "ci");
    const giveBack = await takeAway([first]);
    await press("Delete key");
    await dana.until("what is known", says("Tigris has not confirmed yet that ci is deleted"));
    await dana.until("the card", cardSays("is being deleted"));
    const tigris = await giveBack();
    expect((await tigris.use(first.accessKeyId, first.secret)).ok).toBe(true);
    await pass("the card", cardSays("was deleted by @dana"));
    expect((await tigris.use(first.accessKeyId, first.secret)).ok).toBe(false);
  });
});

describe("the answer to a key's making is lost, and Tigris's list of keys", () => {
  beforeEach(() => {
    world.tigris.faults.arm({ call: CREATE }, { kind: "lose", when: "after" });
  });

  test("is empty for a while: the key is found by a later search", async () => {
    const { dana, tigris } = world;
    tigris.controls.emptyListing(true);
    await press("Reveal secret");
    await dana.until("Reveal again", cardSays("If a key was made, it is deleted. You can reveal again."));
    await pass("the second search", () => searches().length === 2);
    expect(live()).toHaveLength(1);
    tigris.controls.emptyListing(false);
    await pass("the key to be deleted", () => live().length === 0);
  });

  test("is empty even when it is looked at for the last time: people are told, and the search goes on", async () => {
    const { ann, tigris } = world;
    tigris.controls.emptyListing(true);
    await press("Reveal secret");
    await pass(
      "the alert",
      () => approvalsCard(world, "Tigris's list of keys may leave some out") !== undefined,
      10_000,
    );
    await ann.until("the name", () => approvalsCard(world, live()[0]?.name ?? "?"));
    expect(searches()).toHaveLength(6);
    tigris.controls.emptyListing(false);
    await pass("the key to be deleted", () => live().length === 0, 10_000);
  });

  test.each<[string, "lose" | "garble"]>([
    ["cut off", "lose"],
    ["no list", "garble"],
  ])("has a second page that is %s: nothing is concluded from the first one", async (_what, kind) => {
    const { dana, tigris } = world;
    const first = { IsTruncated: true, Marker: "tid_m", Keys: [] };
    tigris.faults.arm({ call: "ListAccessKeys" }, { kind: "garble", when: "after", body: JSON.stringify(first) });
    const second = { call: "ListAccessKeys", times: 3, match: (params: object) => "Marker" in params };
    tigris.faults.arm(second, kind === "lose" ? { kind, when: "after" } : { kind, when: "after", body: "{}" });
    await press("Reveal secret");
    await dana.until("what is known", says("I'm looking for it and will delete it if it was"));
    expect(live()).toHaveLength(1);
    expect(cardSays("I'm looking whether a key was made")()).toBe(true);
    await pass("the key to be deleted", () => live().length === 0);
    await dana.until("Reveal again", cardSays("You can reveal again"));
  });
});
