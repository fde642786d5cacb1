import { makeWith } from "../kit/make-with";
import { APPROVALS } from "../kit/people";
import { type World, worldForEach } from "../kit/world";
import { answers } from "./play";
import {
  askApprovers,
  askForMore,
  keyCard,
  namedKey,
  narrow,
  openAccess,
  pressOnKey,
  requestCard,
  rolesOf,
  switchOnWider,
} from "./play-access";
import { hears } from "./play-pause";

/** What a key opens is changed, and its secret stays: less at once, more by asking for it. */

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const editor = () => namedKey(world, { Permission: "Editor", Buckets: ["builds", "logs"] });
const works = async ({ accessKeyId, secret }: { accessKeyId: string; secret: string }) =>
  (await world.tigris.use(accessKeyId, secret)).may;
const closed = () => world.database.rows<{ phase: string }>("select phase from attempts where kind = 'change_access'");

test("fewer buckets and less permission are had at once, with the same secret", async () => {
  const { dana } = world;
  const key = await editor();
  expect(rolesOf(world, key)).toEqual(["Editor builds", "Editor logs"]);
  await openAccess(world, {});
  expect(dana.modal()?.fields).toMatchObject({
    Permission: { value: "Editor" },
    Buckets: { value: ["builds", "logs"] },
  });
  expect(dana.modal()?.text).toContain("It has this access already.");
  await dana.fill({ Buckets: ["builds"] });
  await dana.until("that it is less", () =>
    dana.modal()?.text.includes("This is less than it has: it is done at once"),
  );
  await dana.submit();
  await dana.until("that it is done", () => dana.modal()?.text.includes("ci has Editor on builds now, and no more."));
  await dana.close();
  expect(rolesOf(world, key)).toEqual(["Editor builds"]);
  await dana.until("the card", () => keyCard(dana)?.text.includes("Editor on builds\n"));
  await narrow(world, { Permission: "ReadOnly" });
  expect(rolesOf(world, key)).toEqual(["ReadOnly builds"]);
  expect(await works(key)).toContain("read builds");
  await dana.until("the card", () => keyCard(dana)?.text.includes("ReadOnly on builds"));
  expect(await closed()).toEqual([{ phase: "narrowed" }, { phase: "narrowed" }]);
});

test("the same access is refused", async () => {
  const { dana } = world;
  await editor();
  await openAccess(world, {});
  await dana.submit();
  await dana.until("a refusal", () => dana.modal()?.text.includes("ci has this access already, or gets it."));
  expect(await closed()).toEqual([]);
});

test("more that policy allows is ready at once, and had by a click", async () => {
  const { dana } = world;
  const key = await namedKey(world, { Permission: "ReadOnly", Buckets: ["builds"] });
  await askForMore(world, { Permission: "Editor", Buckets: ["builds", "logs"] });
  expect(rolesOf(world, key)).toEqual(["ReadOnly builds"]);
  expect(requestCard(dana)?.text).toContain("Wider access: Editor key ci for builds, logs");
  await switchOnWider(world);
  await hears(dana, "ci has Editor on builds, logs now.");
  expect(rolesOf(world, key)).toEqual(["Editor builds", "Editor logs"]);
  await dana.until("the request used", () => requestCard(dana)?.text.startsWith("🔑 Wider access on"));
  await dana.until("the card of the key", () => keyCard(dana)?.text.includes("Editor on builds, logs"));
});

test("more that needs an approval waits for it; the end comes nearer where such keys last less long", async () => {
  await world.restartBot({ LASTS_ADMIN: "7d/7d" });
  const { dana, ann } = world;
  const key = await namedKey(world, { Permission: "ReadOnly", Buckets: ["builds"] });
  await askApprovers(world, { Permission: "Admin" });
  const asked = ann.screen(APPROVALS).find(({ text }) => text.includes("Wider access, as an Admin key for @dana"));
  expect(asked?.text).toContain("now ReadOnly on builds");
  expect(asked?.buttons.map(({ label }) => label)).toEqual(["Approve", "Deny"]);
  await ann.press("Approve", { in: APPROVALS, message: asked?.ts ?? "" });
  await dana.until("the approval", () => requestCard(dana)?.text.includes("approved by @ann"));
  expect(rolesOf(world, key)).toEqual(["ReadOnly builds"]);
  await switchOnWider(world);
  await hears(dana, "Such keys last less long, so it ends ");
  expect(rolesOf(world, key)).toEqual(["NamespaceAdmin *"]);
  await dana.until("the end on its card", () => keyCard(dana)?.text.startsWith("🔑 On until "));
  await ann.until("the outcome", () =>
    ann.screen(APPROVALS).some(({ text }) => text.includes("→ On · wider access since ")),
  );
});

test("a denial, and an approval that was withdrawn, give nothing", async () => {
  const { dana, ann } = world;
  const key = await namedKey(world, { Permission: "ReadOnly", Buckets: ["builds"] });
  await askApprovers(world, { Permission: "Admin" });
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () => requestCard(dana)?.text.includes("approved by @ann"));
  await ann.until("the card", () => ann.screen(APPROVALS)[0]?.buttons.some(({ label }) => label === "Withdraw"));
  await ann.press("Withdraw", { in: APPROVALS });
  await dana.until("the withdrawal", () => requestCard(dana)?.text.startsWith("Withdrawn"));
  expect(requestCard(dana)?.text).toContain("The key keeps the access that it has.");
  expect(rolesOf(world, key)).toEqual(["ReadOnly builds"]);
  await dana.press("Ask again", { in: dana.dm(), message: requestCard(dana)?.ts ?? "" });
  await dana.until("the form filled in", () => dana.modal()?.submit === "Ask for approval");
});

test("an approver who is none any more has approved nothing", async () => {
  const { dana, ann, slack } = world;
  const key = await namedKey(world, { Permission: "ReadOnly", Buckets: ["builds"] });
  await askApprovers(world, { Permission: "Admin" });
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", () => requestCard(dana)?.text.includes("approved by @ann"));
  slack.setGroup("SAPPROVE1", ["UBOB00001"]);
  await switchOnWider(world);
  await hears(dana, "is no longer an approver");
  expect(rolesOf(world, key)).toEqual(["ReadOnly builds"]);
});

test("what a key has made is told to approvers once it has less, since that keeps what it had", async () => {
  const { ann, tigris } = world;
  const key = await editor();
  await makeWith(tigris, key, "hidden");
  await narrow(world, { Buckets: ["builds"] });
  await ann.until("the key that it made", () =>
    ann.screen(APPROVALS).some(({ text }) => text.includes("has made another key") && text.includes("hidden")),
  );
});

test("a key that is paused keeps its access until it is resumed", async () => {
  const { dana } = world;
  await editor();
  await openAccess(world, { Buckets: ["builds"] });
  const open = dana.modal();
  expect(open?.submit).toBe("Change access");
  await pressOnKey(world, "Pause");
  await dana.until("the pause", () => keyCard(dana)?.text.includes("works nowhere"));
  expect(keyCard(dana)?.buttons.map(({ label }) => label)).not.toContain("Change access");
  await dana.submit();
  await dana.until("a refusal", () => dana.modal()?.text.includes("is paused, so it stays as it is"));
  expect(answers(dana).join()).not.toContain("no more");
});
