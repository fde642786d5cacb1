import type { ShownMessage } from "../../../sandbox/slack";
import { visible } from "../../../src/domain/input-rules";
import { allSent, card } from "../../e2e/play";
import { openGlass, questions, sendGlass } from "../../e2e/play-glass";
import { APPROVALS, LATER_APPROVALS } from "../../kit/people";
import { createWorld, type World } from "../../kit/world";
import { HOSTILE, MARK, UNSEEN } from "./hostile";
import { GLASS_POLICY, putOnCall } from "./on-call";

/** What somebody types as they break the glass, and what they are called, goes to a channel and into many DMs. */

let world: World;
beforeAll(async () => {
  putOnCall("UDEV00001");
  world = await createWorld("socket", { overrides: { policy: GLASS_POLICY } });
  const name = `<!channel> *${MARK}* \u202E<https://evil.example|x>`;
  for (const id of ["UDEV00001", "UANN00001", "UEVE00001"]) world.slack.setPerson(id, { realName: name });
});
afterAll(async () => {
  const found = await world.secretsFound();
  await world.stop();
  expect(found).toEqual([]);
  expect(world.log.filter((line) => line.includes(MARK) || line.includes("evil.example"))).toEqual([]);
});

const plainly = (text: string) => text.replace(/[\u200B*_~`]/g, "");

/** Shown as it was typed, or its beginning; nobody else named in it, and no link. */
function expectHarmless(shown: ShownMessage | undefined, typed: string): void {
  const most = visible(typed.trim()).slice(0, 100);
  expect(shown?.text).toContain(most);
  expect(plainly(shown?.notification ?? "")).toContain(plainly(most));
  expect(shown?.links).toEqual([]);
  expect(shown?.mentions.filter((id) => id !== "UDEV00001")).toEqual([]);
  for (const text of [shown?.text ?? "", plainly(shown?.notification ?? "")]) expect(text).not.toMatch(UNSEEN);
}

test.each(HOSTILE)(
  "%s, as the reason: shown as typed to the channel and to each approver, nobody pinged",
  async (...is) => {
    const [_what, typed] = is;
    const { dana, ann, bob, eve, clock } = world;
    clock.advance(3_600_000);
    const name = `key-${Math.random().toString(36).slice(2, 8)}`;
    const asked = questions(ann).length;
    await openGlass(dana, name);
    await sendGlass(dana, { Reason: typed });
    await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
    await dana.close();
    const lasting = (channel?: string) =>
      ann.screen(channel).findLast(({ isEphemeral, text }) => !isEphemeral && text.includes(name));
    await ann.until("the channel", () => lasting(LATER_APPROVALS));
    await ann.until("the approvals card", () => lasting(APPROVALS));
    for (const one of [ann, bob]) await one.until("their DM", () => questions(one).length === asked + 1);
    expectHarmless(lasting(LATER_APPROVALS), typed);
    expectHarmless(lasting(), typed);
    expect(eve.mentionsOf()).toEqual([]);
    expect(dana.toasts()).toEqual([]);
    await dana.press("Cancel", { in: dana.dm(), message: ({ text }) => text.includes(name) });
    await dana.until("the end", () => card(dana, name)?.text.includes("Canceled by you"));
    await allSent(world);
  },
);
