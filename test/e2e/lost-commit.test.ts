import { createFaultyStore, type StoreFaults } from "../kit/faulty-store";
import { passUntil } from "../kit/until";
import { createWorld, type World } from "../kit/world";
import { askForReadOnly, card, reveal, secretMessages } from "./play";

let world: World;
let faults: StoreFaults;
beforeEach(async () => {
  const faulty = createFaultyStore();
  faults = faulty.faults;
  world = await createWorld("socket", { overrides: { store: faulty.wrap } });
});
afterEach(async () => {
  faults.setUnreadable(false);
  expect(world.secretsFound()).toEqual([]);
  await world.stop();
});

const deletions = () => world.tigris.calls.filter(({ action }) => action === "DeleteAccessKey");

test("a delivery that is written, but whose commit got no answer, counts: the key stays, and works", async () => {
  const { dana } = world;
  await askForReadOnly(dana, "ci");
  faults.loseAnswerAfter("key.posted");
  await reveal(dana, "ci");
  await dana.until("the key's card", () => card(dana, "ci")?.text.includes("not confirmed yet"));
  expect(deletions()).toEqual([]);
  await dana.press("I've saved it", { in: dana.dm() });
  await dana.until("the confirmation", () => card(dana, "ci")?.text.includes("confirmed as saved"));
});

test("a delivery that is not written goes, at once", async () => {
  const { dana } = world;
  await askForReadOnly(dana, "ci");
  faults.failBefore("key.posted");
  await dana.press("Reveal secret", { in: dana.dm() });
  await dana.until("the answer", () => dana.screen().some(({ text }) => text.includes("took too long")));
  expect(deletions()).toHaveLength(1);
});

test("a key whose record got no answer is delivered where it is recorded", async () => {
  const { dana } = world;
  await askForReadOnly(dana, "ci");
  faults.loseAnswerAfter("attempt.answered");
  await reveal(dana, "ci");
  expect([secretMessages(dana).length, deletions().length]).toEqual([1, 0]);
});

test("a request whose end got no answer is told as what it is", async () => {
  const { dana } = world;
  await askForReadOnly(dana, "ci");
  faults.loseAnswerAfter("request.cancelled");
  await dana.press("Cancel", { in: dana.dm() });
  await dana.until("the answer", () =>
    dana.screen().some(({ text }) => text.includes("You cancelled the request for ci")),
  );
});

test("a delivery of which nobody can say whether it is written: nothing is deleted, and the card shows what holds", async () => {
  const { dana, clock } = world;
  await askForReadOnly(dana, "ci");
  faults.loseAnswerAfter("key.posted", "breaks");
  await dana.press("Reveal secret", { in: dana.dm() });
  await dana.until("the secret", () => secretMessages(dana).length === 1);
  await dana.until("the answer", () => {
    clock.advance(200);
    return dana.screen().some(({ text }) => text.includes("Something went wrong on my side"));
  });
  faults.setUnreadable(false);
  await dana.until("the key's card", () => {
    clock.advance(2_000);
    return card(dana, "ci")?.text.includes("not confirmed yet");
  });
  expect(deletions()).toEqual([]);
});

test("a lapse that can't be written holds up no other, and comes again", async () => {
  const { dana, clock } = world;
  for (const name of ["first", "second"]) await askForReadOnly(dana, name);
  const hasLapsed = (name: string) => card(dana, name)?.text.includes("was not used until") ?? false;
  faults.failBefore("request.lapsed");
  clock.advance(24 * 3_600_000);
  await dana.until("the other one to lapse", () => hasLapsed("first") || hasLapsed("second"));
  await passUntil("both to lapse", () => hasLapsed("first") && hasLapsed("second"), { clock, stepMs: 1_000 });
});
