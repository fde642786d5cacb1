import { Secret } from "../../../src/domain/secret";
import { secretMessage } from "../../../src/slack/secret/view";
import { buttonsOf, objectsIn, rowsOf } from "../reading";

const SECRET = "tsec_Q+1/x=";
const shown = (endpoint: "Default" | "Fly" = "Default") =>
  secretMessage({
    id: "delivery-1",
    channelId: "D1",
    userId: "UDEV",
    keyName: "deploy",
    accessKeyId: "tid_one",
    secret: new Secret(SECRET),
    endpoint,
  });

const preformatted = (endpoint?: "Default" | "Fly") =>
  rowsOf(objectsIn(shown(endpoint).blocks).filter(({ type }) => type === "rich_text_preformatted"));

test("id, secret and the five lines for a shell can each be copied exactly as they are", () => {
  expect(preformatted()).toEqual([
    "tid_one",
    SECRET,
    [
      "export AWS_ACCESS_KEY_ID=tid_one",
      `export AWS_SECRET_ACCESS_KEY=${SECRET}`,
      "export AWS_ENDPOINT_URL_S3=https://t3.storage.dev",
      "export AWS_ENDPOINT_URL_IAM=https://iam.storage.dev",
      "export AWS_REGION=auto",
    ].join("\n"),
  ]);
  expect(preformatted("Fly")[2]).toContain("https://fly.storage.tigris.dev\n");
  expect(preformatted("Fly")[2]).toContain("https://fly.iam.storage.tigris.dev\n");
});

test("the secret stands in preformatted text alone, never where notifications and buttons take their words from", () => {
  const { text, blocks } = shown();
  expect(text).toBe("Your secret for deploy is ready in this conversation.");
  const elsewhere = objectsIn(blocks).filter(({ type }) => type !== "rich_text_preformatted" && type !== "rich_text");
  const texts = elsewhere.filter(({ text: own }) => typeof own === "string" && own.includes(SECRET));
  expect(texts).toHaveLength(2);
  expect(JSON.stringify(buttonsOf(blocks))).not.toContain(SECRET);
});

test("it says that it cannot be shown again, and both buttons hold the delivery", () => {
  const { blocks } = shown();
  expect(rowsOf(blocks)[0]).toBe("Your secret for deploy. It cannot be shown again: save it now.");
  expect(buttonsOf(blocks)).toMatchObject([
    { label: "I've saved it", value: "delivery-1", asks: null },
    { label: "Delete key", value: "delivery-1", style: "danger", asks: expect.stringContaining("at once") },
  ]);
});
