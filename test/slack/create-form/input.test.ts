import fc from "fast-check";
import { readCreateForm, readDraft } from "../../../src/slack/create-form/input";
import {
  boxes,
  bucketAccess,
  everything,
  formValues,
  named,
  nested,
  olderValues,
  option,
  permission,
  reason,
} from "../payloads/payloads";

const read = (changes: Record<string, unknown> = {}, more: object = {}) =>
  readCreateForm({ values: formValues(changes), ...more });
const errorsOf = (changes: Record<string, unknown>, more: object = {}) => {
  const result = read(changes, more);
  return result.kind === "invalid" ? result.errors : result.kind;
};
const WHY = "Nightly backups of the build server";

test("a form as it was sent", () => {
  expect(read()).toMatchObject({
    kind: "form",
    form: {
      asked: {
        kind: "key",
        keyName: "ci-uploader",
        access: { permission: "ReadOnly", buckets: { kind: "named", names: ["builds"] } },
        endpoint: "Default",
        format: "shell",
      },
      reason: null,
    },
  });
  expect(read({ reason: reason("  why not  "), key_name: { create_key_name: { value: " ci " } } })).toMatchObject({
    form: { asked: { keyName: "ci" }, reason: "why not" },
  });
});

test("all buckets come from that choice alone, whatever else was chosen", () => {
  const all = { permission: "ReadOnly", buckets: { kind: "all" } };
  expect(read({ bucket_access: everything })).toMatchObject({ form: { asked: { access: all } } });
  expect(read({ bucket_access: everything, buckets: undefined })).toMatchObject({ form: { asked: { access: all } } });
  expect(read({ buckets: named("*") })).toEqual({ kind: "malformed" });
  expect(read({ buckets: named("builds", "*") })).toEqual({ kind: "malformed" });
});

test("an Admin key is for the whole organization, whatever else was chosen", () => {
  const admin = { permission: "Admin", buckets: { kind: "all" } };
  const changes = { permission: permission("Admin"), reason: reason(WHY) };
  const form = { asked: { access: admin } };
  expect(read(changes)).toMatchObject({ form });
  expect(read({ ...changes, buckets: undefined, bucket_access: undefined })).toMatchObject({ form });
});

test("a key that nobody named has the name of what it opens", () => {
  const unnamed = { key_name: { create_key_name: { value: " " } } };
  const nameOf = (changes: Record<string, unknown>) => {
    const result = read({ ...unnamed, reason: reason(WHY), ...changes });
    return result.kind === "form" ? result.form.asked.keyName : result.kind;
  };
  expect(nameOf({})).toBe("builds-readonly");
  expect(nameOf({ buckets: named("builds", "logs", "media") })).toBe("builds-and-2-more-readonly");
  expect(nameOf({ permission: permission("Editor"), bucket_access: everything })).toBe("all-buckets-editor");
  expect(nameOf({ permission: permission("Admin") })).toBe("admin");
  expect(nameOf({ buckets: named("b".repeat(150), "logs") })).toBe(`${"b".repeat(28)}-and-1-more-readonly`);
  expect(readDraft({ values: formValues(unnamed) })).toMatchObject({ keyName: "" });
});

test("a form of 0.4.0 that is still open is read: a box for all buckets, no format, buckets kept as a list", () => {
  const older = (changes: Record<string, unknown> = {}) => readCreateForm({ values: olderValues(changes) });
  const builds = { kind: "named", names: ["builds"] };
  expect(older()).toMatchObject({ form: { asked: { access: { buckets: builds }, format: "shell" } } });
  expect(older({ all_buckets: boxes("all") })).toMatchObject({
    form: { asked: { access: { buckets: { kind: "all" } } } },
  });
  const hidden = olderValues({ buckets: undefined });
  expect(readDraft({ values: hidden, kept: '["builds","logs"]' })).toMatchObject({
    buckets: ["builds", "logs"],
    openedIn: null,
  });
  expect(older({ buckets: undefined })).toMatchObject({ errors: { all_buckets: expect.any(String) } });
});

