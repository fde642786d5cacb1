import { ACTIONS } from "../../src/slack/ids";
import { APPROVALS } from "../kit/people";
import { until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { click } from "../safety/attacks/crafted";
import { allSent, answers, card, rang, reveal, SWITCH_ON, secretMessages, switchOn } from "./play";
import {
  actions,
  approvedKey,
  isAnswered,
  isCardSaying,
  may,
  offKey,
  pressOnSecret,
  pressStale,
  stored,
} from "./play-off";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const gone = () => until("the key to go", () => world.tigris.keys().length === 1, { seen: world.tigris.keys });
const pressNewSecret = () =>
  world.dana.press("New secret", { in: world.dana.dm(), message: card(world.dana, "deploy")?.ts ?? "" });

test("New secret of a key that is off makes another key: the older secret is refused, its key goes, and the newer one works", async () => {
  const { dana, tigris } = world;
  const first = await offKey(world);
  await pressNewSecret();
  await dana.until("the new secret", () => secretMessages(dana).length === 2);
  const [older, newer] = secretMessages(dana);
  await dana.until("the card", () => card(dana, "deploy")?.text.includes(newer?.code[0] ?? "nothing"));
  await until("the first key to go", () => tigris.keys().length === 2 && actions(world, /^DeleteAccessKey$/) === 1);
  await pressOnSecret(world, older?.ts);
  await dana.until("the refusal", isAnswered(dana, "This secret of deploy no longer works: a newer one was asked for"));
  expect(secretMessages(dana).map(({ ts }) => ts)).toEqual([newer?.ts]);
  expect(actions(world, /^Update/)).toBe(0);
  expect(actions(world, /^Rotate/)).toBe(0);
  expect((await tigris.use(first.accessKeyId, first.secret)).ok).toBe(false);
  await switchOn(dana, "deploy");
  const [accessKeyId = "", secret = ""] = newer?.code ?? [];
  expect(await may(world, { accessKeyId, secret })).toContain("write logs");
  expect(tigris.keys().map(({ name }) => name)).toEqual(["root", expect.stringMatching(/^deploy-\w{8}-2$/)]);
});

test("the button of an off card changes nothing on a key that is on by now, and says why", async () => {
  const { dana, tigris } = world;
  const shown = await offKey(world);
  await switchOn(dana, "deploy");
  const before = tigris.calls.length;
  const { deliveryId } = await stored(world);
  await pressStale(world, ACTIONS.anotherSecret, deliveryId);
  await dana.until("the answer", isAnswered(dana, "The key deploy was made"));
  await pressStale(world, ACTIONS.savedOnCard, deliveryId);
  await dana.until("the answer", isAnswered(dana, "Noted: you have saved the secret of deploy"));
  expect(tigris.calls.slice(before).filter(({ action }) => !action.startsWith("List"))).toEqual([]);
  expect(await may(world, shown)).toContain("write logs");
});

test("the card's button is refused where nobody knows whether the secret appeared; the secret's own works", async () => {
  const { dana, slack } = world;
  await approvedKey(world);
  slack.faults.arm({ call: "chat.postEphemeral" }, { kind: "lose", when: "after" });
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("the card", isCardSaying(dana, "I couldn't confirm that the secret of"));
  const before = answers(dana).length;
  await pressStale(world, ACTIONS.savedOnCard, (await stored(world)).deliveryId);
  await dana.until("the refusal", () => answers(dana).length > before);
  expect(answers(dana).at(-1)).toContain("I couldn't confirm that the secret of deploy appeared");
  expect(actions(world, /^Update/)).toBe(0);
  await switchOn(dana, "deploy");
});

test("while a key is being switched on nothing else ends its request: the refusals say to delete it instead", async () => {
  const { dana, ann, tigris } = world;
  await offKey(world);
  tigris.faults.arm({ call: "UpdateAccessKeyWithBucketsRole" }, { kind: "lose", when: "before" });
  await pressOnSecret(world);
  await dana.until("the card", isCardSaying(dana, "has not said whether it is on"));
  const { deliveryId, requestId } = await stored(world);
  await pressStale(world, ACTIONS.cancel, requestId);
  await dana.until(
    "the refusal",
    isAnswered(dana, "deploy may be on already. On its card, press I've saved it: switch on once more"),
  );
  const place = { response_url: world.slack.newResponseUrl(ann.id, APPROVALS) };
  await world.slack.sendRaw("interaction", click(world, { id: ann.id }, ACTIONS.withdraw, requestId, place));
  await ann.until("the refusal", () =>
    answers(ann, APPROVALS).some((text) => text.includes("It can no longer be withdrawn; delete the key instead")),
  );
  const saying = () => answers(dana).filter((text) => text.includes("deploy may be on already")).length;
  const before = saying();
  await pressStale(world, ACTIONS.anotherSecret, deliveryId);
  await dana.until("the same refusal", () => saying() > before);
  // A new secret of such a key is asked for with a form.
  await pressStale(world, ACTIONS.newSecret, tigris.keys()[1]?.accessKeyId ?? "");
  await dana.until("the refusal", () => dana.modal()?.text.includes("deploy may be on already"));
  await dana.close();
  expect(actions(world, /^(Create|Rotate|Delete)/)).toBe(1);
  await pressOnSecret(world);
  await dana.until("the card", isCardSaying(dana, "🔑 On · "));
});

describe("reminders", () => {
  const told = (words: string) => rang(world, world.dana, `deploy is still off${words}`);

  test("come after ten minutes and an hour before the end, once each, as the card with its buttons", async () => {
    const { dana, clock } = world;
    const shown = await offKey(world);
    await allSent(world);
    clock.advance(10 * MINUTE - SECOND);
    await world.restartBot();
    expect(told("")).toBe(0);
    clock.advance(2 * SECOND);
    await dana.until("the first one", () => told(": it opens none of your buckets") === 1);
    await allSent(world);
    clock.advance(22 * HOUR + 49 * MINUTE);
    await world.restartBot();
    expect(told("")).toBe(1);
    clock.advance(MINUTE);
    await dana.until("the last one", () => told(" and is deleted") === 1);
    await allSent(world);
    clock.advance(30 * MINUTE);
    await world.restartBot();
    expect(told("")).toBe(2);
    const offers = dana.screen().filter(({ isEphemeral, buttons }) => !isEphemeral && buttons.length > 0);
    expect(offers.map(({ buttons }) => buttons.map(({ label }) => label))).toEqual([
      [SWITCH_ON, "New secret", "Delete key"],
    ]);
    await dana.press(SWITCH_ON, { in: dana.dm(), message: offers[0]?.ts ?? "" });
    await dana.until("the card", isCardSaying(dana, "🔑 On · "));
    expect(await may(world, shown)).toContain("write logs");
  });

  test("do not come for a key that is on", async () => {
    const { dana, clock } = world;
    await offKey(world);
    await switchOn(dana, "deploy");
    clock.advance(23 * HOUR + MINUTE);
    await dana.command("/tigris-key list", { in: dana.dm() });
    await dana.until("the list", isAnswered(dana, "deploy"));
    expect(told("")).toBe(0);
  });
});

test("a delivery in the last hour has an hour from then on, once: a later New secret moves the end no further", async () => {
  const { dana, clock } = world;
  await approvedKey(world);
  await allSent(world);
  clock.advance(23 * HOUR + 30 * MINUTE);
  await reveal(dana, "deploy");
  await allSent(world);
  clock.advance(50 * MINUTE);
  await pressNewSecret();
  await dana.until("the new secret", () => secretMessages(dana).length === 2);
  await dana.until("the card", () =>
    card(dana, "deploy")?.text.includes(secretMessages(dana)[1]?.code[0] ?? "nothing"),
  );
  await until("the first key to go", () => actions(world, /^DeleteAccessKey$/) === 1);
  await allSent(world);
  clock.advance(10 * MINUTE - SECOND);
  await world.restartBot();
  expect(card(dana, "deploy")?.text).toContain("🔑 Off · ");
  clock.advance(2 * SECOND);
  await dana.until("the end", isCardSaying(dana, "was not used until"));
  await gone();
});
