import { APPROVALS, APPROVERS_GROUP, GENERAL } from "../kit/people";
import { type World, worldForEach } from "../kit/world";
import { answers, approvalsCard, askForAdmin } from "./play";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const SCOPES = ["commands", "chat:write", "im:write", "users:read", "channels:read", "groups:read"];

const troubles = () => world.log.map((line) => JSON.parse(line)).filter(({ event }) => event === "look.refused");
/** The log says which group it is: a policy may name many. */
const GONE = { method: "usergroups.users.list", code: "no_such_subteam", groupId: APPROVERS_GROUP };

async function readiness(): Promise<{ status: number; reasons: string[] }> {
  const answer = await fetch(`http://127.0.0.1:${world.port}/readyz`);
  return { status: answer.status, ...((await answer.json()) as { reasons: string[] }) };
}

test("a scope that the app lost: approvers read that the operator has to know, the log and /readyz say which", async () => {
  const { ann, dana, slack, clock } = world;
  await askForAdmin(world, dana, "deploy");
  expect((await readiness()).status).toBe(200);
  slack.setScopes(SCOPES);
  for (let times = 1; times <= 3; times++) {
    await ann.press("Approve", { in: APPROVALS });
    await ann.until(
      "the reason",
      () => answers(ann, APPROVALS).filter((text) => text.includes("Tell whoever runs this bot")).length === times,
    );
  }
  expect(answers(ann, APPROVALS).at(-1)).toBe(
    "Slack doesn't let me check whether this is allowed, so nothing was changed: I lack a permission there. Tell whoever runs this bot.",
  );
  expect(troubles()).toEqual([
    expect.objectContaining({ level: "warn", method: "usergroups.users.list", code: "missing_scope", times: 1 }),
  ]);
  clock.advance(10_000);
  await ann.press("Approve", { in: APPROVALS });
  await ann.until("the reason", () => answers(ann, APPROVALS).length === 4);
  expect(troubles()[1]).toMatchObject({ code: "missing_scope", times: 3 });
  clock.advance(300_000);
  const reason = `Slack doesn't say who is in the user group ${APPROVERS_GROUP} (missing_scope).`;
  expect(await readiness()).toMatchObject({ status: 503, reasons: [reason] });
  slack.setScopes([...SCOPES, "usergroups:read"]);
  clock.advance(60_000);
  expect(await readiness()).toMatchObject({ status: 200 });
});

test("a group that is gone, which REQUESTERS names: who asks reads that the operator has to know, and it is logged", async () => {
  await world.restartBot({ REQUESTERS: APPROVERS_GROUP });
  const { dana, slack } = world;
  slack.removeGroup(APPROVERS_GROUP);
  await dana.command("/tigris-key create ci", { in: GENERAL });
  await dana.until("the reason", () => dana.modal()?.text.includes("a user group that says who may do this is gone"));
  expect(troubles()).toEqual([expect.objectContaining(GONE)]);
});

test("a group that is gone when the bot starts is a warning in its log, before anybody asks, and on /readyz", async () => {
  world.slack.removeGroup(APPROVERS_GROUP);
  await world.restartBot();
  expect(troubles()).toEqual([expect.objectContaining(GONE)]);
  expect(world.log.some((line) => line.includes('"readiness.warning"') && line.includes('"check":"groups"'))).toBe(
    true,
  );
  expect(await readiness()).toMatchObject({ status: 200, warnings: [expect.stringContaining(APPROVERS_GROUP)] });
});

test("the requester is nobody that Slack knows by now: the approver reads that the operator has to know", async () => {
  const { ann, dana, slack } = world;
  await askForAdmin(world, dana, "deploy");
  const unknown = { ok: false, error: "user_not_found" };
  slack.faults.arm(
    { call: "users.info", match: ({ user }) => user === dana.id },
    { kind: "refuse", status: 200, body: unknown },
  );
  await ann.press("Approve", { in: APPROVALS });
  await ann.until("the reason", () =>
    answers(ann, APPROVALS).some((text) => text.includes("it shows me no such person")),
  );
  expect(approvalsCard(world, "deploy")?.text).not.toContain("Approved");
});