test("the radio buttons count, whatever a box beside them says", () => {
  expect(read({ all_buckets: boxes("all") })).toMatchObject({
    form: { asked: { access: { buckets: { kind: "named" } } } },
  });
});

test("the same bucket twice is one", () => {
  expect(read({ buckets: named("builds", "builds") })).toMatchObject({
    form: { asked: { access: { buckets: { names: ["builds"] } } } },
  });
});

test.each([
  ["a name with a space", { key_name: { create_key_name: { value: "a b" } } }, "key_name"],
  ["a name that is too long", { key_name: { create_key_name: { value: "x".repeat(49) } } }, "key_name"],
  ["no bucket", { buckets: named() }, "buckets"],
  ["too many buckets", { buckets: named(...Array.from({ length: 51 }, (_, index) => `b${index}`)) }, "buckets"],
  ["too long a reason", { reason: reason("x".repeat(501)) }, "reason"],
])("%s is said beside its field", (_what, changes, block) => {
  const errors = errorsOf(changes);
  expect(Object.keys(errors)).toEqual([block]);
});

test("a reason is missed where the form was drawn with one needed; whether one is needed now, the verb says", () => {
  const kept = '{"isReasonNeeded":true}';
  const asked = { permission: permission("Admin") };
  expect(Object.keys(errorsOf(asked, { kept }))).toEqual(["reason"]);
  expect(Object.keys(errorsOf({ ...asked, reason: reason("please") }, { kept }))).toEqual(["reason"]);
  expect(errorsOf({ ...asked, reason: reason(WHY) }, { kept })).toBe("form");
  for (const other of ["", "{}", '{"isReasonNeeded":"true"}', '["builds"]'])
    expect(errorsOf(asked, { kept: other })).toBe("form");
});

test("all mistakes are said at once", () => {
  const errors = errorsOf({
    key_name: { create_key_name: { value: "a b" } },
    buckets: named(),
    reason: reason("x".repeat(501)),
  });
  expect(Object.keys(errors).sort()).toEqual(["buckets", "key_name", "reason"]);
});

describe("sent before the form was drawn again", () => {
  test("without a select, what is missing is said beside a field that is there", () => {
    expect(Object.keys(errorsOf({ buckets: undefined }))).toEqual(["bucket_access"]);
    expect(Object.keys(errorsOf({ buckets: undefined, bucket_access: undefined }))).toEqual(["permission"]);
  });

  test("buckets chosen earlier are offered again, and never asked for unseen", () => {
    const kept = '{"openedIn":"D1","buckets":["builds","logs"]}';
    const values = formValues({ buckets: undefined });
    expect(readDraft({ values, kept })).toMatchObject({ buckets: ["builds", "logs"], openedIn: "D1" });
    expect(Object.keys(errorsOf({ buckets: undefined }, { kept }))).toEqual(["bucket_access"]);
    expect(readDraft({ values: formValues(), kept })).toMatchObject({ buckets: ["builds"] });
  });

  test.each([
    "",
    "[",
    "{}",
    '["*"]',
    '{"buckets":["*"]}',
    '{"openedIn":7,"buckets":7}',
    '"builds"',
    "null",
    JSON.stringify(Array(51).fill("b")),
  ])("nothing is kept in %s", (kept) => {
    expect(readDraft({ values: formValues({ buckets: undefined }), kept })).toMatchObject({
      buckets: [],
      openedIn: null,
    });
  });
});

test("a draft is read while it is not finished", () => {
  const values = formValues({
    key_name: { create_key_name: { value: null } },
    permission: permission("Editor"),
    buckets: named(),
    bucket_access: everything,
    reason: reason("beca"),
  });
  expect(readDraft({ values })).toEqual({
    keyName: "",
    permission: "Editor",
    buckets: [],
    allBuckets: true,
    endpoint: "Default",
    format: "shell",
    life: null,
    reason: "beca",
    openedIn: null,
  });
});

