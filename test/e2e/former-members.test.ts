import { APPROVALS, GENERAL } from "../kit/people";
import { until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import {
  answers,
  approvalsCard,
  askForAdmin,
  askForReadOnly,
  card,
  keep,
  reveal,
  SWITCH_ON,
  secretAfter,
} from "./play";

const DANA = "UDEV00001";

let world: World;
afterEach(() => endWorld(world));

const mutations = () =>
  world.tigris.calls.filter(({ action }) => /^(?:Create|Rotate|Delete|Update)/.test(action)).length;

/** Dana has a key, and a request that waits. */
async function withKeyAndRequest(): Promise<void> {
  world = await createWorld("socket");
  await askForReadOnly(world.dana, "ci");
  await keep(world.dana, "ci");
  await secretAfter(world, () => world.dana.press("New secret", { in: world.dana.dm() }));
  await askForAdmin(world, world.dana, "deploy");
}

/** Presses a button of Dana's, and waits for what she is told. */
async function told(label: string, which: { isEphemeral: boolean } | string): Promise<string> {
  const { dana } = world;
  const before = answers(dana).length;
  await dana.press(label, {
    in: dana.dm(),
    message: (message) =>
      typeof which === "string"
        ? message.text.includes(which) && !message.isEphemeral
        : message.isEphemeral === which.isEphemeral && message.code.length === 3,
  });
  await dana.until("an answer", () => answers(dana).length > before);
  return answers(dana).at(-1) ?? "";
}

test("who became a guest uses nothing of what is theirs: no request, no key, no list", async () => {
  await withKeyAndRequest();
  const { dana, slack } = world;
  const before = mutations();
  slack.setPerson(DANA, { isRestricted: true });
  expect(await told("Cancel request", "deploy")).toContain("Guests can't use Tigris keys");
  expect(await told("New secret", "ci")).toContain("Guests can't use Tigris keys");
  expect(await told("Pause", "ci")).toContain("Guests can't use Tigris keys");
  expect(await told("Delete key", "ci")).toContain("Guests can't use Tigris keys");
  expect(await told("I've saved it", { isEphemeral: true })).toContain("Guests can't use Tigris keys");
  await dana.command("/tigris-key list", { in: GENERAL });
  await dana.until("a refusal", () => answers(dana, GENERAL).some((text) => text.includes("Guests can't")));
  await dana.command("/tigris-key delete");
  await dana.until("a refusal", () => dana.modal()?.text.includes("Guests can't use Tigris keys"));
  expect(mutations()).toBe(before);
  expect(card(dana, "ci")?.text).toContain("not confirmed yet");
  expect(approvalsCard(world, "deploy")?.buttons).not.toEqual([]);
});

test("who may no longer ask gets no form, no new secret and no power back, and can still pause and delete", async () => {
  await withKeyAndRequest();
  const { dana } = world;
  await world.restartBot({ REQUESTERS: "UEVE00001" });
  await dana.command("/tigris-key create other");
  await dana.until("a refusal", () => dana.modal()?.text.includes("Only @eve can ask for keys here"));
  await dana.close();
  const before = mutations();
  expect(await told("New secret", "ci")).toContain("Only @eve can ask for keys here");
  expect(mutations()).toBe(before);
  expect(await told("Pause", "ci")).toContain("You paused ci");
  const paused = mutations();
  expect(await told("Resume", "ci")).toContain("Only @eve can ask for keys here");
  expect(mutations()).toBe(paused);
  expect(await told("Delete key", "ci")).toContain("You deleted ci");
});

test.each([SWITCH_ON, "New secret"])(
  "who may no longer ask and presses %s of a key that is off: nothing is made or switched on, and the key goes",
  async (label) => {
    world = await createWorld("socket");
    const { dana, tigris } = world;
    await askForReadOnly(dana, "ci");
    await reveal(dana, "ci");
    await world.restartBot({ REQUESTERS: "UEVE00001" });
    await dana.press(label, { in: dana.dm(), message: ({ isEphemeral, text }) => !isEphemeral && text.includes("ci") });
    await dana.until("a refusal", () => answers(dana).some((text) => text.includes("Only @eve can ask for keys here")));
    await dana.until("the end", () =>
      dana.screen().some(({ text }) => text.includes("you can no longer ask for keys")),
    );
    await until("the key to go", () => tigris.keys().length === 1);
    expect(tigris.calls.some(({ action }) => action.startsWith("Update"))).toBe(false);
    expect(tigris.calls.filter(({ action }) => action.startsWith("Create"))).toHaveLength(1);
  },
);

test("an approval of somebody who may no longer ask is refused, and the request ends", async () => {
  await withKeyAndRequest();
  const { ann } = world;
  await world.restartBot({ REQUESTERS: "UEVE00001" });
  await ann.press("Approve", { in: APPROVALS });
  await ann.until("a refusal", () =>
    answers(ann, APPROVALS).some((text) => text.includes("can no longer ask for keys, so this request has ended")),
  );
  await ann.until("the card", () => approvalsCard(world, "deploy")?.text.includes("can no longer ask for keys"));
});
