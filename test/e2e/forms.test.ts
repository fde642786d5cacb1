import { GENERAL } from "../kit/people";
import { type World, worldForEach } from "../kit/world";
import { answers, ask, askForAdmin, askForReadOnly } from "./play";

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
    expect(shown.buttons.map(({ label }) => label)).toEqual(["Get a key", "List my keys", "Delete a key"]);
    await dana.press("Get a key", { in: GENERAL });
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
  expect(dana.modal()?.fields["Bucket access"]?.value).toBe("Only these buckets");
  expect(dana.modal()?.submit).toBe("Get the key");
  await dana.fill({ "Key name": "other", Reason: "Because", Format: "AWS profile" });
  await dana.fill({ Permission: "Admin" });
  await dana.until("the form for Admin", () => !dana.modal()?.fields.Buckets);
  expect(dana.modal()?.fields["Key name"]?.value).toBe("other");
  expect(dana.modal()?.fields.Reason).toMatchObject({ value: "Because", isRequired: true });
  expect(dana.modal()?.fields.Format?.value).toBe("AWS profile");
  expect(dana.modal()?.fields["Bucket access"]).toBeUndefined();
  expect(dana.modal()?.submit).toBe("Ask for approval");
  expect(dana.modal()?.text).toContain("Goes to @key-approvers: 2 people can approve this");
});

test("mistakes are said beside their fields, and nothing typed is lost", async () => {
  const { dana, tigris } = world;
  await openForm();
  await dana.submit();
  expect(dana.modal()?.fields.Buckets?.error).toBe("Please complete this required field.");
  await dana.fill({ "Key name": "my key!", Buckets: ["logs"] });
  await dana.submit();
  await dana.until("the errors", () => dana.modal()?.fields["Key name"]?.error);
  expect(dana.modal()?.fields["Key name"]?.error).toBe(
    "Use only letters, digits, dots, underscores and hyphens, for example my-key.",
  );
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

test("a name from the command that is too long is kept whole, with what is wrong below it", async () => {
  const { dana } = world;
  const name = "n".repeat(60);
  await openForm(name);
  expect(dana.modal()?.fields["Key name"]?.value).toBe(name);
  expect(dana.modal()?.text).toContain("Use at most 48 characters; these are 60.");
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

test("a trigger that came too late: the person is told, and nothing hangs", async () => {
  const { dana, slack } = world;
  slack.faults.arm(
    { call: "views.open" },
    { kind: "refuse", status: 200, body: { ok: false, error: "expired_trigger_id" } },
  );
  await dana.command("/tigris-key create ci");
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("didn't open the form in time")));
});
