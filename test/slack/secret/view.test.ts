import { type Access, ENDPOINT_URLS, type Format, handoutOf } from "../../../src/domain/permission";
import { Secret } from "../../../src/domain/secret";
import { secretMessage } from "../../../src/slack/secret/view";
import { buttonsOf, objectsIn, rowsOf } from "../reading";

const SECRET = "tsec_Q+1/x=";
const shown = (
  changes: { format?: Format; isOff?: boolean; isPaused?: boolean; access?: Access; endpoint?: "Default" | "Fly" } = {},
) =>
  secretMessage(
    {
      id: "delivery-1",
      channelId: "D1",
      userId: "UDEV",
      keyName: "deploy",
      accessKeyId: "tid_one",
      secret: new Secret(SECRET),
      endpoint: "Default",
      access: { permission: "Admin", buckets: { kind: "all" } },
      format: "shell",
      isOff: true,
      isPaused: false,
      ...changes,
    },
    handoutOf({ ...ENDPOINT_URLS.Default, region: "auto" }),
  );

const preformatted = (changes?: Parameters<typeof shown>[0]) =>
  rowsOf(objectsIn(shown(changes).blocks).filter(({ type }) => type === "rich_text_preformatted"));

test("id, secret and the lines for a shell can each be copied exactly as they are", () => {
  expect(preformatted()).toEqual([
    "tid_one",
    SECRET,
    [
      "export AWS_ACCESS_KEY_ID=tid_one",
      `export AWS_SECRET_ACCESS_KEY=${SECRET}`,
      "export AWS_ENDPOINT_URL_S3=https://t3.storage.dev",
      "export AWS_ENDPOINT_URL_IAM=https://iam.storage.dev",
      "export AWS_REGION=auto",
      "export AWS_DEFAULT_REGION=auto",
    ].join("\n"),
  ]);
  expect(preformatted({ endpoint: "Fly" })[2]).toContain("https://fly.storage.tigris.dev\n");
  expect(preformatted({ endpoint: "Fly" })[2]).toContain("https://fly.iam.storage.tigris.dev\n");
});

test("each format says where it belongs, and what to try next", () => {
  const builds: Access = { permission: "ReadOnly", buckets: { kind: "named", names: ["builds"] } };
  const lines = (format: Format) => rowsOf(shown({ format, access: builds }).blocks);
  expect(lines("shell")).toEqual(expect.arrayContaining(["For a shell", "Then try: aws s3 ls s3://builds"]));
  expect(lines("dotenv")).toEqual(expect.arrayContaining(["For a .env file", "Then try: aws s3 ls s3://builds"]));
  expect(lines("profile")).toEqual(
    expect.arrayContaining(["For ~/.aws/config", "Then try: aws s3 ls s3://builds --profile deploy"]),
  );
  expect(preformatted({ format: "dotenv" })[2]).toMatch(/^AWS_ACCESS_KEY_ID=tid_one\n/);
  expect(preformatted({ format: "profile" })[2]).toMatch(/^\[profile deploy\]\n/);
});

/** Overflow menus: their options, and what they ask first. */
const menusOf = (blocks: readonly unknown[]) =>
  objectsIn(blocks)
    .filter(({ type }) => type === "overflow")
    .map(({ options, confirm }) => ({
      options: (options as { text: { text: string }; value: string }[]).map(({ text, value }) => [text.text, value]),
      asks: (confirm as { text: { text: string } }).text.text,
    }));

test("the secret stands in preformatted text alone, never where notifications and buttons take their words from", () => {
  const { text, blocks } = shown();
  expect(text).toBe("Your secret for deploy is ready in this conversation.");
  const elsewhere = objectsIn(blocks).filter(({ type }) => type !== "rich_text_preformatted" && type !== "rich_text");
  const texts = elsewhere.filter(({ text: own }) => typeof own === "string" && own.includes(SECRET));
  expect(texts).toHaveLength(2);
  expect(JSON.stringify(buttonsOf(blocks))).not.toContain(SECRET);
});

test("of a key that is off it says what opens nothing until then, and the button switches on", () => {
  const { blocks } = shown();
  expect(rowsOf(blocks)[0]).toBe(
    "Save this now. It can't be shown again, and deploy opens none of your buckets until you press the button.",
  );
  expect(buttonsOf(blocks)).toMatchObject([
    {
      label: "I've saved it: switch on",
      actionId: "delivery_saved",
      value: "delivery-1",
      style: "primary",
      asks: null,
    },
  ]);
  expect(menusOf(blocks)).toEqual([
    {
      options: [["Delete key", "delivery_delete_key:delivery-1"]],
      asks: expect.stringContaining("It was never on"),
    },
  ]);
});

test("of a paused key it says that nothing works with it before the key is resumed", () => {
  const rows = rowsOf(shown({ isOff: false, isPaused: true }).blocks);
  expect(rows[0]).toMatch(/stopped working\. The key is paused: this secret works only once it is resumed\.$/);
  expect(rows.at(-1)).toMatch(/^Once it is resumed, try: aws s3 ls/);
});

test("of a key that is on it says that the old one has stopped, and there is nothing to switch on", () => {
  const { blocks } = shown({ isOff: false });
  expect(rowsOf(blocks)[0]).toBe(
    "Save this now. It can't be shown again. It is the new secret of deploy; the old one has stopped working.",
  );
  expect(buttonsOf(blocks)).toMatchObject([
    { label: "I've saved it", actionId: "delivery_saved", value: "delivery-1", asks: null },
  ]);
  expect(menusOf(blocks)).toMatchObject([{ asks: expect.stringContaining("stop working at once") }]);
});
