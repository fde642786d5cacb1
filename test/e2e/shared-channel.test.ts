import { APPROVALS } from "../kit/people";
import { passUntil } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { approvalsCard, askForAdmin, askForReadOnly, card } from "./play";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

/** How often somebody was told something in the approvals channel, or a card there was drawn. */
function writtenThere(): number {
  return world.slack.calls.filter(
    ({ method, params }) => ["chat.postMessage", "chat.update"].includes(method) && params.channel === APPROVALS,
  ).length;
}

const looks = () =>
  world.slack.calls.filter(({ method, params }) => method === "conversations.info" && params.channel === APPROVALS);

test("an approvals channel that became shared gets no card and no new drawing of one, until it is shared no longer", async () => {
  const { dana, ann, slack, clock } = world;
  await askForAdmin(world, dana, "deploy");
  slack.setChannel(APPROVALS, { isExtShared: true });
  const [before, looked] = [writtenThere(), looks().length];
  await dana.press("Cancel request", { in: dana.dm() });
  await dana.until("the card", () => card(dana, "deploy")?.text.includes("Canceled by you"));
  await passUntil("two looks at the channel", () => looks().length >= looked + 2, { clock, stepMs: 60_000 });
  expect(writtenThere()).toBe(before);
  slack.setChannel(APPROVALS, { isExtShared: false });
  await passUntil("the approvals card", () => approvalsCard(world, "deploy")?.text.includes("Canceled by @dana"), {
    clock,
    stepMs: 60_000,
  });
  expect(ann.screen(APPROVALS).filter(({ threadTs }) => !threadTs)).toHaveLength(1);
});

test("nor an alert", async () => {
  const { dana, ann, slack, tigris, clock } = world;
  await askForReadOnly(dana, "ci");
  tigris.faults.arm({ call: "CreateAccessKeyWithBucketsRole" }, { kind: "garble", when: "after", body: "{}" });
  await dana.press("Show my secret", { in: dana.dm() });
  await dana.until("Reveal again", () => card(dana, "ci")?.text.includes("You can press Show my secret again"));
  const lost = tigris.keys().find(({ name }) => name.startsWith("ci-"))?.accessKeyId ?? "";
  tigris.controls.setKeyRoles(lost, [{ bucket: "logs", role: "Editor" }]);
  slack.setChannel(APPROVALS, { isExtShared: true });
  const [before, looked] = [writtenThere(), looks().length];
  await passUntil("two looks at the channel", () => looks().length >= looked + 2, { clock, stepMs: 60_000 });
  expect(writtenThere()).toBe(before);
  slack.setChannel(APPROVALS, { isExtShared: false });
  const isTold = () => ann.screen(APPROVALS).some(({ text }) => text.includes("so I did not delete it"));
  await passUntil("the alert", isTold, { clock, stepMs: 60_000 });
});
