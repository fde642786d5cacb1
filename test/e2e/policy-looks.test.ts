import { randomUUID } from "node:crypto";
import type { People } from "../../src/domain/person";
import { ACTIONS } from "../../src/slack/ids";
import { APPROVERS_GROUP, GENERAL, STORAGE_GROUP } from "../kit/people";
import { rule } from "../kit/steered-policy";
import type { World } from "../kit/world";
import { click } from "../safety/attacks/crafted";
import { answers, openCreateForm } from "./play";
import { approve, askForEditor, votesForEach } from "./play-votes";

/** Slack lets groups be looked up twenty times a minute: a policy may name many, and a click asks about those that count for it. */

let world: World;
const by = (group: string, count = 1): { decide: { people: People; count: number } } => ({
  decide: { people: { users: [], groups: [group] }, count },
});
votesForEach((one, policy) => {
  world = one;
  policy.rules = [
    rule("media", { buckets: ["media-*"] }, by(STORAGE_GROUP, 2)),
    { ...rule("logs", { buckets: ["logs"] }, by(APPROVERS_GROUP)), ask: { users: [], groups: [APPROVERS_GROUP] } },
    rule("everything else", {}),
  ];
});

/** The groups that were looked up since a moment. */
function lookedUp(before: number): unknown[] {
  const calls = world.slack.calls.slice(before).filter(({ method }) => method === "usergroups.users.list");
  return calls.map(({ params }) => params.usergroup).sort();
}

test("a decision asks about the groups of its own rules, each once", async () => {
  await askForEditor(world, "deploy", "media-archive");
  for (const [person, says] of [
    [world.eve, "1 of 2: @eve"],
    [world.ann, "Approved by @eve and @ann"],
  ] as const) {
    const before = world.slack.calls.length;
    await approve(world, person, says);
    expect(lookedUp(before)).toEqual([STORAGE_GROUP]);
  }
});

test("a form for which everybody may ask asks about nobody, until a bucket says who decides", async () => {
  const { dana, slack } = world;
  const before = slack.calls.length;
  await openCreateForm(dana, "deploy");
  await dana.fill({ Permission: "Editor" });
  expect(lookedUp(before)).toEqual([]);
  await dana.fill({ Buckets: ["media-archive"] });
  await dana.until("who decides", () => dana.modal()?.text.includes("2 of 2 people have to approve this"));
  expect(lookedUp(before)).toEqual([STORAGE_GROUP]);
});

test("who decides about nothing makes it ask the same, and reads the same, of a request and of none", async () => {
  const { eve, slack, database } = world;
  await askForEditor(world, "deploy", "media-archive");
  slack.setGroup(STORAGE_GROUP, ["UANN00001"]);
  const [request] = await database.rows<{ id: string }>("select id from requests");
  const said = async (id: string) => {
    const [calls, told] = [slack.calls.length, answers(eve, GENERAL).length];
    await slack.sendRaw("interaction", click(world, eve, ACTIONS.approve, id));
    await eve.until("the refusal", () => answers(eve, GENERAL).length > told);
    return [answers(eve, GENERAL).at(-1), lookedUp(calls)];
  };
  const known = await said(request?.id ?? "");
  expect(known).toEqual(["Only @key-approvers can do this. Nothing was changed.", [APPROVERS_GROUP, STORAGE_GROUP]]);
  expect(await said(randomUUID())).toEqual(known);
});

test("a choice that was made before another one was drawn, and comes after it, is drawn too", async () => {
  const { dana, slack } = world;
  await openCreateForm(dana, "deploy");
  await dana.fill({ Permission: "Editor" });
  await dana.until("the form for Editor", () => isDrawn("Editor"));
  const before = slack.deliveries.length;
  await dana.fill({ Buckets: ["media-archive"] });
  await dana.until("who decides", () => dana.modal()?.text.includes("2 of 2 people have to approve this"));
  // The same choice of a bucket once more, as if it had been on its way since before the form was drawn for it.
  const late = slack.deliveries.slice(before).find(({ payload }) => payload.type === "block_actions");
  if (!late) throw new Error("the choice was sent");
  const { view, actions, ...rest } = late.payload as Late;
  const [action] = actions;
  const other = { ...view, state: { values: { ...view.state.values, buckets: chosen("logs") } } };
  await slack.sendRaw("interaction", {
    ...rest,
    view: other,
    actions: [{ ...action, action_ts: "1764000000.999999" }],
  });
  await dana.until("what a later choice says", () => dana.modal()?.text.includes('(rule "logs")'));
});

type Late = Record<string, unknown> & { view: { state: { values: object } }; actions: object[] };
const chosen = (name: string) => ({
  create_buckets: {
    type: "multi_external_select",
    selected_options: [{ text: { type: "plain_text", text: name, emoji: false }, value: name }],
  },
});
const isDrawn = (permission: string) =>
  JSON.stringify(world.dana.modal()?.blocks).includes(
    `"initial_option":{"text":{"type":"plain_text","text":"${permission}`,
  );
