import type { Person } from "../../sandbox/slack";
import { HOUR_MS } from "../../src/domain/limits";
import { APPROVALS, GENERAL, OWN_KEY } from "../kit/people";
import { findSecrets } from "../kit/secret-search";
import { createWorld, endWorld, type World } from "../kit/world";
import { allSent, answers, askForReadOnly, card, keep } from "./play";
import { listings } from "./play-home";
import { leakAlerts, leakNotices, reportLeak } from "./play-leaks";

const REPORT = "This message leaks a key";
const THANKS = "Thank you, I passed it on.";
const MADE_UP = "tid_cGzkeGhsEnQbTRBvTGmiNvKZWsXNFHXeUTdGEvnOaqbWeKc_mA";
const NOT_OURS = { isAbout: `${MADE_UP} is no key that I made. Look for it in the Tigris Dashboard.` };

let world: World;
afterEach(() => endWorld(world));

/** A key of Dana's that is on. */
async function danasKey(): Promise<string> {
  await askForReadOnly(world.dana, "ci");
  return (await keep(world.dana, "ci")).accessKeyId;
}

const report = (person: Person, text: string, more?: Parameters<Person["say"]>[1]) =>
  reportLeak(world, person, text, more);
const alerts = () => leakAlerts(world);
const notices = () => leakNotices(world);

