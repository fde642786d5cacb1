import { denyForm } from "../../../src/slack/deny-form/view";
import { REQUESTS, SECRETS } from "../../domain/samples";
import { elementOf, inputsOf, rowsOf } from "../reading";

test("the form for a denial holds the request's id and wants a reason", () => {
  const view = denyForm(REQUESTS.pending);
  expect(view.private_metadata).toBe("request-1");
  expect(rowsOf(view.blocks)).toEqual(["Admin key deploy, asked for by @UDEV · ref K7QM2XAB"]);
  expect(inputsOf(view).deny_reason).not.toHaveProperty("optional");
  expect(elementOf(inputsOf(view).deny_reason)).toMatchObject({ max_length: 500 });
});

test("it names a new secret as what it is", () => {
  expect(rowsOf(denyForm(SECRETS.pending).blocks)).toEqual([
    "New secret of the Admin key deploy, asked for by @UDEV · ref SECRET22",
  ]);
});
