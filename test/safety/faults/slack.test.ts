import { answers, ask, askForReadOnly, card, keep, reveal, secretMessages } from "../../e2e/play";
import { GENERAL } from "../../kit/people";
import { connected } from "../../kit/stand-ins";
import { passUntil } from "../../kit/until";
import { type World, worldForEach } from "../../kit/world";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

test.each([
  "channel_not_found",
  "not_in_channel",
  "user_not_in_channel",
  "messages_tab_disabled",
  "is_archived",
  "restricted_action",
  "invalid_blocks",
  "token_revoked",
])(
  "Slack refuses to post the secret with %s: its key opens nothing and goes, and the requester is told",
  async (error) => {
    const { dana, slack, tigris, clock } = world;
    await askForReadOnly(dana, "ci");
    slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "refuse", status: 200, body: { ok: false, error } });
    await dana.press("Show my secret", { in: dana.dm() });
    await dana.until("the card", () => card(dana, "ci")?.text.includes("The secret could not be shown"));
    expect(card(dana, "ci")?.text).not.toContain("<!channel>");
    await dana.until("the answer", () =>
      answers(dana).some((text) => text.includes("so its key goes; it was never on")),
    );
    expect(tigris.keys().flatMap(({ name, bucketsRole }) => (name.startsWith("ci-") ? bucketsRole : []))).toEqual([]);
    await passUntil("the key to be deleted", () => tigris.keys().length === 1, { clock, stepMs: 1_000 });
    expect(dana.mentionsOf()).toEqual([]);
    await keep(dana, "ci");
  },
);

test.each(["internal_error", "fatal_error", "service_unavailable", "an error of nobody's <!channel>"])(
  "Slack answers to the secret with %s: it may have appeared, so its key is off and kept, and another one is offered",
  async (error) => {
    const { dana, slack, tigris } = world;
    await askForReadOnly(dana, "ci");
    slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "refuse", status: 200, body: { ok: false, error } });
    await dana.press("Show my secret", { in: dana.dm() });
    await dana.until("the card", () => card(dana, "ci")?.text.includes("I couldn't confirm that the secret of"));
    await dana.until("the answer", () => answers(dana).some((text) => text.includes("I couldn't confirm")));
    expect(card(dana, "ci")?.buttons.map(({ label }) => label)).toEqual(["New secret", "Delete key"]);
    expect(card(dana, "ci")?.text).not.toContain("<!channel>");
    expect(dana.mentionsOf()).toEqual([]);
    const [key, ...more] = tigris.keys().filter(({ name }) => name.startsWith("ci-"));
    expect([key?.bucketsRole, more]).toEqual([[], []]);
    expect(tigris.calls.filter(({ action }) => action === "DeleteAccessKey")).toEqual([]);
  },
);

test("the socket is cut in the middle of an acknowledgement: one key, one secret", async () => {
  const { dana, slack, tigris } = world;
  await connected(slack, 2);
  await askForReadOnly(dana, "ci");
  slack.faults.arm({ call: "ack" }, { kind: "lose", when: "before" });
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("the secret", () => secretMessages(dana).length === 1);
  expect(tigris.keys()).toHaveLength(2);
});

test("both sockets are recycled under load: every command is answered", async () => {
  const { dana, slack } = world;
  await connected(slack, 2);
  const count = 30;
  const commands = Array.from({ length: count }, () => dana.command("/tigris-key help", { in: GENERAL }));
  slack.sockets.disconnectAll("refresh_requested");
  await Promise.all(commands);
  await dana.until("all the answers", () => answers(dana, GENERAL).length + dana.toasts().length === count);
  // A command that came while no connection was open is Slack's to refuse, and says so at once.
  expect(dana.toasts().every((text) => text.includes("dispatch_failed"))).toBe(true);
});

test("cards that can't be drawn are drawn later, and say what holds then", async () => {
  const { dana, slack, clock } = world;
  slack.faults.arm({ call: "chat.postMessage", times: 3 }, { kind: "refuse", status: 500, body: {} });
  await ask(dana, "ci");
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
  await passUntil("the card", () => card(dana, "ci") !== undefined, { clock, stepMs: 1_000 });
  await reveal(dana, "ci");
});

test("a card that is posted twice does nothing twice", async () => {
  const { dana, slack, tigris, clock } = world;
  slack.faults.arm({ call: "chat.postMessage" }, { kind: "lose", when: "after" });
  await ask(dana, "ci");
  const cards = () => dana.screen().filter(({ buttons }) => buttons.some(({ label }) => label === "Show my secret"));
  await passUntil("both cards", () => cards().length === 2, { clock, stepMs: 1_000 });
  await reveal(dana, "ci");
  expect(tigris.keys()).toHaveLength(2);
});
