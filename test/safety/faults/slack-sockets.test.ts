import { answers, askForReadOnly, card, reveal, SWITCH_ON, secretMessages } from "../../e2e/play";
import { connected, reached } from "../../kit/stand-ins";
import { until } from "../../kit/until";
import { type World, worldForEach } from "../../kit/world";

const NAMES = ["alpha", "bravo", "delta", "gamma", "kilo", "lima"];

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});
beforeEach(() => connected(world.slack, 2));

const calls = (name: string) => world.tigris.calls.filter(({ action }) => action === name).length;
const live = () => world.tigris.keys().length - 1;

/** Presses a button of each key's card at once. */
function pressAll(label: string): Promise<void>[] {
  const { dana } = world;
  return NAMES.map((name) =>
    dana.press(label, {
      in: dana.dm(),
      message: ({ isEphemeral, text }) => !isEphemeral && text.includes(name),
    }),
  );
}

test("both sockets are recycled with six reveals in flight: six keys, each shown once, and nothing twice", async () => {
  const { dana, slack } = world;
  for (const name of NAMES) await askForReadOnly(dana, name);
  const held = slack.faults.arm({ call: "users.info", times: NAMES.length }, { kind: "hold", when: "before" });
  await Promise.all(pressAll("Show my secret"));
  await reached(held);
  slack.sockets.disconnectAll("refresh_requested");
  held.release();
  await dana.until("six secrets", () => secretMessages(dana).length === NAMES.length);
  expect([calls("CreateAccessKeyWithBucketsRole"), live()]).toEqual([NAMES.length, NAMES.length]);
  expect(dana.toasts()).toEqual([]);
  await connected(slack, 2);
});

test.each([
  ["recycled", () => world.slack.sockets.disconnectAll("refresh_requested")],
  ["cut", () => world.slack.sockets.cut()],
])(
  "both sockets are %s before six reveals are acknowledged: each click counts once or is said to have failed",
  async (_, end) => {
    const { dana, slack } = world;
    for (const name of NAMES) await askForReadOnly(dana, name);
    const from = slack.deliveries.length;
    const clicks = pressAll("Show my secret");
    await until("the first click to be delivered", () => slack.deliveries.length - from > 0);
    end();
    await connected(slack, 2);
    await Promise.all(clicks);
    const failed = () => dana.toasts().length;
    await dana.until("how each click went", () => {
      const made = secretMessages(dana).length;
      return made <= NAMES.length && made + failed() >= NAMES.length;
    });
    // What Slack says to have failed may be pressed again: it has the first effect or none, and never a second one.
    for (const name of NAMES) {
      const isLeft = () => card(dana, name)?.buttons.some(({ label }) => label === "Show my secret");
      const isMade = () => card(dana, name)?.buttons.some(({ label }) => label === "New secret");
      await dana.until("where it stands", () => (failed() > 0 && isLeft()) || isMade());
      if (!isMade()) await reveal(dana, name);
    }
    await dana.until("six secrets", () => secretMessages(dana).length === NAMES.length);
    expect([calls("CreateAccessKeyWithBucketsRole"), live()]).toEqual([NAMES.length, NAMES.length]);
  },
);

test("the socket is cut when Slack has the acknowledgement: what was clicked happens once", async () => {
  const { dana, slack } = world;
  await askForReadOnly(dana, "ci");
  await reveal(dana, "ci");
  const press = async (label: string) => {
    await dana.until(label, () => card(dana, "ci")?.buttons.some((button) => button.label === label));
    slack.faults.arm({ call: "ack" }, { kind: "lose", when: "after" });
    await dana.press(label, { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
  };
  await press(SWITCH_ON);
  await dana.until("the key on", () => card(dana, "ci")?.text.includes("🔑 On · "));
  await connected(slack, 2);
  await press("Pause");
  await dana.until("the pause", () => card(dana, "ci")?.text.includes("works nowhere"));
  await connected(slack, 2);
  await press("Resume");
  await dana.until("the key on", () => card(dana, "ci")?.text.includes("🔑 On · "));
  await connected(slack, 2);
  const before = secretMessages(dana).length;
  await press("New secret");
  await dana.until("the new secret", () => secretMessages(dana).length === before + 1);
  await connected(slack, 2);
  await press("Delete key");
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("You deleted ci")));
  await connected(slack, 2);
  await slack.redeliver(-1);
  await dana.until("the answer to the same click", () => answers(dana).some((text) => text.includes("was deleted by")));
  expect([calls("UpdateAccessKeyWithBucketsRole"), calls("UpdateAccessKey")]).toEqual([1, 2]);
  expect([calls("RotateAccessKey"), calls("DeleteAccessKey"), live()]).toEqual([1, 1, 0]);
});
