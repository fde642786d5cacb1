import { APPROVALS } from "../kit/people";
import { type World, worldForEach } from "../kit/world";
import { answers } from "./play";
import { keyCard, namedKey, narrow } from "./play-access";
import { leaverCards, passLooks, readOnlyKey } from "./play-leave";
import { fillRotation, sendRotation } from "./play-rotation";

/** What rotations, changes of access and takeovers do to each other. */

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

jest.setTimeout(120_000);

test("a rotation that was asked for before its key was narrowed makes no key that opens more", async () => {
  const { dana, tigris } = world;
  const first = await namedKey(world, { Permission: "Editor", Buckets: ["builds", "logs"] });
  await fillRotation(world, first, "With overlap: both keys work for 1 day");
  await sendRotation(world);
  await dana.until("the card of the key", () => keyCard(dana));
  await narrow(world, { Buckets: ["builds"] });
  const before = tigris.keys().length;
  await dana.press("Show my secret", { in: dana.dm(), message: ({ text }) => text.includes("Rotation of the") });
  await dana.until("why not", () => answers(dana, dana.dm()).some((text) => text.includes("opens less by now")));
  expect(tigris.keys()).toHaveLength(before);
});

test("whoever is back since the last look keeps their keys, whatever is remembered of them", async () => {
  const { dana, eve } = world;
  await readOnlyKey(dana, "ci-uploader");
  world.slack.setPerson("UDEV00001", { deleted: true });
  await passLooks(world, "the card", () => leaverCards(world).length > 0);
  await eve.press("Take over", { in: APPROVALS, message: ({ text }) => text.includes("Keys without an owner") });
  await eve.until("the form", () => eve.modal()?.fields.Keys);
  // What says so got lost.
  world.slack.setPerson("UDEV00001", { deleted: false }, false);
  await eve.submit();
  await eve.until("why not", () => eve.modal()?.text.includes("@dana is a full member: their keys stay theirs"));
  const [row] = await world.database.rows<{ owner_id: string }>("select owner_id from keys");
  expect(row?.owner_id).toBe("UDEV00001");
});
