import type { Access } from "../../../src/domain/permission";
import { refused } from "../../../src/domain/refusal";
import { approveForm } from "../../../src/slack/approve-form/view";
import { REQUESTS } from "../../domain/samples";
import { elementOf, inputsOf, objectsIn, rowsOf } from "../reading";

const asking = (access: Access) => ({ ...REQUESTS.pending, asked: { ...REQUESTS.pending.asked, access } });
const valuesIn = (value: unknown) => objectsIn(value).flatMap((one) => ("value" in one ? [one.value] : []));
const formOf = (access: Access) => {
  const view = approveForm(asking(access));
  const { less_permission, less_buckets } = inputsOf(view);
  const [permission, buckets] = [elementOf(less_permission), elementOf(less_buckets)];
  return {
    view,
    permissions: valuesIn(permission.options),
    first: valuesIn(permission.initial_option)[0],
    buckets: valuesIn(buckets.initial_options ?? []),
  };
};

test("of an Admin key: buckets have to be chosen, and what was asked for is not offered", () => {
  const { view, ...offered } = formOf({ permission: "Admin", buckets: { kind: "all" } });
  expect(offered).toEqual({ permissions: ["ReadOnly", "Editor"], first: "Editor", buckets: [] });
  expect(rowsOf(view.blocks)).toEqual([
    "@UDEV asks for deploy: every bucket and key of the organization",
    "Nightly backups of the build server",
  ]);
  expect([view.title.text, view.submit?.text, view.private_metadata]).toEqual([
    "Approve with less",
    "Approve",
    "request-1",
  ]);
});

test.each<[Access["permission"] & ("ReadOnly" | "Editor"), string[]]>([
  ["Editor", ["ReadOnly", "Editor"]],
  ["ReadOnly", ["ReadOnly"]],
])("of a %s key on buckets: those are chosen at first", (permission, permissions) => {
  const { view: _view, ...offered } = formOf({ permission, buckets: { kind: "named", names: ["builds", "logs"] } });
  expect(offered).toEqual({ permissions, first: permission, buckets: ["builds", "logs"] });
});

test("what was wrong with it stands above", () => {
  const request = REQUESTS.pending;
  expect(rowsOf(approveForm(request, refused("not_less", { request })).blocks)[0]).toContain(
    "⚠️ That isn't less than what was asked for.",
  );
});
