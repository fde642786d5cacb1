import { whyTigris } from "../../../src/slack/words/tigris-said";
import { ask, askForReadOnly, keep, reveal, type ShownSecret, SWITCH_ON } from "../../e2e/play";
import { until } from "../../kit/until";
import { type World, worldForEach } from "../../kit/world";
import { PATIENCE_MS } from "../kit/process";
import { CASES, CREATE, DELETE, LIST, ofAllKeys, playOf, SET_ROLES, TIMEOUTS } from "./tigris-answers";

jest.setTimeout(PATIENCE_MS);

let world: World;
worldForEach({ mode: "socket", overrides: TIMEOUTS }, (one) => {
  world = one;
});

const { calls, live, says, cardSays, works, press, pressBelow, pass, passMinutes } = playOf(() => world);

/** A key for one bucket, whose roles Tigris can refuse for no other reason. */
async function askForBuilds(): Promise<void> {
  const { dana } = world;
  await ask(dana, "ci", { Buckets: ["builds"] });
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
  await dana.close();
  await dana.until("the card", cardSays("Ready · ReadOnly key ci"));
}

describe.each(CASES)("a call to Tigris that $name", ({ fault, refusal, hasEffect, isLate }) => {
  beforeEach(askForBuilds);

  test("in the making of a key: it is made once or not at all, opens nothing, and another one can be revealed at once", async () => {
    const { dana, tigris, clock } = world;
    const armed = tigris.faults.arm({ call: CREATE }, fault);
    await press("Show my secret");
    if (refusal !== null) {
      await dana.until("the refusal", says(`Tigris refused to make ci${whyTigris(refusal)}`));
      await dana.until("the card", cardSays("Tigris refused to make it"));
    } else {
      await dana.until("what is known", says("If a key was made for ci, it opens nothing, and I delete it"));
      await dana.until(
        "the card",
        cardSays("If a key was made, it opens nothing, and I delete it. You can press Show my secret again."),
      );
    }
    expect(calls(CREATE)).toBe(1);
    expect(live()).toHaveLength(hasEffect ? 1 : 0);
    expect(live().flatMap(({ bucketsRole }) => bucketsRole)).toEqual([]);
    const shown = await keep(dana, "ci");
    if (isLate) {
      clock.advance(61_000);
      armed.release();
      await until("the late key", () => live().length === 2);
    }
    await pass("what was lost to be deleted", () => live().length === 1);
    await passMinutes(20);
    if (refusal !== null) expect(calls(LIST, ofAllKeys)).toBe(0);
    expect(live().map(({ accessKeyId }) => accessKeyId)).toEqual([shown.accessKeyId]);
    expect(await works(shown)).toBe(true);
    expect(calls(CREATE)).toBe(2);
    expect(calls(DELETE)).toBe(hasEffect || isLate ? 1 : 0);
  });

  test("in switching a key on: it has its roles once its holder said so, and no call is repeated but by a click", async () => {
    const { dana, tigris, clock } = world;
    const shown = await reveal(dana, "ci");
    const armed = tigris.faults.arm({ call: SET_ROLES }, fault);
    await pressBelow(SWITCH_ON);
    await expectSaid({ refusal, hasEffect });
    expect(await works(shown)).toBe(hasEffect);
    if (isLate) {
      clock.advance(61_000);
      armed.release();
      await until("the late roles", () => live()[0]?.bucketsRole.length === 1);
    }
    await passMinutes(12);
    expect(calls(SET_ROLES)).toBe(1);
    if (hasEffect || isLate) await dana.until("the card", cardSays("🔑 On · "));
    else {
      await expectStillOff(refusal);
      expect(await works(shown)).toBe(false);
      await press(SWITCH_ON);
      await dana.until("the card", cardSays("🔑 On · "));
      expect(calls(SET_ROLES)).toBe(2);
    }
    expect(await works(shown)).toBe(true);
    expect([calls(CREATE), calls(DELETE), live().length]).toEqual([1, 0, 1]);
  });
});

/** What whoever said that the secret is saved reads. */
async function expectSaid({ refusal, hasEffect }: { refusal: string | null; hasEffect: boolean }): Promise<void> {
  const { dana } = world;
  if (hasEffect) return void (await dana.until("that it is on", cardSays("🔑 On · ")));
  if (refusal === null) return void (await dana.until("what is known", says("Tigris has not said whether ci is on")));
  await dana.until("the refusal", says(`Tigris refused to switch ci on${whyTigris(refusal)}. It stays off`));
}

async function expectStillOff(refusal: string | null): Promise<void> {
  const { dana } = world;
  const said = refusal === null ? "Tigris has not said whether it is on" : `Tigris refused to switch it on`;
  await dana.until("the card", cardSays(said));
}

/** What a list does when it is asked whether a key that was never on has power. */
const NO_LIST = CASES.filter(({ name }) => name !== "gets a 400").map(({ name, fault }) => ({ name, fault }));

describe.each(NO_LIST)("a look at a key before it is deleted that $name", ({ fault }) => {
  test.each([
    [LIST, "KeyId"],
    ["ListUserPolicies", "UserName"],
  ])("in %s: it is not deleted before it was looked at", async (call, parameter) => {
    const { dana, tigris, log } = world;
    await askForReadOnly(dana, "ci");
    const lost = await reveal(dana, "ci");
    const isLost = (params: Record<string, unknown>) => params[parameter] === lost.accessKeyId;
    const armed = tigris.faults.arm({ call, times: 1_000, match: isLost }, fault);
    await press("New secret");
    await until("the look to be put off", () => log.some((line) => line.includes('"key.deletion_failed"')));
    expect([calls(DELETE), live().length]).toEqual([0, 2]);
    armed.release();
    await pass("the key to be deleted", () => live().length === 1);
    expect(calls(DELETE)).toBe(1);
    expect(live()[0]?.accessKeyId).not.toBe(lost.accessKeyId);
  });
});

test.each<[string, ShownSecretOf]>([
  [
    "has roles",
    ({ accessKeyId }) => world.tigris.controls.setKeyRoles(accessKeyId, [{ bucket: "logs", role: "Editor" }]),
  ],
  ["has a policy", ({ accessKeyId }) => world.tigris.controls.attachPolicy(accessKeyId, "somebodys")],
])("a key that was never on, and %s by then: people are told, and it stays", async (_what, change) => {
  const { dana, ann } = world;
  await askForReadOnly(dana, "ci");
  const lost = await reveal(dana, "ci");
  change(lost);
  await press("New secret");
  await ann.until("what people are told", () =>
    ann
      .screen("CAPPROVE1")
      .some(({ text }) => text.includes(lost.accessKeyId) && text.includes("opens buckets in Tigris")),
  );
  await passMinutes(20);
  expect(calls(DELETE)).toBe(0);
  expect(live()).toHaveLength(2);
});

type ShownSecretOf = (shown: ShownSecret) => void;
