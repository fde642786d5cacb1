import { APPROVALS, GENERAL, LATER_APPROVALS } from "../kit/people";
import type { SteeredPolicy } from "../kit/steered-policy";
import { passUntil, until } from "../kit/until";
import type { World } from "../kit/world";
import { allSent, answers, approvalsCard, card, keep, reveal, secretMessages } from "./play";
import { breakIt, glassForEach, HOUR, onCall, openGlass, questions, sendGlass, told, WHY } from "./play-glass";
import { openHome } from "./play-home";

let world: World;
let policy: SteeredPolicy;
glassForEach((one, steered) => {
  world = one;
  policy = steered;
});

const dmCard = () => card(world.dana, "deploy");
const stateOf = async () => (await world.database.rows<{ state: string }>("select state from requests"))[0]?.state;
const rows = (sql: string) => world.database.rows<Record<string, unknown>>(sql);
const _review = () => ({ in: LATER_APPROVALS });

test("who is on call gets a key at once, for a while; the channel and every approver read who took it and why", async () => {
  const { dana, ann, bob, eve, tigris } = world;
  await openGlass(dana);
  expect(dana.modal()?.text).toContain("You get this key at once, without an approval. It works for 4 hours.");
  expect(dana.modal()?.fields.Permission?.options).toEqual(["ReadOnly", "Editor"]);
  await sendGlass(dana);
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
  await dana.close();
  await dana.until("its card", () => dmCard()?.text.includes("it works for 4 hours from when you switch it on"));
  await ann.until("the channel", () =>
    told(world).includes("Break glass: @dana took an Editor key without an approval"),
  );
  expect(told(world)).toContain(WHY);
  expect(told(world)).toContain("deploy · builds · for 4 hours from when it is switched on");
  expect(told(world)).toContain("Review 0 of 2");
  for (const one of [ann, bob]) await one.until("their DM", () => questions(one).length === 1);
  expect(questions(ann)[0]).toContain(`deploy · Editor on builds · for 4 hours from when it is switched on`);
  await ann.until("the approvals card", () => approvalsCard(world, "deploy")?.text.includes("Break glass by @dana"));
  expect(await stateOf()).toBe("approved");

  const shown = await keep(dana, "deploy");
  expect(await tigris.use(shown.accessKeyId, shown.secret)).toMatchObject({ ok: true });
  expect(dmCard()?.text).toMatch(/^🔑 On until .* · deploy · Editor on builds/);
  await ann.until("the channel", () => told(world).includes("On since"));
  await allSent(world);
  expect(questions(dana)).toEqual([]);
  expect(questions(eve)).toEqual([]);
  expect(
    await rows("select name, actor_id as actor from events where name like '%glass%' or name like 'review%'"),
  ).toEqual([
    { name: "request.glass_broken", actor: "UDEV00001" },
    { name: "review.asked", actor: "bot" },
  ]);
});

test("when its time is over it is paused for good: nobody resumes it, whatever they press", async () => {
  const { dana, ann, tigris, clock } = world;
  await breakIt(dana);
  const shown = await keep(dana, "deploy");
  clock.advance(4 * HOUR - 1_000);
  expect(await tigris.use(shown.accessKeyId, shown.secret)).toMatchObject({ ok: true });
  await passUntil("the end", () => dmCard()?.text.startsWith("⏹️ Ended "), { clock, stepMs: 1_000 });
  expect(dmCard()?.buttons.map(({ label }) => label)).toEqual(["Delete key"]);
  await until("no power", async () => !(await tigris.use(shown.accessKeyId, shown.secret)).ok);
  await ann.until("the approvals card", () => approvalsCard(world, "deploy")?.text.includes("Ended"));
  expect(approvalsCard(world, "deploy")?.buttons.map(({ label }) => label)).toEqual(["Delete key"]);
  expect(tigris.keys().find(({ accessKeyId }) => accessKeyId === shown.accessKeyId)?.status).toBe("inactive");
  await dana.press("Delete key", { in: dana.dm() });
  await dana.until("the deletion", () => /[Dd]eleted by you/.test(dmCard()?.text ?? ""));
});

test("whoever is not named for it gets no form, and reads whom to ask", async () => {
  const { eve, gus } = world;
  await eve.command("/tigris-key break-glass", { in: GENERAL });
  await eve.until("the no", () => eve.modal()?.text.includes("Only @key-approvers, @dana can break the glass."));
  await gus.command("/tigris-key break-glass", { in: GENERAL });
  await gus.until("the no", () => gus.modal()?.text.includes("Guests can't use Tigris keys"));
  policy.breakGlass = null;
  await eve.close();
  await eve.command("/tigris-key break-glass", { in: GENERAL });
  await eve.until("the no", () => eve.modal()?.text.includes("has no break glass"));
  expect(await rows("select id from requests")).toEqual([]);
});

