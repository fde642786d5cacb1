import { GENERAL } from "../kit/people";
import { reached } from "../kit/stand-ins";
import { type World, worldForEach } from "../kit/world";
import { answers, ask, askForAdmin, askForReadOnly, card } from "./play";

let world: World;
worldForEach({ mode: "socket", env: { MAX_KEYS_PER_USER: "4" } }, (one) => {
  world = one;
});

async function openForm(keyName = "ci"): Promise<void> {
  const { dana } = world;
  await dana.command(`/tigris-key create ${keyName}`);
  await dana.until("the form", () => dana.modal()?.fields["Key name"]);
}

test.each(["", "help", "HELP  "])(
  "/tigris-key %s says what the bot can do, where it is no member too",
  async (word) => {
    const { dana } = world;
    await dana.command(`/tigris-key ${word}`, { in: GENERAL });
    const shown = await dana.until("the help", () => dana.screen(GENERAL).find(({ isEphemeral }) => isEphemeral));
    expect(shown.text).toContain("/tigris-key create [name]");
    expect(shown.buttons.map(({ label }) => label)).toEqual(["Create a key", "List my keys", "Delete a key"]);
    await dana.press("Create a key", { in: GENERAL });
    await dana.until("the form", () => dana.modal()?.fields["Key name"]);
  },
);

test("an unknown word gets the nearest command", async () => {
  const { dana } = world;
  await dana.command("/tigris-key creat ci", { in: GENERAL });
  await dana.until("the hint", () =>
    answers(dana, GENERAL).some((text) => text.includes("Did you mean /tigris-key create?")),
  );
});

test("the form is prefilled, and choosing Admin keeps what was typed and takes the buckets away", async () => {
  const { dana } = world;
  await openForm("ci-uploader");
  expect(dana.modal()?.fields["Key name"]?.value).toBe("ci-uploader");
  expect(dana.modal()?.fields.Permission?.value).toBe("ReadOnly");
  expect(dana.modal()?.fields.Endpoint?.value).toBe("Default");
  await dana.fill({ "Key name": "other", Reason: "Because", Endpoint: "Fly" });
  await dana.fill({ Permission: "Admin" });
  await dana.until("the form for Admin", () => !dana.modal()?.fields.Buckets);
  expect(dana.modal()?.fields["Key name"]?.value).toBe("other");
  expect(dana.modal()?.fields.Reason).toMatchObject({ value: "Because", isRequired: true });
  expect(dana.modal()?.fields.Endpoint?.value).toBe("Fly");
  expect(dana.modal()?.text).toContain("2 people can approve this");
});

test("mistakes are said beside their fields, and nothing typed is lost", async () => {
  const { dana, tigris } = world;
  await openForm();
  await dana.fill({ "Key name": "my key!" });
  await dana.submit();
  await dana.until("the errors", () => dana.modal()?.fields["Key name"]?.error);
  expect(dana.modal()?.fields["Key name"]?.error).toBe("Use only letters, digits, dots, underscores and hyphens.");
  expect(dana.modal()?.fields.Buckets?.error).toContain("Choose at least one bucket");
  await dana.fill({ "Key name": "my-key", Buckets: ["logs"] });
  tigris.controls.setBuckets(["builds"]);
  await dana.submit();
  await dana.until("the form again", () => dana.modal()?.text.includes("No longer there: logs"));
  expect(dana.modal()?.fields["Key name"]?.value).toBe("my-key");
});

test("an Admin key needs a reason of ten characters that can be seen", async () => {
  const { dana } = world;
  await openForm();
  await dana.fill({ Permission: "Admin" });
  await dana.until("the form for Admin", () => !dana.modal()?.fields.Buckets);
  await dana.fill({ Reason: `short${"\u200B".repeat(20)}` });
  await dana.submit();
  await dana.until("the error", () => dana.modal()?.fields.Reason?.error?.includes("at least 10 characters"));
});

test("buckets are searched among thousands, and there may be none", async () => {
  const { dana, tigris } = world;
  tigris.controls.setBuckets(Array.from({ length: 3_000 }, (_, index) => `bucket-${String(index).padStart(4, "0")}`));
  await openForm();
  expect(await dana.options("Buckets")).toHaveLength(100);
  expect(await dana.options("Buckets", "2999")).toEqual(["bucket-2999"]);
  tigris.controls.setBuckets([]);
  expect(await dana.options("Buckets", "x")).toEqual([]);
});

test("the endpoint decides which addresses are handed out", async () => {
  const { dana } = world;
  await ask(dana, "fly-app", { Endpoint: "Fly" });
  await dana.until("the card", () => card(dana, "fly-app"));
  await dana.press("Reveal secret", { in: dana.dm() });
  const message = await dana.until("the secret", () => dana.screen().find(({ code }) => code.length === 3));
  expect(message.code[2]).toContain("AWS_ENDPOINT_URL_S3=https://fly.storage.tigris.dev");
  expect(message.code[2]).toContain("AWS_ENDPOINT_URL_IAM=https://fly.iam.storage.tigris.dev");
});

test("the quota counts open requests, and is told before anything is filled in", async () => {
  const { dana } = world;
  for (const name of ["one", "two", "three", "four"]) await askForReadOnly(dana, name);
  await dana.command("/tigris-key create five");
  await dana.until("the refusal", () => dana.modal()?.text.includes("the most that one person may have"));
});

test("three requests may wait at a time", async () => {
  const { dana } = world;
  for (const name of ["one", "two", "three"]) await askForAdmin(world, dana, name);
  await ask(dana, "four", { Permission: "Admin", Reason: "Nightly backups of the build server" });
  await dana.until("the refusal", () => dana.modal()?.text.includes("3 requests waiting for a decision already"));
  expect(dana.modal()?.fields["Key name"]?.value).toBe("four");
});

test("a form that was closed while it was checked: the result arrives in the DM", async () => {
  const { dana, slack } = world;
  await openForm();
  await dana.fill({ Buckets: ["logs"] });
  const look = slack.faults.arm({ call: "users.info" }, { kind: "hold", when: "before" });
  await dana.submit();
  await reached(look);
  await dana.close();
  look.release();
  await dana.until("the card", () => card(dana, "ci")?.text.includes("is approved"));
});

test("a trigger that came too late: the person is told, and nothing hangs", async () => {
  const { dana, slack } = world;
  slack.faults.arm(
    { call: "views.open" },
    { kind: "refuse", status: 200, body: { ok: false, error: "expired_trigger_id" } },
  );
  await dana.command("/tigris-key create ci");
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("didn't open the form in time")));
});

test("Tigris not answering: the form says so and keeps what was typed", async () => {
  const { dana, tigris } = world;
  await openForm();
  await dana.fill({ Buckets: ["logs"] });
  tigris.faults.arm({ call: "ListBuckets", times: 5 }, { kind: "garble", when: "before", status: 500, body: "" });
  await dana.submit();
  await dana.until("the form again", () =>
    dana.modal()?.text.includes("Tigris didn't tell me which buckets there are"),
  );
  expect(dana.modal()?.fields.Buckets?.value).toEqual(["logs"]);
});
