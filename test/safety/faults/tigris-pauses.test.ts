import { ask, keep, type ShownSecret } from "../../e2e/play";
import { until } from "../../kit/until";
import { type World, worldForEach } from "../../kit/world";
import { PATIENCE_MS } from "../kit/process";
import { CASES, DELETE, playOf, SET_ROLES, SET_STATUS, TIMEOUTS } from "./tigris-answers";

jest.setTimeout(PATIENCE_MS);

let world: World;
let shown: ShownSecret;
worldForEach({ mode: "socket", overrides: TIMEOUTS }, (one) => {
  world = one;
});
beforeEach(async () => {
  const { dana } = world;
  await ask(dana, "ci", { Buckets: ["builds"] });
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
  await dana.close();
  await dana.until("the card", cardSays("Ready · ReadOnly key ci"));
  shown = await keep(dana, "ci");
});

const { calls, live, says, cardSays, works, press, passMinutes } = playOf(() => world);
const to = (status: string) => (params: Record<string, unknown>) => params.Status === status;
const PAUSED = "works nowhere";

describe.each(CASES)("a call to Tigris that $name", ({ fault, hasEffect, isLate }) => {
  test("in a pause: the key gives no power, whatever was answered, and the pause holds", async () => {
    const { dana, tigris, clock } = world;
    const armed = tigris.faults.arm({ call: SET_STATUS, match: to("Inactive") }, fault);
    await press("Pause");
    await dana.until("the answer", says("You paused ci: it works nowhere"));
    await dana.until("the card", cardSays(PAUSED));
    expect(await works(shown)).toBe(false);
    // Where the list shows it as active all the same, its roles go.
    expect(live()[0]?.bucketsRole).toHaveLength(hasEffect ? 1 : 0);
    if (isLate) {
      clock.advance(61_000);
      armed.release();
      await until("the late status", () => live()[0]?.status === "inactive");
    }
    await passMinutes(12);
    expect(await works(shown)).toBe(false);
    expect([calls(SET_STATUS, to("Active")), calls(DELETE)]).toEqual([0, 0]);

    await press("Resume");
    await dana.until("that it works", says("ci works again"));
    expect(await works(shown)).toBe(true);
  });

  test("in a resume: what gives power is called once for each click, and the list says whether it did", async () => {
    const { dana, tigris, clock } = world;
    await press("Pause");
    await dana.until("the card", cardSays(PAUSED));
    const armed = tigris.faults.arm({ call: SET_STATUS, match: to("Active") }, fault);
    await press("Resume");
    if (hasEffect) await dana.until("that it works", says("ci works again"));
    else {
      await dana.until("what is known", says("Tigris has not said whether ci works again"));
      await dana.until("the card", cardSays("Tigris has not said yet whether it works again"));
    }
    expect(await works(shown)).toBe(hasEffect);
    if (isLate) {
      clock.advance(61_000);
      armed.release();
      await until("the late status", () => live()[0]?.status === "active");
    }
    await passMinutes(12);
    expect(calls(SET_STATUS, to("Active"))).toBe(1);
    if (!hasEffect && !isLate) {
      expect(await works(shown)).toBe(false);
      await press("Resume");
      expect(calls(SET_STATUS, to("Active"))).toBeLessThanOrEqual(2);
    }
    await dana.until("the card", cardSays("🔑 On · "));
    expect(await works(shown)).toBe(true);
  });

  test("in giving back the roles that a pause had to take: they come by a click, or not at all", async () => {
    const { dana, tigris, clock } = world;
    tigris.controls.behave({ refuseInactive: "InvalidArgument" });
    await press("Pause");
    await dana.until("the card", cardSays(PAUSED));
    const given = calls(SET_ROLES);
    const armed = tigris.faults.arm({ call: SET_ROLES }, fault);
    await press("Resume");
    await dana.until("an answer", () =>
      ["ci works again", "has not said whether ci works", "refused to resume ci"].some((text) => says(text)()),
    );
    expect(await works(shown)).toBe(hasEffect);
    if (isLate) {
      clock.advance(61_000);
      armed.release();
      await until("the late roles", () => live()[0]?.bucketsRole.length === 1);
    }
    await passMinutes(12);
    expect(calls(SET_ROLES)).toBe(given + 1);
    expect(await works(shown)).toBe(hasEffect || isLate);
    if (!hasEffect && !isLate) await press("Resume");
    await dana.until("the card", cardSays("🔑 On · "));
    expect(await works(shown)).toBe(true);
  });
});

test("a late resume undoes no pause for longer than ten minutes", async () => {
  const { dana, tigris } = world;
  await press("Pause");
  await dana.until("the card", cardSays(PAUSED));
  const armed = tigris.faults.arm({ call: SET_STATUS, match: to("Active") }, { kind: "hold", when: "before" });
  await press("Resume");
  await dana.until("what is known", says("Tigris has not said whether ci works again"));
  const { ann } = world;
  await ann.command("/tigris-key list all");
  await ann.until("the list", () => ann.screen().some(({ text }) => text.includes(" of everybody")));
  await ann.press("Pause", { in: ann.dm() });
  await ann.until("the pause", () => ann.screen().some(({ text }) => text.includes("paused by you just now")));
  armed.release();
  await until("the late status", () => live()[0]?.status === "active");
  await passMinutes(12);
  expect(await works(shown)).toBe(false);
  await dana.until("the card", cardSays("Paused by @ann"));
});
