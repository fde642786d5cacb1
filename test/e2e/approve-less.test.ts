import type { Person } from "../../sandbox/slack";
import { ACTIONS, CALLBACKS } from "../../src/slack/ids";
import { APPROVALS } from "../kit/people";
import { until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { click, openView, submission } from "../safety/attacks/crafted";
import { lessValues } from "../safety/attacks/forms";
import { answers, approvalsCard, ask, askForAdmin, card, keep } from "./play";

const WHY = "Nightly backups of the build server";

let world: World;
worldForEach({ mode: "socket", env: { APPROVAL_FOR: "admin,editor,readonly" } }, (one) => {
  world = one;
});

const BUCKETS = "Buckets";

async function openForm(person: Person, keyName = "deploy"): Promise<void> {
  const isAbout = ({ text, buttons }: { text: string; buttons: { label: string }[] }) =>
    text.includes(keyName) && buttons.some(({ label }) => label === "Approve with less");
  await person.until("the card", () => person.screen(APPROVALS).some(isAbout));
  await person.press("Approve with less", { in: APPROVALS, message: ({ text }) => text.includes(keyName) });
  await person.until("the form", () => person.modal()?.fields[BUCKETS]);
}

async function approveWithLess(person: Person, fields: Record<string, string | string[]>): Promise<void> {
  await openForm(person);
  await person.fill(fields);
  await person.submit();
  await person.until("how it went", () => person.modal()?.text.includes("with less than they asked for"));
}

async function askForEditor(buckets: string[]): Promise<void> {
  const { dana, ann } = world;
  await ask(dana, "deploy", { Permission: "Editor", Buckets: buckets, Reason: WHY });
  await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
  await dana.close();
  await ann.until("the approvals card", () => approvalsCard(world, "deploy"));
}

const requestId = async () => (await world.database.rows<{ id: string }>("select id from requests"))[0]?.id ?? "";
const state = async () =>
  (await world.database.rows<{ state: string; state_json: string }>("select state, state_json from requests"))[0];

test("an Admin key is narrowed to a bucket: its requester reads that, and the key can do no more", async () => {
  const { dana, ann, tigris } = world;
  await askForAdmin(world, dana, "deploy");
  await openForm(ann);
  expect(await ann.options("Permission")).toEqual(["ReadOnly", "Editor"]);
  expect(await ann.options(BUCKETS, "log")).toEqual(["logs"]);
  await ann.submit();
  await ann.until("what is missing", () => ann.modal()?.fields[BUCKETS]?.error);
  await ann.fill({ [BUCKETS]: ["builds"] });
  await ann.submit();
  await ann.until("how it went", () => ann.modal()?.text.includes("You approved deploy for @dana with less"));
  const said = "Editor on builds instead of Admin";
  await dana.until("what changed", () => card(dana, "deploy")?.text.includes(said));
  await ann.until("the card", () => approvalsCard(world, "deploy")?.text.includes(said));
  const { accessKeyId, secret } = await keep(dana, "deploy");
  const { may } = await tigris.use(accessKeyId, secret);
  expect(may).toContain("write builds");
  expect(may.filter((deed) => /logs|media/.test(deed))).toEqual([]);
  expect(approvalsCard(world, "deploy")?.text).toContain(said);
});

test("fewer buckets, of which all are chosen at first; whoever asked may cancel what they get", async () => {
  const { dana, ann, tigris } = world;
  await askForEditor(["builds", "logs"]);
  await openForm(ann);
  expect(await ann.options(BUCKETS)).toEqual(["builds", "logs"]);
  expect(ann.modal()?.fields[BUCKETS]?.value).toEqual(["builds", "logs"]);
  await ann.submit();
  await ann.until("the same is not less", () => ann.modal()?.text.includes("That isn't less than what was asked for"));
  await ann.fill({ Permission: "ReadOnly", [BUCKETS]: ["logs"] });
  await ann.submit();
  await dana.until("what changed", () => card(dana, "deploy")?.text.includes("ReadOnly on logs instead of Editor"));
  await dana.press("Cancel", { in: dana.dm() });
  await ann.until("the card", () => approvalsCard(world, "deploy")?.text.includes("Canceled by @dana"));
  expect(tigris.keys()).toHaveLength(1);
});

test.each(["Approve", "Deny"] as const)("%s while the form is open: the first one decides", async (first) => {
  const { dana, ann, bob } = world;
  await askForAdmin(world, dana, "deploy");
  await openForm(bob);
  await bob.fill({ [BUCKETS]: ["builds"] });
  await ann.press(first, { in: APPROVALS });
  if (first === "Deny") {
    await ann.until("the form", () => ann.modal()?.fields.Reason);
    await ann.fill({ Reason: "Not now" });
    await ann.submit();
  }
  await until("the decision", async () => (await state())?.state !== "pending");
  await bob.submit();
  await bob.until("who was first", () =>
    bob.modal()?.text.includes(first === "Deny" ? "@ann denied this" : "@ann approved this"),
  );
  expect((await state())?.state_json).not.toContain('"permission":"Editor"');
  await ann.press("Approve", { in: APPROVALS }).catch(() => {});
});

test("a narrowed approval stands against a later Approve and Deny", async () => {
  const { dana, ann, bob, slack } = world;
  await askForAdmin(world, dana, "deploy");
  const id = await requestId();
  await approveWithLess(ann, { [BUCKETS]: ["builds"] });
  await slack.sendRaw("interaction", click(world, { id: "UBOB00001" }, ACTIONS.approve, id));
  await bob.until("who was first", () => answers(bob, "CGENERAL1").some((text) => text.includes("@ann approved this")));
  expect(JSON.parse((await state())?.state_json ?? "")).toMatchObject({
    approval: { by: { kind: "people", votes: [{ approverId: "UANN00001" }], access: { permission: "Editor" } } },
  });
});

describe("a crafted form", () => {
  const crafted = async (from: string, values: unknown) => {
    const { slack } = world;
    const view = {
      id: await openView(world, { id: from }),
      callbackId: CALLBACKS.approveLess,
      about: await requestId(),
      values,
    };
    return JSON.stringify(await slack.sendRaw("interaction", submission(world, { id: from }, view)));
  };
  const ANN = "UANN00001";

  test.each<[string, string, unknown, RegExp]>([
    ["more buckets", ANN, lessValues("ReadOnly", ["builds", "logs"]), /That isn't less than what was asked for/],
    ["another bucket", ANN, lessValues("ReadOnly", ["media-archive"]), /That isn't less/],
    ["a higher permission", ANN, lessValues("Editor", ["builds"]), /That isn't less/],
    ["Admin", ANN, lessValues("Admin", ["builds"]), /I couldn't read what Slack sent me/],
    ["all buckets", ANN, lessValues("ReadOnly", ["*"]), /I couldn't read what Slack sent me/],
    ["by somebody who is no approver", "UEVE00001", lessValues("ReadOnly", ["builds"]), /Only @key-approvers/],
    ["by whoever asks", "UDEV00001", lessValues("ReadOnly", ["builds"]), /You asked for this key/],
    ["by a guest", "UGUEST001", lessValues("ReadOnly", ["builds"]), /Guests can't/],
  ])("%s: nothing changes", async (_what, from, values, reads) => {
    const { dana } = world;
    await ask(dana, "deploy", { Permission: "ReadOnly", Buckets: ["builds"], Reason: WHY });
    await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
    await dana.close();
    const sender = world.slack.person(from);
    const taken = await crafted(from, values);
    await sender.until("the refusal", () => reads.test(`${taken} ${sender.modal()?.text}`));
    expect(await state()).toMatchObject({ state: "pending" });
  });

  test("a bucket that is not there, where all were asked for", async () => {
    const { dana, ann } = world;
    await askForAdmin(world, dana, "deploy");
    await crafted(ANN, lessValues("Editor", ["builds", "nowhere"]));
    await ann.until("which", () => ann.modal()?.text.includes("No longer there: nowhere"));
    expect(await state()).toMatchObject({ state: "pending" });
  });
});

test("the requester is gone: their request ends instead", async () => {
  const { dana, ann, slack } = world;
  await askForAdmin(world, dana, "deploy");
  await openForm(ann);
  await ann.fill({ [BUCKETS]: ["builds"] });
  slack.setPerson("UDEV00001", { deleted: true });
  await ann.submit();
  await ann.until("why not", () => ann.modal()?.text.includes("can no longer ask for keys"));
});

test("Show all has all of a request, for approvers", async () => {
  const { ann, slack } = world;
  await ask(world.dana, "deploy", { Permission: "Editor", Buckets: ["builds"], Reason: `${WHY} `.repeat(12) });
  await ann.until("the card", () => approvalsCard(world, "deploy")?.text.includes("…"));
  await ann.press("Show all", { in: APPROVALS });
  await ann.until("all of it", () => ann.modal()?.text.includes(`${WHY} `.repeat(12).trim()));
  slack.setGroup("SAPPROVE1", ["UBOB00001"]);
  await ann.close();
  await ann.press("Show all", { in: APPROVALS });
  await ann.until("the refusal", () => ann.modal()?.text.includes("Only @key-approvers can do this"));
});
