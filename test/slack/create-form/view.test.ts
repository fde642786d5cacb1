import { type Access, ENDPOINTS } from "../../../src/domain/permission";
import type { People } from "../../../src/domain/person";
import type { ApprovalClass } from "../../../src/domain/policy/from-settings";
import { refused } from "../../../src/domain/refusal";
import { type Draft, draftOf, emptyDraft } from "../../../src/slack/create-form/draft";
import { createForm, type Offer } from "../../../src/slack/create-form/view";
import { PERMISSION_WORDS } from "../../../src/slack/words/permission";
import type { DecidersOfRule } from "../../../src/workflow/check-deciders";
import { policyOf, REQUESTS } from "../../domain/samples";
import { elementOf, inputsOf, rowsOf } from "../reading";

const FILLED: Draft = {
  keyName: "ci-uploader",
  permission: "Editor",
  buckets: ["builds", "logs"],
  allBuckets: false,
  endpoint: "Fly",
  format: "dotenv",
  life: null,
  reason: "Uploads from CI",
  openedIn: null,
};
const APPROVERS = { groups: ["S0123456789"], users: [] };
const decidedBy = (others: number, changes: Partial<DecidersOfRule> = {}): DecidersOfRule => ({
  rule: "admin",
  people: APPROVERS,
  count: 1,
  others,
  isAll: true,
  ...changes,
});
const OFFER: Offer = {
  policy: policyOf(["admin"], APPROVERS),
  allBuckets: true,
  endpoints: ENDPOINTS,
  bucketTrouble: null,
};
const form = (
  draft: Draft,
  approval: Parameters<typeof createForm>[0]["approval"] = [],
  problem: Parameters<typeof createForm>[0]["problem"] = null,
  offer: Partial<Offer> = {},
) => createForm({ draft, offer: { ...OFFER, ...offer }, approval, lasts: null, problem });
const fieldsOf = (view: ReturnType<typeof form>) => Object.keys(inputsOf(view));

test("where Tigris refused all buckets, they are not offered any more", () => {
  const view = form(emptyDraft("ci"), [], null, { allBuckets: false });
  expect(fieldsOf(view)).toEqual(["key_name", "permission", "buckets", "endpoint", "format", "reason"]);
  expect(fieldsOf(form({ ...emptyDraft("ci"), permission: "Admin" }, [], null, { allBuckets: false }))).not.toContain(
    "bucket_access",
  );
});

test("an empty form has the name from the command, ReadOnly and the default endpoint", () => {
  const view = form(emptyDraft("ci-uploader"));
  const inputs = inputsOf(view);
  expect(Object.keys(inputs)).toEqual([
    "key_name",
    "permission",
    "bucket_access",
    "buckets",
    "endpoint",
    "format",
    "reason",
  ]);
  expect(elementOf(inputs.key_name)).toEqual({
    type: "plain_text_input",
    action_id: "create_key_name",
    initial_value: "ci-uploader",
  });
  expect(elementOf(inputs.permission)).toMatchObject({ initial_option: { value: "ReadOnly" } });
  expect(elementOf(inputs.endpoint)).toMatchObject({ initial_option: { value: "Default" } });
  expect(elementOf(inputs.reason)).not.toHaveProperty("initial_value");
  expect(elementOf(inputs.bucket_access)).toMatchObject({ initial_option: { value: "named" } });
  expect(elementOf(inputs.format)).toMatchObject({ initial_option: { value: "shell" } });
  expect(view.title).toMatchObject({ text: "Get an access key" });
  expect(view.submit).toMatchObject({ text: "Get the key" });
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
  expect(fieldsOf(form({ ...FILLED, allBuckets: true }))).toContain("bucket_access");
  const admin = fieldsOf(form({ ...FILLED, permission: "Admin" }));
  expect(admin).not.toContain("buckets");
  expect(admin).not.toContain("bucket_access");
});

test("buckets that were chosen are kept in the view while it has no select for them", () => {
  expect(form(FILLED).private_metadata).toBe("");
  const kept = '{"buckets":["builds","logs"]}';
  expect(form({ ...FILLED, allBuckets: true }).private_metadata).toBe(kept);
  expect(form({ ...FILLED, permission: "Admin" }).private_metadata).toBe(kept);
  const many = Array.from({ length: 50 }, () => "b".repeat(63));
  expect(form({ ...FILLED, allBuckets: true, buckets: many }).private_metadata).toBe("");
  const opened = { ...FILLED, openedIn: "D1" };
  expect(form(opened).private_metadata).toBe('{"openedIn":"D1"}');
  expect(form({ ...opened, allBuckets: true }).private_metadata).toBe('{"openedIn":"D1","buckets":["builds","logs"]}');
  expect(form({ ...opened, allBuckets: true, buckets: many }).private_metadata).toBe('{"openedIn":"D1"}');
});

