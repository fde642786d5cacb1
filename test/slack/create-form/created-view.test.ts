import { createdView } from "../../../src/slack/create-form/created-view";
import { REQUESTS, SECRETS } from "../../domain/samples";
import { objectsIn, rowsOf } from "../reading";

test("after asking, the form says what comes next and leads to the DM", () => {
  const links = { dmUrl: "https://acme.slack.com/archives/D1", approvalsChannelId: "C1" };
  const approved = createdView({ request: REQUESTS.approved, ...links });
  expect(rowsOf(approved.blocks)).toEqual([
    "Your request for the Admin key deploy is approved: press Show my secret in our DM.",
  ]);
  const waiting = createdView({ request: REQUESTS.pending, ...links });
  expect(rowsOf(waiting.blocks)).toEqual([
    "Your request for the Admin key deploy was sent to #C1; I'll tell you in our DM as soon as somebody decides.",
  ]);
  for (const view of [approved, waiting]) {
    expect(objectsIn(view.blocks)).toContainEqual(expect.objectContaining({ url: links.dmUrl }));
    expect(view).not.toHaveProperty("submit");
  }
});

test("after asking for a new secret it says which one, under a title of its own", () => {
  const links = { dmUrl: "https://acme.slack.com/archives/D1", approvalsChannelId: "C1" };
  const waiting = createdView({ request: SECRETS.pending, ...links });
  expect(waiting.title).toMatchObject({ text: "Ask for a new secret" });
  expect(rowsOf(waiting.blocks)).toEqual([
    "Your request for a new secret of the Admin key deploy was sent to #C1; I'll tell you in our DM as soon as somebody decides.",
  ]);
});