describe("of a key of ours", () => {
  let id: string;
  beforeEach(async () => {
    world = await createWorld("socket");
    id = await danasKey();
  });

  test("its owner pauses it there, is led to a new secret in the DM, and approvers read of it", async () => {
    const { dana, ann } = world;
    expect(await report(dana, `AWS_ACCESS_KEY_ID=${id}`)).toMatch(
      new RegExp(`ci \\(${id}\\) is yours, and on\\.[\\s\\S]*I told the approvers\\.$`),
    );
    const link = dana.modal()?.buttons.find(({ label }) => label === "New secret");
    expect(link?.url).toBe(`https://acme.slack.com/archives/${dana.dm()}/p${card(dana, "ci")?.ts.replace(".", "")}`);
    expect(notices()).toEqual([]);
    await dana.press("Pause");
    await dana.until("the pause", () => dana.modal()?.text.includes("You paused ci: it works nowhere."));
    expect(dana.modal()?.text).toContain("is yours, and paused by you: it works nowhere.");
    expect(dana.modal()?.buttons.map(({ label }) => label)).toEqual(["New secret"]);
    expect(world.tigris.keys().find(({ accessKeyId }) => accessKeyId === id)?.status).toBe("inactive");
    const alert = await ann.until("the alert", () => alerts()[0]);
    expect(alert.text).toMatch(
      new RegExp(`^@dana says that a message leaks an access key\\.[\\s\\S]*ci \\(${id}\\) of @dana is`),
    );
    expect(world.tigris.calls.some(({ action }) => action === "RotateAccessKey")).toBe(false);
  });

  test("whoever may do nothing about it is thanked, its owner and the approvers are told, and can act", async () => {
    const { dana, ann, eve } = world;
    expect(await report(eve, `look ${id}`)).toBe(THANKS);
    expect(eve.modal()?.buttons).toEqual([]);
    const told = await dana.until("the notice", () => notices()[0]);
    expect(told.text).toContain(`@eve says that a message leaks your key ci (${id}).`);
    expect(told.links).toEqual([expect.stringMatching(/^https:\/\/acme\.slack\.com\/archives\/CGENERAL1\/p\d+$/)]);
    await dana.press("Pause", { in: dana.dm(), message: told.ts });
    await dana.until("the pause", () => answers(dana).some((text) => text.includes("You paused ci")));
    await ann.until("the alert", () => alerts()[0]);
    await ann.press("Delete key", { in: APPROVALS, message: alerts()[0]?.ts ?? "" });
    await ann.until("the deletion", () => answers(ann, APPROVALS).some((text) => text.includes("You deleted ci")));
  });

  test("an approver sees whose it is and pauses it; its owner reads of the report too", async () => {
    const { bob, dana } = world;
    expect(await report(bob, `${id} and ${MADE_UP}`)).toMatch(
      new RegExp(
        `^ci \\(${id}\\) of @dana is on\\.[\\s\\S]*${NOT_OURS.isAbout}[\\s\\S]*I told the approvers and the key's owner\\.$`,
      ),
    );
    expect(await listings(world)).toEqual([`${bob.id} ${dana.id}`]);
    await bob.press("Pause");
    await bob.until("the pause", () => bob.modal()?.text.includes("You paused ci"));
    await dana.until("the notice", () => notices()[0]);
    await dana.until("her card", () => dana.screen().some((one) => /^⏸️ Paused by @bob/.test(one.text)));
  });

  test("an id of theirs beside another's: they see the one, and are thanked for the other", async () => {
    expect(await report(world.dana, `${id} ${MADE_UP}`)).toMatch(/^ci \(tid_[\s\S]*Thank you, I passed it on\.$/);
  });

  test("one that nobody can use any more has no button, and its owner is not woken for it", async () => {
    const { dana, eve, ann } = world;
    await dana.press("Delete key", { in: dana.dm() });
    await dana.until("the deletion", () => dana.screen().some((one) => one.text.startsWith("Deleted by you")));
    expect(await report(eve, id)).toBe(THANKS);
    const alert = await ann.until("the alert", () => alerts()[0]);
    expect(alert.text).toContain("of @dana is deleted by @dana: it opens nothing.");
    expect(alert.buttons).toEqual([]);
    await allSent(world);
    expect(notices()).toEqual([]);
  });

  test("who looks for it in another's name pauses nothing: the button is judged at its click", async () => {
    const { eve, slack } = world;
    await report(eve, id);
    const { user, team } = slack.deliveries.at(-1)?.payload ?? {};
    const view = { id: eve.modal()?.id, private_metadata: JSON.stringify([id]), state: { values: {} } };
    const actions = [{ type: "button", action_id: "key_pause_leaked", block_id: "b", value: id, action_ts: "1.1" }];
    await slack.sendRaw("interaction", {
      type: "block_actions",
      user,
      team,
      trigger_id: slack.newTrigger(eve.id),
      container: { type: "view", view_id: eve.modal()?.id },
      view,
      actions,
    });
    await eve.until("the refusal", () => eve.modal()?.text.includes("I don't know this key"));
    expect(eve.modal()?.text).not.toContain("ci");
    expect(world.tigris.calls.some(({ action }) => action === "UpdateAccessKey")).toBe(false);
  });

  describe.each([
    ["another member", () => world.eve],
    ["a guest", () => world.gus],
  ])("%s", (_who, who) => {
    test("can't tell by the answer whether an id is one of ours: the same words, and the same calls to Slack", async () => {
      const person = who();
      const readOf = async (text: string) => {
        const before = world.slack.calls.length;
        const shown = await report(person, text);
        await allSent(world);
        const modal = person.modal();
        const calls = world.slack.calls.slice(before).map(({ method, params }) => `${method} ${params.user ?? ""}`);
        const own = calls.filter((call) => /^(?:users\.|usergroups\.|views\.)/.test(call)).sort();
        const blocks = JSON.stringify(modal?.blocks).replace(/"block_id":"[^"]*"/g, "");
        await person.close();
        return { shown, own, buttons: modal?.buttons, blocks };
      };
      expect(await readOf(`see ${id}`)).toEqual(await readOf(`see ${MADE_UP}`));
    });
  });

  test("of a message nothing is kept but ids: neither in the log nor in the database", async () => {
    const { eve, dana } = world;
    const words = "somebody wrote this beside it";
    const secret = "tsec_written_by_hand_0123456789";
    const shown = await report(eve, `${words} ${id}`, { attachments: [{ text: `${words} ${secret}` }] });
    expect(shown).toContain("The message holds a secret: delete it");
    const told = await dana.until("the notice", () => notices()[0]);
    expect(told.text).toContain("The message holds a secret too.");
    await allSent(world);
    const places = [{ name: "log", content: world.log }, ...(await world.database.contents())];
    expect(findSecrets([words, secret], places)).toEqual([]);
    expect(findSecrets([words, secret], [{ name: "calls", content: world.slack.calls }])).toEqual([]);
  });
});

describe("of an id that is no key of ours", () => {
  beforeEach(async () => {
    world = await createWorld("http");
  });

  test("approvers are told", async () => {
    const { eve, ann } = world;
    expect(await report(eve, `in a list: ${MADE_UP}`)).toBe(THANKS);
    const alert = await ann.until("the alert", () => alerts()[0]);
    expect(alert.text).toContain(NOT_OURS.isAbout);
    expect(alert.buttons).toEqual([]);
  });

  test("approvers read that it is the bot's own key", async () => {
    await report(world.eve, OWN_KEY.accessKeyId);
    const alert = await world.ann.until("the alert", () => alerts()[0]);
    expect(alert.text).toContain(`${OWN_KEY.accessKeyId} is the key that I use myself.`);
  });

  test("three reports an hour of one person are told; the next says whom to turn to, whatever it is about", async () => {
    const { eve, bob, clock } = world;
    for (let times = 1; times <= 3; times++) expect(await report(eve, `${MADE_UP}${times}`)).toBe(THANKS);
    await allSent(world);
    expect(await report(eve, `${MADE_UP}4`)).toContain(
      "I told the approvers of 3 reports of yours within an hour, so I passed this one on to nobody. Tell one of them: @key-approvers.",
    );
    await allSent(world);
    expect(alerts()).toHaveLength(3);
    expect(await report(bob, MADE_UP)).toContain("I told the approvers.");
    clock.advance(HOUR_MS + 1_000);
    expect(await report(eve, `${MADE_UP}5`)).toBe(THANKS);
    await world.ann.until("two more", () => alerts().length === 5);
  });

  test("a report that comes twice is one", async () => {
    const { eve, slack } = world;
    await report(eve, MADE_UP);
    const { payload } = slack.deliveries.at(-1) ?? { payload: {} };
    await eve.close();
    await slack.sendRaw("interaction", payload);
    // Its trigger is used up, so the reply stands beside the message.
    await eve.until("the reply", () => answers(eve, GENERAL).includes(THANKS));
    await allSent(world);
    expect(alerts()).toHaveLength(1);
  });

  test("where Slack opens no modal, the reply stands beside the message, and others are told all the same", async () => {
    const { eve, slack, ann } = world;
    slack.faults.arm({ call: "views.open" }, { kind: "refuse", status: 200, body: { ok: false, error: "x" } });
    const message = await eve.say(MADE_UP, { in: GENERAL });
    await eve.shortcutOn(REPORT, { in: GENERAL, message });
    await eve.until("the reply", () => answers(eve, GENERAL).includes(THANKS));
    await ann.until("the alert", () => alerts()[0]);
  });

  test.each([
    [
      "nothing to find",
      "nothing here",
      /^I found no access key id \(tid_…\) in this message\.[\s\S]*tell @key-approvers\.$/,
    ],
    [
      "a secret alone",
      "tsec_written_by_hand_0123",
      /^I found no access key id \(tid_…\) in this message, so I can't tell whose key it leaks\. Do you know the id that belongs to the secret\? \/tigris-key list tid_… finds the key if it is yours; if not, tell @key-approvers the id, not the secret\. The message holds a secret: delete it/,
    ],
  ])("%s: a sentence, and nobody is told", async (_what, text, said) => {
    const shown = await report(world.eve, text);
    expect(shown).toMatch(said);
    expect(shown).not.toContain("tsec_");
    await allSent(world);
    expect(alerts()).toEqual([]);
  });

  test("who is no approver for sure, since Slack doesn't say, is thanked as anybody else", async () => {
    const { bob, slack, ann } = world;
    const refusal = { kind: "refuse", status: 200, body: { ok: false, error: "missing_scope" } } as const;
    slack.faults.arm({ call: "usergroups.users.list", times: 100 }, refusal);
    expect(await report(bob, MADE_UP)).toBe(THANKS);
    await ann.until("the alert", () => alerts()[0]);
  });

  test("ten ids are told, and that there are more", async () => {
    const ids = Array.from({ length: 11 }, (_, index) => `${MADE_UP}${index}`);
    expect(await report(world.eve, ids.join("\n"))).toMatch(/There is more in it than I look through/);
    const alert = await world.ann.until("the alert", () => alerts()[0]);
    expect(alert.text.match(/is no key that I made/g)).toHaveLength(10);
  });
});