test("no more buckets are chosen at first than may be", () => {
  const buckets = Array.from({ length: 60 }, (_, index) => `bucket-${index}`);
  const select = elementOf(inputsOf(form({ ...FILLED, buckets })).buckets);
  expect(select).toMatchObject({ max_selected_items: 50 });
  expect(select.initial_options).toHaveLength(50);
});

test("the choices that change the form tell the bot at once; no other field does", () => {
  const telling = Object.entries(inputsOf(form(FILLED))).filter(([, input]) => input.dispatch_action === true);
  expect(telling.map(([block]) => block)).toEqual(["permission", "bucket_access"]);
});

test("where people decide, the reason is required, and the form says how many they are and what else would do", () => {
  const view = form({ ...FILLED, permission: "Admin" }, [decidedBy(5)]);
  expect(inputsOf(view).reason).toMatchObject({ optional: false });
  expect(view.submit).toMatchObject({ text: "Ask for approval" });
  expect(rowsOf(view.blocks)).toEqual([
    'Goes to @S0123456789: 5 people can approve this (rule "admin"). Would Editor on the buckets that you need do?',
  ]);
  expect(rowsOf(form(FILLED, [decidedBy(1)]).blocks)).toEqual([
    'Goes to @S0123456789: 1 person can approve this (rule "admin").',
  ]);
});

const optionsOf = (view: ReturnType<typeof form>, block: string) =>
  (elementOf(inputsOf(view)[block]).options as { value: string; text: object; description?: object }[]).map(
    ({ value, text, description }) => [value, { ...text }, { ...description }] as const,
  );
const textsOf = (view: ReturnType<typeof form>, block: string) =>
  optionsOf(view, block).map(([, text, description]) => [text, description].map((one) => Object(one).text));

test("each permission says what it may do, and each choice that needs one says whose approval", () => {
  const group = "<!subteam^S0123456789>";
  expect(textsOf(form(emptyDraft("ci")), "permission")).toEqual([
    ["ReadOnly", PERMISSION_WORDS.ReadOnly],
    ["Editor", PERMISSION_WORDS.Editor],
    [`Admin · needs approval by ${group}`, PERMISSION_WORDS.Admin],
  ]);
  const labels = (approvalFor: ApprovalClass[], draft = emptyDraft("ci"), approvers: People = APPROVERS) => {
    const view = form(draft, [], null, { policy: policyOf(approvalFor, approvers) });
    return [...textsOf(view, "permission"), ...textsOf(view, "bucket_access")].map(([text]) => text);
  };
  const all = "All buckets, new ones included";
  const [named, admin] = ["Only these buckets", `Admin · needs approval by ${group}`];
  expect(labels(["readonly-all"])).toEqual(["ReadOnly", "Editor", admin, named, `${all} · needs approval by ${group}`]);
  expect(labels(["readonly-all"], { ...emptyDraft("ci"), permission: "Editor" }).at(-1)).toBe(all);
  expect(labels(["editor", "editor-all"])).toEqual([
    "ReadOnly",
    `Editor · needs approval by ${group}`,
    admin,
    named,
    all,
  ]);
  const many = { groups: [], users: ["U0000000001", "U0000000002", "U0000000003", "U0000000004"] };
  expect(labels([], emptyDraft("ci"), many)[2]).toBe("Admin · needs approval");
  const { users } = { users: many.users.slice(0, 2) };
  expect(labels([], emptyDraft("ci"), { groups: [], users })[2]).toBe(
    "Admin · needs approval by <@U0000000001> or <@U0000000002>",
  );
});

test("a name that came with the command is kept whole, and what is wrong with it is said below it", () => {
  const long = `${"long-".repeat(12)}name`;
  const view = form(emptyDraft(long));
  expect(elementOf(inputsOf(view).key_name)).toMatchObject({ initial_value: long });
  expect(view.blocks[0]).toMatchObject({ block_id: "key_name" });
  expect(rowsOf([view.blocks[1]])).toEqual(["⚠️ Use at most 48 characters; these are 64."]);
  expect(rowsOf([form(emptyDraft("my key!")).blocks[1]])).toEqual([
    "⚠️ Use only letters, digits, dots, underscores and hyphens, for example my-key.",
  ]);
  expect(form(emptyDraft("ci")).blocks[1]).toMatchObject({ block_id: "permission" });
});

