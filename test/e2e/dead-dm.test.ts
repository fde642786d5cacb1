import { ACTIONS } from "../../src/slack/ids";
import { APPROVALS, OWN_KEY } from "../kit/people";
import { until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { answers, askForAdmin, askForReadOnly, card, keep, reveal, secretMessages, shownSecret } from "./play";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const changes = () =>
  world.tigris.calls
    // Who tries what a secret opens asks for something too.
    .filter(({ callerId, action }) => callerId === OWN_KEY.accessKeyId && /^(Create|Rotate|Delete)/.test(action))
    .map(({ action }) => action);

/** Slack refuses all calls of a method in Dana's DM. */
function refuse(call: string, error: string): void {
  const dm = world.dana.dm();
  const match = (params: Record<string, unknown>) => call === "conversations.open" || params.channel === dm;
  world.slack.faults.arm({ call, match, times: 1_000 }, { kind: "refuse", status: 200, body: { ok: false, error } });
}

const pressed = (label: string, channel: string) =>
  world.dana.press(label, { in: channel, message: ({ isEphemeral }) => !isEphemeral });

describe("the DM was made anew", () => {
  test("a card that is drawn again stands in the new one, and its secret too", async () => {
    const { dana, ann, slack } = world;
    await askForAdmin(world, dana, "deploy");
    const fresh = slack.renewDm(dana.id);
    await ann.press("Approve", { in: APPROVALS });
    await dana.until("the card", () => dana.dm() === fresh && card(dana, "deploy")?.text.includes("approved by @ann"));
    await reveal(dana, "deploy");
    expect(changes()).toEqual(["CreateAccessKeyWithBucketsRole"]);
    await dana.until("the key's card", () => card(dana, "deploy")?.buttons.some(({ label }) => label === "New secret"));
  });

  test("a Reveal in the old one posts the card in the new one, and the one key that it makes is shown there", async () => {
    const { dana, slack, tigris } = world;
    await askForReadOnly(dana, "ci");
    const old = dana.dm();
    const fresh = slack.renewDm(dana.id);
    await pressed("Show my secret", old);
    const shown = await dana.until("the secret", () => dana.dm() === fresh && shownSecret(dana));
    expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
    expect(changes()).toEqual(["CreateAccessKeyWithBucketsRole"]);
    await dana.until("the key's card", () => card(dana, "ci")?.buttons.some(({ label }) => label === "New secret"));
    const before = slack.calls.length;
    await pressed("New secret", fresh);
    await dana.until("the new secret", () => secretMessages(dana).length === 2);
    // It is remembered: nothing is tried in the old one any more.
    expect(slack.calls.slice(before).filter(({ params }) => params.channel === old)).toEqual([]);
  });

  test("a new secret of a key whose card stands in the old one is shown in the new one", async () => {
    const { dana, slack, tigris } = world;
    await askForReadOnly(dana, "ci");
    await keep(dana, "ci");
    const old = dana.dm();
    const fresh = slack.renewDm(dana.id);
    await pressed("New secret", old);
    const shown = await dana.until("the secret", () => dana.dm() === fresh && shownSecret(dana));
    expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
  });
});

const TAKES_NOTHING = [
  ["channel_not_found", "Open our DM anew and press again"],
  ["is_archived", "Open our DM anew and press again"],
  ["restricted_action", "tell whoever runs this bot"],
  ["msg_too_long", "tell whoever runs this bot"],
  ["messages_tab_disabled", "turn on the Messages Tab"],
  ["internal_error", "please try again in a moment"],
] as const;

describe.each(TAKES_NOTHING)("the DM takes no post (%s)", (code, whatToDo) => {
  const refusal = () => answers(world.dana).find((text) => text.includes("no message from me in our DM"));
  const refuseAll = () => {
    for (const call of ["chat.postMessage", "chat.update", "chat.postEphemeral"]) refuse(call, code);
  };

  test("Reveal makes nothing, and says what to do; then it goes on", async () => {
    const { dana, slack } = world;
    await askForReadOnly(dana, "ci");
    refuseAll();
    await pressed("Show my secret", dana.dm());
    expect(await dana.until("the refusal", refusal)).toContain(whatToDo);
    await pressed("Show my secret", dana.dm());
    await dana.until("the refusal again", () => answers(dana).length === 2);
    expect(changes()).toEqual([]);
    slack.faults.clear();
    await reveal(dana, "ci");
    expect(changes()).toEqual(["CreateAccessKeyWithBucketsRole"]);
  });

  test("New secret replaces nothing: the old one goes on", async () => {
    const { dana, tigris } = world;
    await askForReadOnly(dana, "ci");
    const shown = await keep(dana, "ci");
    refuseAll();
    await pressed("New secret", dana.dm());
    expect(await dana.until("the refusal", refusal)).toContain(whatToDo);
    expect(changes()).toEqual(["CreateAccessKeyWithBucketsRole"]);
    expect((await tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(true);
  });
});

test("a DM that can't be opened: nothing is made", async () => {
  const { dana } = world;
  await askForReadOnly(dana, "ci");
  refuse("conversations.open", "internal_error");
  await pressed("Show my secret", dana.dm());
  await dana.until("the refusal", () => answers(dana).some((text) => text.includes("couldn't open a direct message")));
  expect(changes()).toEqual([]);
});

describe("the DM takes messages, but none that only one person sees", () => {
  test("the second Reveal tries with a line without a secret, and makes nothing", async () => {
    const { dana, slack } = world;
    await askForReadOnly(dana, "ci");
    refuse("chat.postEphemeral", "restricted_action");
    await pressed("Show my secret", dana.dm());
    await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("The secret could not be shown"));
    await until("the key to go", () => changes().length === 2, { seen: changes });
    expect(changes()).toEqual(["CreateAccessKeyWithBucketsRole", "DeleteAccessKey"]);
    await pressed("Show my secret", dana.dm());
    await dana.until("the refusal", () =>
      answers(dana).some((text) => text.includes("Slack takes no message from me in our DM")),
    );
    expect(changes()).toHaveLength(2);
    slack.faults.clear();
    await reveal(dana, "ci");
  });

  test("so does the second New secret", async () => {
    const { dana, slack } = world;
    await askForReadOnly(dana, "ci");
    await keep(dana, "ci");
    refuse("chat.postEphemeral", "restricted_action");
    await pressed("New secret", dana.dm());
    await dana.until("the card", () => card(dana, "ci")?.text.includes("Nobody holds the secret of"));
    await pressed("New secret", dana.dm());
    await dana.until("the refusal", () =>
      answers(dana).some((text) => text.includes("Slack takes no message from me in our DM")),
    );
    expect(changes()).toEqual(["CreateAccessKeyWithBucketsRole", "RotateAccessKey"]);
    slack.faults.clear();
    await pressed("New secret", dana.dm());
    await dana.until("the secret", () => secretMessages(dana).length === 1);
  });
});

test("a stranger's Reveal opens nobody's DM", async () => {
  const { dana, eve, slack } = world;
  await askForReadOnly(dana, "ci");
  await pressed("Cancel", dana.dm());
  await dana.until("the card", () => card(dana, "ci")?.text.includes("Canceled by you"));
  const payload = slack.deliveries.at(-1)?.payload as { actions: object[]; user: object };
  const [action] = payload.actions;
  const actions = [{ ...action, action_id: ACTIONS.reveal }];
  const opened = () => slack.calls.filter(({ method }) => method === "conversations.open").length;
  const before = opened();
  await slack.sendRaw("interaction", { ...payload, actions, user: { ...payload.user, id: eve.id } });
  await dana.until("the refusal", () => answers(dana).some((text) => text.includes("I don't know this request")));
  expect(opened()).toBe(before);
});
