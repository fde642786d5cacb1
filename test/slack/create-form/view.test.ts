import type { Access } from "../../../src/domain/permission";
import { refused } from "../../../src/domain/refusal";
import { type Draft, draftOf, emptyDraft } from "../../../src/slack/create-form/draft";
import { createForm } from "../../../src/slack/create-form/view";
import { REQUESTS } from "../../domain/samples";
import { elementOf, inputsOf, rowsOf } from "../reading";

const FILLED: Draft = {
  keyName: "ci-uploader",
  permission: "Editor",
  buckets: ["builds", "logs"],
  allBuckets: false,
  endpoint: "Fly",
  reason: "Uploads from CI",
};
const form = (
  draft: Draft,
  approval: Parameters<typeof createForm>[0]["approval"] = null,
  problem: Parameters<typeof createForm>[0]["problem"] = null,
) => createForm({ draft, approval, problem });
const fieldsOf = (view: ReturnType<typeof form>) => Object.keys(inputsOf(view));

test("an empty form has the name from the command, ReadOnly and the default endpoint", () => {
  const view = form(emptyDraft("ci-uploader"));
  const inputs = inputsOf(view);
  expect(Object.keys(inputs)).toEqual(["key_name", "permission", "buckets", "all_buckets", "endpoint", "reason"]);
  expect(elementOf(inputs.key_name)).toMatchObject({ initial_value: "ci-uploader", max_length: 48 });
  expect(elementOf(inputs.permission)).toMatchObject({ initial_option: { value: "ReadOnly" } });
  expect(elementOf(inputs.endpoint)).toMatchObject({ initial_option: { value: "Default" } });
  expect(elementOf(inputs.reason)).not.toHaveProperty("initial_value");
  expect(inputs.reason).toMatchObject({ optional: true });
  expect(view.submit).toMatchObject({ text: "Create" });
});

test("drawn again, every field holds what was in it", () => {
  const inputs = inputsOf(form(FILLED));
  expect(elementOf(inputs.key_name)).toMatchObject({ initial_value: "ci-uploader" });
  expect(elementOf(inputs.permission)).toMatchObject({ initial_option: { value: "Editor" } });
  expect(elementOf(inputs.buckets)).toMatchObject({ initial_options: [{ value: "builds" }, { value: "logs" }] });
  expect(elementOf(inputs.endpoint)).toMatchObject({ initial_option: { value: "Fly" } });
  expect(elementOf(inputs.reason)).toMatchObject({ initial_value: "Uploads from CI" });
});

test("buckets can be chosen one by one or all together, and an Admin key has none to choose", () => {
  expect(fieldsOf(form({ ...FILLED, allBuckets: true }))).not.toContain("buckets");
  expect(fieldsOf(form({ ...FILLED, allBuckets: true }))).toContain("all_buckets");
  const admin = fieldsOf(form({ ...FILLED, permission: "Admin" }));
  expect(admin).not.toContain("buckets");
  expect(admin).not.toContain("all_buckets");
});

test("buckets that were chosen are kept in the view while it has no select for them", () => {
  expect(form(FILLED).private_metadata).toBe("");
  expect(form({ ...FILLED, allBuckets: true }).private_metadata).toBe('["builds","logs"]');
  expect(form({ ...FILLED, permission: "Admin" }).private_metadata).toBe('["builds","logs"]');
  const many = Array.from({ length: 50 }, () => "b".repeat(63));
  expect(form({ ...FILLED, allBuckets: true, buckets: many }).private_metadata).toBe("");
});

test("no more buckets are chosen at first than may be", () => {
  const buckets = Array.from({ length: 60 }, (_, index) => `bucket-${index}`);
  const select = elementOf(inputsOf(form({ ...FILLED, buckets })).buckets);
  expect(select).toMatchObject({ max_selected_items: 50 });
  expect(select.initial_options).toHaveLength(50);
});

test("the choices that change the form tell the bot at once; no other field does", () => {
  const telling = Object.entries(inputsOf(form(FILLED))).filter(([, input]) => input.dispatch_action === true);
  expect(telling.map(([block]) => block)).toEqual(["permission", "all_buckets"]);
});

test("where people decide, the reason is required, and the form says how many they are and what else would do", () => {
  const view = form({ ...FILLED, permission: "Admin" }, { kind: "people", count: 5 });
  expect(inputsOf(view).reason).toMatchObject({ optional: false });
  expect(view.submit).toMatchObject({ text: "Ask for approval" });
  expect(rowsOf(view.blocks)).toEqual([
    "5 people can approve this. The key gives full access to the organisation; consider Editor on the buckets that you need.",
  ]);
  expect(rowsOf(form(FILLED, { kind: "people", count: 1 }).blocks)).toEqual(["1 person can approve this."]);
});

test("who could have nobody to decide learns it in the form", () => {
  const view = form({ ...FILLED, permission: "Admin" }, refused("no_other_approver"));
  expect(rowsOf(view.blocks)).toEqual([
    "⚠️ Nobody but you could approve this. Ask whoever runs this bot to name another approver, or choose less access.",
  ]);
});

test("what the network found wrong stands right under its field, what concerns the whole on top", () => {
  const indexOf = (view: ReturnType<typeof form>, block: string) =>
    view.blocks.findIndex(({ block_id }) => block_id === block);
  const gone = { code: "buckets_gone", names: ["logs"] } as const;
  const buckets = form(FILLED, null, { kind: "invalid", field: "buckets", problem: gone });
  expect(rowsOf([buckets.blocks[indexOf(buckets, "all_buckets") + 1]])).toEqual([
    "⚠️ No longer there: logs. Choose again.",
  ]);
  const short = { code: "reason_too_short", min: 10 } as const;
  const reason = form(FILLED, null, { kind: "invalid", field: "reason", problem: short });
  expect(rowsOf([reason.blocks[indexOf(reason, "reason") + 1]])).toEqual([
    "⚠️ Say in at least 10 characters why you need this key: somebody has to approve it.",
  ]);
  const quota = form(FILLED, null, refused("quota", { max: 20 }));
  expect(rowsOf([quota.blocks[0]])).toEqual([
    "⚠️ You have 20 keys and open requests, the most that one person may have. Delete one with /tigris-key list first.",
  ]);
});

test("asked for again, the form is filled in as it was", () => {
  const request = { ...REQUESTS.denied, reason: null };
  expect(draftOf(request)).toEqual({ ...emptyDraft("deploy"), permission: "Admin" });
  const draftFor = (access: Access) => draftOf({ ...request, asked: { ...request.asked, access } });
  expect(draftFor({ permission: "Editor", buckets: { kind: "named", names: ["builds"] } })).toMatchObject({
    permission: "Editor",
    buckets: ["builds"],
    allBuckets: false,
  });
  expect(draftFor({ permission: "ReadOnly", buckets: { kind: "all" } }).allBuckets).toBe(true);
});
