import { ACTIONS } from "../../src/slack/ids";
import { APPROVALS, GENERAL } from "../kit/people";
import { createWorld, endWorld, type World } from "../kit/world";
import { answers, askForReadOnly, card, keep, type ShownSecret } from "./play";
import { hears, pressInOldList } from "./play-pause";

const RESUME = "Resume of the ReadOnly key ci";

let world: World;
let key: ShownSecret;
beforeEach(async () => {
  world = await createWorld("socket");
  const { dana } = world;
  await askForReadOnly(dana, "ci");
  key = await keep(dana, "ci");
  await dana.press("Pause", { in: dana.dm() });
  await dana.until("the pause", () => card(dana, "ci")?.text.includes("works nowhere"));
  await world.restartBot({ APPROVAL_FOR: "admin,readonly" });
});
afterEach(() => endWorld(world));

const works = async () => (await world.tigris.use(key.accessKeyId, key.secret)).ok;
const asked = () => world.dana.screen().findLast(({ text }) => text.includes(RESUME) || text.includes("Resumed · "));

async function askToResume(): Promise<void> {
  const { dana, ann } = world;
  await dana.press("Resume", { in: dana.dm() });
  await dana.until("the form", () => dana.modal()?.text.includes("Such keys need an approval by now"));
  await dana.fill({ Reason: "The nightly build needs it again" });
  await dana.submit();
  await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
  await dana.close();
  await dana.until("its card", () => asked()?.text.includes("Waiting for"));
  await ann.until("the request", () =>
    ann.screen(APPROVALS).some(({ text }) => text.includes("Resume of a ReadOnly key")),
  );
}

test("where policy needs more by now than the key has, Resume asks for it, and works with it alone", async () => {
  const { dana, ann } = world;
  await askToResume();
  await dana.press("Resume", { in: dana.dm() });
  await dana.until("a refusal", () => answers(dana).some((text) => text.includes("is asked for already")));
  expect(await works()).toBe(false);

  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () => asked()?.text.includes("approved by @ann"));
  expect(await works()).toBe(false);
  await dana.press("Resume", { in: dana.dm(), message: asked()?.ts ?? "" });
  await dana.until("that it works", () => answers(dana).some((text) => text.includes("ci works again")));
  expect(await works()).toBe(true);
  await dana.until("the request used", () => asked()?.text.includes("Resumed"));

  // The key has an approval from then on.
  await dana.press("Pause", { in: dana.dm() });
  await dana.until("the pause", () => dana.screen().some(({ text }) => text.includes("Paused by you")));
  await dana.press("Resume", { in: dana.dm(), message: ({ text }) => text.includes("Paused by you") });
  await dana.until("the key on", () => dana.screen().some(({ text }) => text.includes("🔑 On · ci")));
});

test("an approval by somebody who is no approver any more resumes nothing", async () => {
  const { dana, ann, slack } = world;
  await askToResume();
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () => asked()?.text.includes("approved by @ann"));
  slack.setGroup("SAPPROVE1", ["UBOB00001"]);
  await dana.press("Resume", { in: dana.dm(), message: asked()?.ts ?? "" });
  await dana.until("a refusal", () => answers(dana).some((text) => text.includes("is no longer an approver")));
  expect(await works()).toBe(false);
  await dana.until("the card", () => asked()?.text.includes("Waiting again"));
});

test("an approver who may ask for no keys ends nothing by pressing Resume", async () => {
  const { dana, ann } = world;
  await world.restartBot({ APPROVAL_FOR: "admin,readonly", REQUESTERS: "UDEV00001" });
  await askToResume();
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () => asked()?.text.includes("approved by @ann"));
  await pressInOldList(world, ann, ACTIONS.resumeListed);
  await hears(ann, "ci is paused by @dana", GENERAL);
  await dana.press("Resume", { in: dana.dm(), message: asked()?.ts ?? "" });
  await dana.until("that it works", () => answers(dana).some((text) => text.includes("ci works again")));
});

test("what was asked goes with its key", async () => {
  const { dana } = world;
  await askToResume();
  await dana.press("Delete key", { in: dana.dm(), message: ({ text }) => text.includes("works nowhere") });
  await dana.until("the end", () => asked()?.text.includes(": the key was deleted by you."));
});
