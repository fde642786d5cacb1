import { readApproveForm } from "../../../src/slack/approve-form/input";
import { ACTOR } from "../payloads/payloads";

const sent = (permission: unknown, buckets: unknown, privateMetadata = "request-1") =>
  readApproveForm({
    kind: "submission",
    actor: ACTOR,
    viewId: "V1",
    privateMetadata,
    triggerId: null,
    state: {
      values: {
        less_permission: { less_permission: { selected_option: { value: permission } } },
        less_buckets: { less_buckets: { selected_options: buckets } },
      },
    },
  });
const options = (...names: string[]) => names.map((value) => ({ value }));

test("a form says which request is to get what", () => {
  expect(sent("Editor", options("builds", "logs", "builds"))).toEqual({
    kind: "form",
    requestId: "request-1",
    access: { permission: "Editor", buckets: { kind: "named", names: ["builds", "logs"] } },
  });
});

test("buckets have to be chosen, and not too many", () => {
  const many = Array.from({ length: 51 }, (_, index) => `bucket-${index}`);
  for (const buckets of [null, [], options(...many)])
    expect(sent("Editor", buckets)).toEqual({
      kind: "invalid",
      errors: { less_buckets: "Choose between 1 and 50 buckets." },
    });
  expect(sent("Editor", options(...many.slice(1)))).toMatchObject({ kind: "form" });
});

test("a permission that the form never offers, and what is no bucket, are malformed", () => {
  expect(sent("Admin", options("builds"))).toEqual({ kind: "malformed" });
  expect(sent("Editor", options("*"))).toEqual({ kind: "malformed" });
  expect(sent("Editor", options("builds/*"))).toEqual({ kind: "malformed" });
  expect(sent("Editor", "builds")).toEqual({ kind: "malformed" });
  expect(sent("Editor", options("builds"), "")).toEqual({ kind: "malformed" });
});
