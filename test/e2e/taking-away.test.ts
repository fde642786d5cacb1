import type { Person } from "../../sandbox/slack";
import { APPROVALS, GENERAL } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { passUntil } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { answers, askForAdmin, askForReadOnly, card, keep, secretMessages } from "./play";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const keys = () => world.tigris.keys().filter(({ accessKeyId }) => accessKeyId !== "tid_bot_own_key");

/** Deletes somebody's key by the command's form. */
async function deleteBy(person: Person, accessKeyId: string): Promise<void> {
  await person.command(`/tigris-key delete ${accessKeyId}`, { in: GENERAL });
  await person.until("the form", () => person.modal()?.submit === "Delete key");
  await person.submit();
}

describe("a deletion while a new secret is being made", () => {
  test.each(["before", "after"] as const)("is taken at once, and no secret goes out (%s Tigris)", async (when) => {
    const { dana, ann, tigris } = world;
    await askForReadOnly(dana, "ci");
    const { accessKeyId } = await keep(dana, "ci");
    const held = tigris.faults.arm({ call: "RotateAccessKey" }, { kind: "hold", when });
    await dana.press("New secret", { in: dana.dm() });
    await reached(held);
    await deleteBy(ann, accessKeyId);
    await ann.until("the deletion", () => ann.modal()?.text.includes("You deleted ci"));
    expect(keys()).toEqual([]);
    held.release();
    await dana.until("the answer", () => answers(dana).some((text) => /ci was deleted by @ann/.test(text)));
    await dana.until("the card", () => card(dana, "ci")?.text.includes("Deleted by @ann"));
    expect(secretMessages(dana)).toEqual([]);
  });

  test("stops a secret that Slack has wait", async () => {
    const { dana, ann, slack, clock } = world;
    await askForReadOnly(dana, "ci");
    const { accessKeyId } = await keep(dana, "ci");
    const busy = { kind: "refuse", status: 429, headers: { "retry-after": "5" }, body: {} } as const;
    const refused = slack.faults.arm({ call: "chat.postEphemeral" }, busy);
    await dana.press("New secret", { in: dana.dm() });
    await reached(refused);
    await deleteBy(ann, accessKeyId);
    await ann.until("the deletion", () => ann.modal()?.text.includes("You deleted ci"));
    clock.advance(5_000);
    await dana.until("the answer", () => answers(dana).some((text) => /ci was deleted by @ann/.test(text)));
    expect(secretMessages(dana)).toEqual([]);
  });
});

test("an approval can be withdrawn while what a failed attempt left behind is being deleted", async () => {
  const { dana, ann, bob, slack, tigris } = world;
  await askForAdmin(world, dana, "deploy");
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () => card(dana, "deploy")?.text.includes("approved by @ann"));
  slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "refuse", status: 200, body: { ok: false, error: "x" } });
  tigris.faults.arm({ call: "DeleteAccessKey", times: 100 }, { kind: "refuse", status: 503, body: {} });
  await dana.press("Show my secret", { in: dana.dm() });
  await bob.until("the failure", () => bob.screen(APPROVALS).some(({ text }) => text.includes("the last try failed")));
  await bob.press("Withdraw", { in: APPROVALS });
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Withdrawn by @bob"));
  tigris.faults.clear();
  await passUntil("the key to go", () => keys().length === 0, { clock: world.clock, stepMs: 10_000 });
  expect(card(dana, "deploy")?.text).toContain("Withdrawn by @bob");
  expect(card(dana, "deploy")?.text).toContain("Its key was never on, and goes.");
  expect(secretMessages(dana)).toEqual([]);
});
