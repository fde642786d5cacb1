import { BUCKETS_REMEMBERED_MS } from "../../src/domain/limits";
import { ACK_MS } from "../../src/slack/transport/acknowledge";
import { APPROVALS, GENERAL } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { type World, worldForEach } from "../kit/world";
import {
  ask,
  askForAdmin,
  askForReadOnly,
  card,
  openCreateForm,
  reveal,
  secretAfter,
  secretMessages,
  showSecret,
  switchOn,
} from "./play";

let world: World;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});

const openForm = (keyName = "ci") => openCreateForm(world.dana, keyName);

test("a key that nobody named is named after its bucket", async () => {
  const { dana } = world;
  await openForm("");
  await dana.fill({ Buckets: ["builds"] });
  await dana.submit();
  await dana.until("the card", () => card(dana, "builds-readonly"));
});

describe("after sending", () => {
  test("in the DM the form closes, since its card is there", async () => {
    const { dana } = world;
    await askForReadOnly(dana, "first");
    await openForm();
    await dana.fill({ Buckets: ["logs"] });
    await dana.submit();
    expect(dana.modal()).toBeNull();
    expect(dana.toasts()).toEqual([]);
    await dana.until("the card", () => card(dana, "ci"));
  });

  test("opened by Ask again on a card of the DM, it closes too", async () => {
    const { dana, ann } = world;
    await askForAdmin(world, dana, "deploy");
    await dana.press("Cancel request", { in: dana.dm() });
    await dana.until("the end", () => card(dana, "deploy")?.buttons.some(({ label }) => label === "Ask again"));
    await dana.press("Ask again", { in: dana.dm() });
    await dana.until("the form", () => dana.modal()?.fields["Key name"]);
    await dana.submit();
    expect(dana.modal()).toBeNull();
    await ann.until("the other request", () => ann.screen(APPROVALS).length > 1);
  });

  test("elsewhere it says one sentence, with the way to the DM", async () => {
    const { dana } = world;
    await ask(dana, "ci");
    await dana.until("the sentence", () =>
      dana.modal()?.text.includes("Your request for the ReadOnly key ci is approved: press"),
    );
    expect(dana.modal()?.buttons.map(({ label }) => label)).toEqual(["Open the DM"]);
    expect(dana.modal()?.submit).toBeNull();
  });

  test("what was refused opens the form again, with what was typed", async () => {
    const { dana, tigris } = world;
    await openForm();
    await dana.fill({ Buckets: ["logs"] });
    tigris.controls.setBuckets(["builds"]);
    await dana.submit();
    await dana.until("the form again", () => dana.modal()?.text.includes("No longer there: logs"));
    world.clock.advance(BUCKETS_REMEMBERED_MS);
    await dana.fill({ Buckets: ["builds"] });
    await dana.submit();
    await dana.until("no form", () => dana.modal() === null);
  });

  test("what was refused too late for a form is said in the DM", async () => {
    const { dana, slack, tigris, clock } = world;
    await openForm();
    await dana.fill({ Buckets: ["logs"] });
    tigris.controls.setBuckets(["builds"]);
    const look = slack.faults.arm({ call: "users.info" }, { kind: "hold", when: "before" });
    await dana.submit();
    expect(dana.modal()).toBeNull();
    await reached(look);
    clock.advance(ACK_MS + 1);
    look.release();
    await dana.until("the sentence", () => dana.screen().some(({ text }) => text.includes("No longer there: logs")));
    expect(dana.modal()).toBeNull();
    expect(dana.toasts()).toEqual([]);
  });

  test("in a direct message with somebody else it says where the key is", async () => {
    const { dana, slack } = world;
    await openForm();
    await dana.fill({ Buckets: ["logs"] });
    slack.renewDm(dana.id);
    await dana.submit();
    await dana.until("the sentence", () => dana.modal()?.text.includes("is approved"));
  });
});

test("the format is chosen in the form, goes with the key, and is there the next time", async () => {
  const { dana, tigris, slack } = world;
  await ask(dana, "ci", { Buckets: ["logs"], Format: "AWS profile" });
  await dana.until("the card", () => card(dana, "ci"));
  const first = await reveal(dana, "ci");
  expect(first.exports).toContain(`[profile ci]\naws_access_key_id = ${first.accessKeyId}\n`);
  expect(first.exports).toContain(`endpoint_url = ${tigris.s3Url}\n`);
  expect(secretMessages(dana)[0]?.text).toContain("Then try: aws s3 ls s3://logs --profile ci");
  await switchOn(dana, "ci");
  await dana.close();
  await openForm("other");
  expect(dana.modal()?.fields.Format?.value).toBe("AWS profile");
  await dana.fill({ Format: ".env file", Buckets: ["logs"] });
  await dana.submit();
  await dana.until("the card", () => card(dana, "other"));
  const again = await secretAfter(world, () => dana.press("New secret", { in: dana.dm() }));
  expect(again.exports).toContain(`[profile ci]\naws_access_key_id = ${again.accessKeyId}\n`);
  const { eve } = world;
  await eve.command("/tigris-key create hers");
  await eve.until("the form", () => eve.modal()?.fields.Format?.value === "Shell exports");
  expect(slack.calls.filter(({ method }) => method === "chat.postEphemeral")).toHaveLength(2);
});

test("where this bot's endpoints are its own, the lines name them, and none is to be chosen", async () => {
  const { dana, tigris } = world;
  await askForReadOnly(dana, "ci");
  const { exports } = await reveal(dana, "ci");
  expect(exports).toContain(`export AWS_ENDPOINT_URL_S3=${tigris.s3Url}\n`);
  expect(exports).toContain(`export AWS_ENDPOINT_URL_IAM=${tigris.iamUrl}\n`);
  await openForm();
  expect(dana.modal()?.fields.Endpoint).toBeUndefined();
});

test("from the command to a key that works, in the DM, for one bucket, takes at most six clicks", async () => {
  const { dana } = world;
  let clicks = 0;
  const click = async (act: Promise<unknown>) => {
    clicks += 1;
    await act;
  };
  await dana.command("/tigris-key create");
  await dana.until("the form", () => dana.modal()?.fields.Buckets);
  // One to open the select, one to choose.
  clicks += 1;
  await click(dana.fill({ Buckets: ["builds"] }));
  await click(dana.submit());
  const name = "builds-readonly";
  await dana.until("the card", () => card(dana, name)?.buttons.some(({ label }) => label === "Show my secret"));
  await click(showSecret(dana, name));
  await dana.until("that the key is off", () => card(dana, name)?.text.includes("off"));
  // Copying the lines.
  clicks += 1;
  await click(switchOn(dana, name));
  expect(clicks).toBeLessThanOrEqual(6);
});

test("a form that was closed while it was checked: the result arrives in the DM", async () => {
  const { dana, slack } = world;
  await openCreateForm(dana, "ci", { in: GENERAL });
  await dana.fill({ Buckets: ["logs"] });
  const look = slack.faults.arm({ call: "users.info" }, { kind: "hold", when: "before" });
  await dana.submit();
  await reached(look);
  await dana.close();
  look.release();
  await dana.until("the card", () => card(dana, "ci")?.text.includes("Ready"));
});
