import type { ShownMessage } from "../../../sandbox/slack";
import { visible } from "../../../src/domain/input-rules";
import { approvalsCard, ask, card } from "../../e2e/play";
import { APPROVALS, APPROVERS_GROUP } from "../../kit/people";
import { createWorld, type World } from "../../kit/world";
import { HOSTILE, MARK, UNSEEN } from "./hostile";

let world: World;
beforeAll(async () => {
  world = await createWorld("socket", { env: { MAX_KEYS_PER_USER: "1000" } });
  const { slack } = world;
  const name = `<!channel> *${MARK}* \u202E<https://evil.example|x>`;
  for (const id of ["UDEV00001", "UANN00001", "UEVE00001"]) slack.setPerson(id, { realName: name });
});
afterAll(async () => {
  const found = await world.secretsFound();
  await world.stop();
  expect(found).toEqual([]);
  expect(world.log.filter((line) => line.includes(MARK) || line.includes("evil.example"))).toEqual([]);
});

/**
 * A notification, without the zero-width spaces that keep marks from having an effect, and without the marks themselves:
 * how Slack takes marks beside such spaces it does not say.
 */
const plainly = (text: string) => text.replace(/[\u200B*_~`]/g, "");

/** Shown as it was typed, in the blocks and in the notification; nobody named in it, and no link. */
function expectHarmless(shown: ShownMessage | undefined, typed: string, named: string[]): void {
  expect(shown?.text).toContain(visible(typed.trim()));
  expect(plainly(shown?.notification ?? "")).toContain(plainly(visible(typed.trim())));
  expect(shown?.links).toEqual([]);
  expect(shown?.mentions.filter((id) => !named.includes(id))).toEqual([]);
  expect(shown?.text).not.toMatch(UNSEEN);
  expect(plainly(shown?.notification ?? "")).not.toMatch(UNSEEN);
}

/** As much as the approvals card shows of it for sure: the rest is behind Show all. */
function atAGlance(typed: string): string {
  return typed.length <= 240 ? typed : typed.slice(0, 200).replace(/[\uD800-\uDBFF]$/, "");
}

async function expectAllShown(name: string, typed: string): Promise<void> {
  const { ann } = world;
  await ann.press("Show all", { in: APPROVALS, message: ({ text }) => text.includes(name) });
  const shown = await ann.until("all of it", () => isDrawn(ann.modal()?.text) && ann.modal());
  expect(shown.text).toContain(visible(typed.trim()));
  expect(shown).toMatchObject({ mentions: ["UDEV00001"], links: [] });
  expect(shown.text).not.toMatch(UNSEEN);
  await ann.close();
}

describe.each(HOSTILE)("%s", (_what, typed) => {
  test("as a reason, and as the reason of a denial: shown as typed, nobody pinged", async () => {
    const { dana, ann, eve, clock } = world;
    // Nobody may ask for more than a few approvals in one hour.
    clock.advance(3_600_000);
    const name = `key-${Math.random().toString(36).slice(2, 8)}`;
    const pinged = ann.mentionsOf().length;
    await ask(dana, name, { Permission: "Admin", Reason: typed });
    await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
    await ann.until("the card", () => approvalsCard(world, name));
    expectHarmless(approvalsCard(world, name), atAGlance(typed), ["UDEV00001", "SAPPROVE1"]);
    if (atAGlance(typed) !== typed) await expectAllShown(name, typed);
    expect(ann.mentionsOf()).toHaveLength(pinged + 1);

    await ann.press("Deny", { in: APPROVALS, message: ({ text }) => text.includes(name) });
    await ann.until("the form", () => ann.modal()?.fields.Reason);
    expect(ann.modal()).toMatchObject({ mentions: ["UDEV00001"], links: [] });
    await ann.fill({ Reason: typed });
    await ann.submit();
    await dana.until("the denial", () => card(dana, name)?.text.includes("Denied by @ann"));
    expectHarmless(card(dana, name), typed, ["UANN00001"]);
    await ann.until("the card", () => approvalsCard(world, name)?.text.includes("Denied by @ann"));
    expectHarmless(approvalsCard(world, name), atAGlance(typed), ["UDEV00001", "UANN00001", "SAPPROVE1"]);
    expect(eve.mentionsOf()).toEqual([]);
    expect(dana.toasts()).toEqual([]);
    await dana.close();
    await ann.close();
  });

  test.each(["create", "delete", "list", ""])("behind “/tigris-key %s”", async (word) => {
    const { eve } = world;
    await eve.reload();
    await eve.command(`/tigris-key ${word} ${typed.replaceAll("\n", " ")}`);
    await eve.until("an answer", () => eve.screen().length > 0 || isDrawn(eve.modal()?.text));
    const modal = eve.modal();
    for (const shown of [...eve.screen(), modal]) {
      expect(shown?.links ?? []).toEqual([]);
      // The form itself names those whose approval an Admin key needs.
      const named = shown === modal ? [APPROVERS_GROUP] : [];
      expect(shown?.mentions.filter((id) => !named.includes(id)) ?? []).toEqual([]);
      expect(shown?.text ?? "").not.toMatch(UNSEEN);
    }
    expect(eve.toasts()).toEqual([]);
  });
});

test.each(["create", "delete", "list", ""])("3,000 characters behind “/tigris-key %s”", async (word) => {
  const { eve } = world;
  for (const text of ["<!channel>".repeat(300), "&".repeat(3_000), "👩‍👩‍👧".repeat(375), "x".repeat(3_000)]) {
    await eve.reload();
    await eve.command(`/tigris-key ${word} ${text}`);
    await eve.until("an answer", () => eve.screen().length > 0 || isDrawn(eve.modal()?.text));
    expect(eve.toasts()).toEqual([]);
    expect(eve.mentionsOf()).toEqual([]);
  }
});

const isDrawn = (text: string | undefined) => text !== undefined && text !== "Loading…";
