import { createWorld, endWorld, type World } from "../kit/world";
import { answers, askForReadOnly, card, keep, secretAfter } from "./play";

let world: World;
afterEach(() => endWorld(world));

test("Delete key beside an older secret deletes nothing: the key has a newer one", async () => {
  world = await createWorld("socket");
  const { dana, tigris } = world;
  await askForReadOnly(dana, "ci");
  await keep(dana, "ci");
  const press = () => dana.press("New secret", { in: dana.dm() });
  const first = await secretAfter(world, press);
  await dana.until("the button", () => card(dana, "ci")?.buttons.some(({ label }) => label === "New secret"));
  await secretAfter(world, press);
  await dana.press("Delete key", { in: dana.dm(), message: ({ code }) => code[1] === first.secret });
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("no longer works")));
  expect(tigris.keys().some(({ accessKeyId }) => accessKeyId === first.accessKeyId)).toBe(true);
  expect(tigris.calls.map(({ action }) => action)).not.toContain("DeleteAccessKey");
});
