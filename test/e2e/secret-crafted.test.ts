import { ACTIONS, BLOCKS, CALLBACKS } from "../../src/slack/ids";
import { GENERAL } from "../kit/people";
import { type World, worldForEach } from "../kit/world";
import { click, openView, submission } from "../safety/attacks/crafted";
import { answers } from "./play";
import { type AdminKey, rotations, savedKey, secretCard, WHY, works } from "./play-secrets";

const EVE = { id: "UEVE00001" };

let world: World;
let key: AdminKey;
worldForEach({ mode: "socket" }, (one) => {
  world = one;
});
beforeEach(async () => {
  key = await savedKey(world);
});

describe("somebody else", () => {
  beforeEach(() => world.eve.reload());
  afterEach(async () => {
    expect([await works(world, key), rotations(world)]).toEqual([true, 0]);
    expect(secretCard(world.dana)).toBeUndefined();
  });

  test("who clicks New secret on a card of hers reads what she would read of a key that is not there", async () => {
    const { eve, slack } = world;
    await slack.sendRaw("interaction", click(world, EVE, ACTIONS.newSecret, key.accessKeyId));
    const isRefused = (text: string) => text.includes("I don't know this key");
    await eve.until("the refusal", () => answers(eve, GENERAL).some(isRefused));
    // The same as of an id that nobody has, at the same place.
    expect(eve.modal()).toBeNull();
  });

  test.each([
    ["a filled-in form for her key", () => key.accessKeyId, /I don't know this key/],
    ["one for a key that nobody has", () => "tid_nobody_has", /I don't know this key/],
    ["one for the bot's own key", () => "tid_bot_own_key", /I don't know this key/],
    ["one for nothing", () => "", /I couldn't read what Slack sent me/],
  ])("who sends %s is refused", async (_what, about, reads) => {
    const { eve, slack } = world;
    const values = { [BLOCKS.secretReason]: { [ACTIONS.secretReason]: { value: WHY } } };
    const view = { id: await openView(world, EVE), callbackId: CALLBACKS.secret, about: about(), values };
    const taken = await slack.sendRaw("interaction", submission(world, EVE, view));
    await eve.until("the refusal", () => reads.test(`${JSON.stringify(taken)} ${eve.modal()?.text}`));
  });
});