test("sent twice it breaks the glass once, and a second time only once the first key is on", async () => {
  const { dana } = world;
  await openGlass(dana);
  await sendGlass(dana);
  await world.slack.redeliver(-1);
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
  await dana.close();
  await dana.command("/tigris-key break-glass again", { in: GENERAL });
  await dana.until("the no, before anything is filled in", () =>
    dana.modal()?.text.includes("You have broken the glass already: switch deploy on"),
  );
  await dana.close();
  expect(await rows("select id from requests")).toHaveLength(1);
  await keep(dana, "deploy");
  await breakIt(dana, "again");
  expect(await rows("select id from requests")).toHaveLength(2);
});

test.each(["the secret is shown", "it is switched on"])(
  "who lost the role before %s gets nothing by it",
  async (when) => {
    const { dana, tigris } = world;
    await breakIt(dana);
    const isShown = when === "it is switched on";
    if (isShown) await reveal(dana, "deploy");
    policy.breakGlass = onCall("UBOB00001");
    if (isShown)
      await dana.press("I've saved it: switch on", { in: dana.dm(), message: secretMessages(dana).at(-1)?.ts ?? "" });
    else await dana.press("Show my secret", { in: dana.dm() });
    await dana.until("the end", () => dmCard()?.text.includes("you may no longer break the glass"));
    await dana.until("the no", () => answers(dana).at(-1)?.includes("Only @bob can break the glass"));
    expect(await stateOf()).toBe("lapsed");
    await until("no key", () => tigris.keys().length === 1);
  },
);

test("a policy without a break glass ends what was not used", async () => {
  const { dana } = world;
  await breakIt(dana);
  policy.breakGlass = null;
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("the end", () => dmCard()?.text.includes("you may no longer break the glass"));
});

test("an approver takes it back before its key is on", async () => {
  const { dana, ann } = world;
  await breakIt(dana);
  await reveal(dana, "deploy");
  await ann.until("the approvals card", () =>
    approvalsCard(world, "deploy")?.buttons.some(({ label }) => label === "Withdraw"),
  );
  await ann.press("Withdraw", { in: APPROVALS });
  await ann.until("the answer", () =>
    answers(ann, APPROVALS).at(-1)?.includes("You withdrew the broken glass of deploy"),
  );
  await dana.until("the end", () => dmCard()?.text.includes("Withdrawn by @ann"));
  await ann.until("the channel", () => told(world).includes("Withdrawn by @ann"));
  expect(told(world)).not.toContain("switched on");
});

test("a Home has the button for those on call alone; a reason that is too short is said beside it", async () => {
  const { dana, eve } = world;
  await openHome(eve, "Your keys (0)");
  expect(eve.home()?.buttons.map(({ label }) => label)).not.toContain("Break glass");
  await openHome(dana, "Your keys (0)");
  await dana.press("Break glass", { home: true });
  await dana.until("the form", () => dana.modal()?.fields.Reason);
  await dana.fill({ Permission: "Editor", Buckets: ["builds"], Reason: "short" });
  await dana.submit();
  await dana.until("what is wrong", () =>
    dana.modal()?.fields.Reason?.error?.includes("Say in at least 10 characters"),
  );
  await dana.fill({ Reason: WHY });
  await dana.submit();
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
});

test("nobody gets an Admin key by it, or breaks it with a form of somebody else's, whatever is sent", async () => {
  const { dana, slack } = world;
  await breakIt(dana);
  const sent = slack.deliveries.findLast(({ payload }) => payload.type === "view_submission")?.payload ?? {};
  const crafted = (change: (text: string) => string, more: object = {}) =>
    slack.sendRaw("interaction", { ...JSON.parse(change(JSON.stringify(sent))), ...more });
  const refusals = () => world.log.filter((line) => line.includes('"refused"')).join("\n");
  await crafted((text) =>
    text.replaceAll('"value":"Editor"', '"value":"Admin"').replaceAll(viewIdOf(sent), "VADMIN001"),
  );
  await until("the no", () => refusals().includes("glass_never_admin"));
  await crafted((text) => text.replaceAll(viewIdOf(sent), "VEVE00001"), {
    user: { id: "UEVE00001", team_id: "TACME0001" },
  });
  await until("the no", () => refusals().includes("may_not_break_glass"));
  expect(await rows("select requester_id as who from requests")).toEqual([{ who: "UDEV00001" }]);
});

function viewIdOf(sent: object): string {
  return "view" in sent ? (sent.view as { id: string }).id : "";
}