test("no input that is required is called optional, and none that is optional stops anybody", () => {
  const optional = (view: ReturnType<typeof form>) =>
    Object.entries(inputsOf(view)).flatMap(([block, input]) => (input.optional === true ? [block] : []));
  expect(optional(form(emptyDraft("ci")))).toEqual(["key_name", "reason"]);
  expect(optional(form({ ...FILLED, permission: "Admin" }, [decidedBy(2)]))).toEqual(["key_name"]);
});

test("where this bot's endpoints are its own, there is none to choose", () => {
  expect(fieldsOf(form(emptyDraft("ci"), [], null, { endpoints: ["Default"] }))).not.toContain("endpoint");
  expect(textsOf(form(emptyDraft("ci")), "endpoint")).toEqual([
    ["Default", "t3.storage.dev"],
    ["Fly", "fly.storage.tigris.dev, for apps on Fly.io"],
  ]);
});

test.each([
  ["none", "There are no buckets yet"],
  ["forbidden", "Tigris doesn't let me list its buckets"],
  ["slow", "Tigris is slow to list its buckets"],
  ["unavailable", "Tigris didn't list its buckets"],
] as const)("where there is no bucket to choose (%s), a sentence below the select says why", (bucketTrouble, words) => {
  const view = form(emptyDraft("ci"), [], null, { bucketTrouble });
  const select = view.blocks.findIndex(({ block_id }) => block_id === "buckets");
  expect(rowsOf([view.blocks[select + 1]])[0]).toContain(words);
  const all = form({ ...emptyDraft("ci"), allBuckets: true }, [], null, { bucketTrouble });
  expect(rowsOf(all.blocks)).toEqual([]);
});

test("who could have nobody to decide learns it in the form", () => {
  const view = form({ ...FILLED, permission: "Admin" }, refused("no_other_approver", decidedBy(0)));
  expect(rowsOf(view.blocks)).toEqual([
    '⚠️ Nobody but you could approve this: it takes @S0123456789 (rule "admin"). Ask whoever runs this bot to name more people, or choose less access.',
  ]);
});

test("what the network found wrong stands right under its field, what concerns the whole on top", () => {
  const indexOf = (view: ReturnType<typeof form>, block: string) =>
    view.blocks.findIndex(({ block_id }) => block_id === block);
  const gone = { code: "buckets_gone", names: ["logs"] } as const;
  const buckets = form(FILLED, [], { kind: "invalid", field: "buckets", problem: gone });
  expect(rowsOf([buckets.blocks[indexOf(buckets, "buckets") + 1]])).toEqual(["⚠️ No longer there: logs. Choose again."]);
  const short = { code: "reason_too_short", min: 10 } as const;
  const reason = form(FILLED, [], { kind: "invalid", field: "reason", problem: short });
  expect(rowsOf([reason.blocks[indexOf(reason, "reason") + 1]])).toEqual([
    "⚠️ Say in at least 10 characters why you need this key, for example: Nightly backups of the build server. Others read it.",
  ]);
  const quota = form(FILLED, [], refused("quota", { max: 20 }));
  expect(rowsOf([quota.blocks[0]])).toEqual([
    "⚠️ You have 20 keys and open requests, the most that one person may have. Delete one with /tigris-key list first.",
  ]);
});

const ASKED_KEY = { ...REQUESTS.denied.asked, kind: "key", life: { kind: "open" }, rotates: null } as const;

test("asked for again, the form is filled in as it was", () => {
  const request = { ...REQUESTS.denied, reason: null };
  expect(draftOf(request)).toEqual({ ...emptyDraft("deploy"), permission: "Admin", format: "shell" });
  expect(draftOf({ ...request, asked: { ...ASKED_KEY, format: "profile" } }).format).toBe("profile");
  const draftFor = (access: Access) => draftOf({ ...request, asked: { ...request.asked, access } });
  expect(draftFor({ permission: "Editor", buckets: { kind: "named", names: ["builds"] } })).toMatchObject({
    permission: "Editor",
    buckets: ["builds"],
    allBuckets: false,
  });
  expect(draftFor({ permission: "ReadOnly", buckets: { kind: "all" } }).allBuckets).toBe(true);
});
