import { type World, worldForEach } from "../kit/world";
import { askForReadOnly, keep, type ShownSecret, showSecret, switchOn } from "./play";
import { fillRotation, sendRotation } from "./play-rotation";

/** The form that rotates a key, and the ways to it. */

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const works = async ({ accessKeyId, secret }: ShownSecret) => (await world.tigris.use(accessKeyId, secret)).ok;

test("a new secret at once is to be had on the card: the form leads there, and changes nothing", async () => {
  const { dana } = world;
  await askForReadOnly(dana, "deploy");
  const first = await keep(dana, "deploy");
  await fillRotation(world, first, "Now: the old secret stops at once");
  await dana.submit();
  await dana.until("the way", () => dana.modal()?.text.includes("Press New secret on the card of deploy"));
  expect(await works(first)).toBe(true);
});

test("the command: a word that no key has, none, and a picked one", async () => {
  const { dana } = world;
  await dana.command("/tigris-key rotate");
  await dana.until("no key", () => dana.modal()?.text.includes("There is no key that you could rotate"));
  await dana.close();
  await askForReadOnly(dana, "deploy");
  await keep(dana, "deploy");
  await dana.command("/tigris-key rotate nosuch");
  await dana.until("the form", () => dana.modal()?.text.includes("No key of yours is called nosuch"));
  expect(Object.keys(dana.modal()?.fields ?? {})).toEqual(["Key", "How", "Reason"]);
  const offered = await dana.options("Key", "dep");
  expect(offered).toHaveLength(1);
  await dana.fill({ Key: offered[0] ?? "" });
  await sendRotation(world);
  await switchOnSecond();
});

async function switchOnSecond(): Promise<void> {
  const { dana } = world;
  await showSecret(dana, "deploy");
  await switchOn(dana, "deploy");
}
