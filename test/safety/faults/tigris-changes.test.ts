import { whyTigris } from "../../../src/slack/words/tigris-said";
import { askForReadOnly, keep, secretMessages, shownSecret } from "../../e2e/play";
import { until } from "../../kit/until";
import { type World, worldForEach } from "../../kit/world";
import { PATIENCE_MS } from "../kit/process";
import { CASES, DELETE, playOf, ROTATE, TIMEOUTS } from "./tigris-answers";

jest.setTimeout(PATIENCE_MS);

let world: World;
worldForEach({ mode: "socket", overrides: TIMEOUTS }, (one) => {
  world = one;
});
beforeEach(() => askForReadOnly(world.dana, "ci"));

const { calls, live, says, cardSays, works, press, pass } = playOf(() => world);

describe.each(CASES)("a call to Tigris that $name", ({ fault, refusal, isLate }) => {
  test("in a rotation and a deletion: the key stays, its card is true, and it goes in the end", async () => {
    const { dana, tigris, clock } = world;
    const first = await keep(dana, "ci");
    const rotating = tigris.faults.arm({ call: ROTATE }, fault);
    await press("New secret");
    if (refusal !== null) {
      await dana.until("the refusal", says(`Tigris refused to make a new secret for ci${whyTigris(refusal)}`));
      await dana.until("the card", cardSays("secret saved"));
      expect(await works(first)).toBe(true);
    } else {
      await dana.until("what is known", says("Press New secret again, or delete the key"));
      await dana.until("the card", cardSays("Nobody holds the secret of"));
    }
    expect(calls(ROTATE)).toBe(1);
    if (isLate) {
      clock.advance(61_000);
      rotating.release();
      await until("the late rotation", () => tigris.secrets().length === 3);
    }
    const before = secretMessages(dana).length;
    await press("New secret");
    const second = await dana.until("the new secret", () => secretMessages(dana).length > before && shownSecret(dana));
    expect([await works(first), await works(second)]).toEqual([false, true]);
    expect(calls(ROTATE)).toBe(2);
    expect(calls(DELETE)).toBe(0);

    const deleting = tigris.faults.arm({ call: DELETE }, fault);
    await press("Delete key");
    await dana.until("what is known", says("Tigris has not confirmed yet that ci is deleted. I go on trying"));
    await dana.until("the card", cardSays("Being deleted by you"));
    expect(calls(DELETE)).toBe(1);
    await pass("the second deletion", () => calls(DELETE) === 2);
    await dana.until("the card", cardSays("Deleted by you"));
    deleting.release();
    clock.advance(3_600_000);
    expect(live()).toEqual([]);
    expect(calls(DELETE)).toBe(2);
  });
});

test("an answer to a rotation that names the key, but holds no secret: nobody holds one", async () => {
  const { dana, tigris } = world;
  const { accessKeyId } = await keep(dana, "ci");
  const body = JSON.stringify({ status: "success", rotate_access_key_result: { id: accessKeyId } });
  tigris.faults.arm({ call: ROTATE }, { kind: "garble", when: "after", body });
  await press("New secret");
  await dana.until("the card", cardSays("Nobody holds the secret of"));
  expect([calls(ROTATE), calls(DELETE), live().length]).toEqual([1, 0, 1]);
});

test("a deletion that Tigris goes on refusing: it is asked less and less often, and people are told", async () => {
  const { dana, ann, tigris, clock } = world;
  await keep(dana, "ci");
  const refused = { kind: "refuse", status: 403, body: { Code: "AccessDenied" } } as const;
  tigris.faults.arm({ call: DELETE, times: 1_000 }, refused);
  await press("Delete key");
  await dana.until("what is known", says("Tigris has not confirmed yet that ci is deleted"));
  const isTold = () => ann.screen("CAPPROVE1").some(({ text }) => text.includes("I can't delete the access key ci-"));
  const startedAt = clock.now();
  await pass("what people are told", isTold);
  // 5 s, doubling: after a quarter of an hour the eighth pause is over.
  expect(clock.now() - startedAt).toBeGreaterThanOrEqual(900_000);
  expect(calls(DELETE)).toBeLessThanOrEqual(10);
  tigris.faults.clear();
  await pass("the key to be deleted", () => live().length === 0);
  await dana.until("the card", cardSays("Deleted by you"));
});
