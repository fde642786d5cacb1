import { startTigris, type TigrisStandIn } from "../../../sandbox/tigris";
import { askForReadOnly, keep, reveal, type ShownSecret, SWITCH_ON, shownSecret } from "../../e2e/play";
import { BUCKETS, ORGANIZATION, OWN_KEY } from "../../kit/people";
import { createWorld, type World } from "../../kit/world";
import { PATIENCE_MS } from "../kit/process";
import { CREATE, LIST, ofAllKeys, playOf, TIMEOUTS } from "./tigris-answers";

jest.setTimeout(PATIENCE_MS);

let world: World;
let again: TigrisStandIn | null = null;
beforeEach(async () => {
  world = await createWorld("socket", { overrides: TIMEOUTS });
  await askForReadOnly(world.dana, "ci");
});
afterEach(async () => {
  expect(await world.secretsFound()).toEqual([]);
  await world.stop();
  await again?.stop();
  again = null;
});

const { live, calls, says, cardSays, press, pressBelow, pass, passMinutes } = playOf(() => world);
const reaches = async (tigris: TigrisStandIn, { accessKeyId, secret }: ShownSecret) =>
  (await tigris.use(accessKeyId, secret)).may.some((what) => what !== "list buckets");

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
      organization: ORGANIZATION,
      rootKey: OWN_KEY,
      buckets: BUCKETS,
      now: clock.now,
      otherKeys,
    });
    return again;
  };
}

describe("Tigris refuses every connection", () => {
  test("while a key is to be made: another one can be revealed as soon as Tigris is back", async () => {
    const { dana } = world;
    const giveBack = await takeAway([]);
    await press("Show my secret");
    await dana.until("what is known", says("Tigris gave no clear answer"));
    await dana.until("the card", cardSays("You can press Show my secret again"));
    const tigris = await giveBack();
    const shown = await keep(dana, "ci");
    expect(await reaches(tigris, shown)).toBe(true);
    expect(tigris.calls.filter(({ action }) => action === CREATE)).toHaveLength(1);
  });

  test("while a key is to be switched on: it is off, and goes on by the next click when Tigris is back", async () => {
    const { dana } = world;
    const shown = await reveal(dana, "ci");
    const giveBack = await takeAway([shown]);
    await pressBelow(SWITCH_ON);
    await dana.until("what is known", says("Tigris has not said whether ci is on"));
    await dana.until("the card", cardSays("Tigris has not said whether it is on"));
    const tigris = await giveBack();
    await passMinutes(12);
    expect(await reaches(tigris, shown)).toBe(false);
    await press(SWITCH_ON);
    await dana.until("the card", cardSays("🔑 On · "));
    expect(await reaches(tigris, shown)).toBe(true);
  });

  test("while a key is to be paused: it is as soon as Tigris is back", async () => {
    const { dana } = world;
    const shown = await keep(dana, "ci");
    const giveBack = await takeAway([shown]);
    await press("Pause");
    await dana.until("what is known", says("Tigris has not confirmed yet that ci is paused"));
    await dana.until("the card", cardSays("Tigris has not confirmed it yet: until then it may still work"));
    const tigris = await giveBack();
    expect(await reaches(tigris, shown)).toBe(true);
    await pass("the card", cardSays("works nowhere"));
    expect(await reaches(tigris, shown)).toBe(false);
  });

  test("while a secret is to be replaced: the key stays, and gets another one when Tigris is back", async () => {
    const { dana } = world;
    const first = await keep(dana, "ci");
    const giveBack = await takeAway([first]);
    await press("New secret");
    await dana.until("what is known", says("Press New secret again, or delete the key"));
    await dana.until("the card", cardSays("Nobody holds the secret of"));
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
    const first = await keep(dana, "ci");
    const giveBack = await takeAway([first]);
    await press("Delete key");
    await dana.until("what is known", says("Tigris has not confirmed yet that ci is deleted"));
    await dana.until("the card", cardSays("Being deleted by you"));
    const tigris = await giveBack();
    expect((await tigris.use(first.accessKeyId, first.secret)).ok).toBe(true);
    await pass("the card", cardSays("Deleted by you"));
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
    await press("Show my secret");
    await dana.until("Reveal again", cardSays("You can press Show my secret again"));
    await pass("the first search", () => calls(LIST, ofAllKeys) === 1);
    expect(live()).toHaveLength(1);
    tigris.controls.emptyListing(false);
    await pass("the key to be deleted", () => live().length === 0);
  });

  test("is empty for days: it is searched for once a day, and goes when the list shows it", async () => {
    const { dana, tigris, clock } = world;
    tigris.controls.emptyListing(true);
    await press("Show my secret");
    await dana.until("Reveal again", cardSays("You can press Show my secret again"));
    const startedAt = clock.now();
    await pass("two days", () => clock.now() - startedAt > 2 * 86_400_000 && calls(LIST, ofAllKeys) >= 3);
    expect(calls(LIST, ofAllKeys)).toBeLessThanOrEqual(4);
    expect(live()).toHaveLength(1);
    expect(live()[0]?.bucketsRole).toEqual([]);
    tigris.controls.emptyListing(false);
    await pass("the key to be deleted", () => live().length === 0);
  });

  test.each<[string, "lose" | "garble"]>([
    ["cut off", "lose"],
    ["no list", "garble"],
  ])("has a second page that is %s: nothing is concluded from the first one", async (_what, kind) => {
    const { dana, tigris } = world;
    const first = { IsTruncated: true, Marker: "tid_m", Keys: [] };
    tigris.faults.arm({ call: LIST, match: ofAllKeys }, { kind: "garble", when: "after", body: JSON.stringify(first) });
    const second = { call: LIST, times: 3, match: (params: object) => "Marker" in params };
    tigris.faults.arm(second, kind === "lose" ? { kind, when: "after" } : { kind, when: "after", body: "{}" });
    await press("Show my secret");
    await dana.until("Reveal again", cardSays("You can press Show my secret again"));
    await pass("the second page", () => calls(LIST, (params) => "Marker" in params) > 0);
    expect(live()).toHaveLength(1);
    await pass("the key to be deleted", () => live().length === 0);
  });
});