test.each([
  ["a permission that does not exist", { permission: permission("Owner") }],
  ["a permission from the prototype's names", { permission: permission("__proto__") }],
  ["no permission", { permission: { create_permission: { selected_option: null } } }],
  ["two permissions", { permission: { create_permission: { selected_option: [option("Admin")] } } }],
  ["an endpoint that does not exist", { endpoint: { create_endpoint: { selected_option: option("Elsewhere") } } }],
  ["a strange bucket", { buckets: named("<!channel>") }],
  ["a bucket that is a number", { buckets: named(7) }],
  ["a bucket with an endless name", { buckets: named("x".repeat(151)) }],
  ["endlessly many buckets", { buckets: named(...Array(1_001).fill("b")) }],
  ["buckets in an object", { buckets: { create_buckets: { selected_options: { 0: option("b") } } } }],
  ["another bucket access", { bucket_access: bucketAccess("*") }],
  ["no bucket access", { bucket_access: { create_bucket_access: { selected_option: null } } }],
  ["another box than all buckets", { all_buckets: boxes("*") }],
  ["a format that does not exist", { format: { create_format: { selected_option: option("yaml") } } }],
  ["a name in a list", { key_name: { create_key_name: { value: ["ci"] } } }],
  ["an endless name", { key_name: { create_key_name: { value: "x".repeat(3_001) } } }],
  ["a name under another id", { key_name: { other: { value: "ci" } } }],
  ["no name's block", { key_name: undefined }],
  ["an endless reason", { reason: reason("x".repeat(3_001)) }],
  ["a deep reason", { reason: nested(5_000) }],
])("%s is malformed", (_what, changes) => {
  expect(read(changes)).toEqual({ kind: "malformed" });
  expect(readDraft({ values: formValues(changes) })).toEqual({ kind: "malformed" });
});

test("fields that the form does not have change nothing", () => {
  const values = { ...formValues(), is_admin: { any: { value: "yes" } } };
  expect(readCreateForm({ values, approved: true })).toEqual(readCreateForm({ values: formValues() }));
  const own = JSON.parse(JSON.stringify({ values: formValues() }).replace("{", '{"__proto__":{"kept":"[\\"x\\"]"},'));
  expect(readDraft(own)).toEqual(readDraft({ values: formValues() }));
});

test("whatever is in the fields, a form never asks for * by name, for too many buckets, or needlessly for all", () => {
  const value = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom("ReadOnly", "Editor", "Admin", "builds", "all", "named") },
    { weight: 1, arbitrary: fc.oneof(fc.constant("*"), fc.anything()) },
  );
  const choice = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom([], [option("all")], [option("builds")]) },
    { weight: 2, arbitrary: fc.array(value.map(option), { maxLength: 60 }) },
    { weight: 1, arbitrary: fc.anything() },
  );
  const seen = new Set<string>();
  fc.assert(
    fc.property(value, choice, choice, value, (wanted, buckets, ticked, which) => {
      const result = read({
        permission: permission(wanted),
        buckets: { create_buckets: { selected_options: buckets } },
        all_buckets: { create_all_buckets: { selected_options: ticked } },
        bucket_access: which === "ReadOnly" ? undefined : bucketAccess(which),
        reason: reason(WHY),
      });
      if (result.kind !== "form") return;
      const { access } = result.form.asked;
      seen.add(access.buckets.kind);
      if (access.buckets.kind === "all") expect(access.permission === "Admin" || result.draft.allBuckets).toBe(true);
      else {
        expect(access.buckets.names).not.toContain("*");
        expect(access.buckets.names.length).toBeGreaterThan(0);
        expect(access.buckets.names.length).toBeLessThanOrEqual(50);
      }
    }),
    // So many that both kinds are among them, whatever the seed is.
    { numRuns: 2_000 },
  );
  expect([...seen].sort()).toEqual(["all", "named"]);
});
