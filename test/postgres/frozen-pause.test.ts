import { ACTIONS } from "../../src/slack/ids";
import { answers, askForReadOnly, card, keep } from "../e2e/play";
import { played } from "../kit/selection";
import { click } from "../safety/attacks/crafted";
import { expectPowerless } from "../safety/crashes/interrupted";
import { SET_STATUS } from "../safety/crashes/points";
import { expectNothingLeft } from "../safety/crashes/recover";
import { PATIENCE_MS } from "../safety/kit/process";
import { endTakeOver, freezeAt, startTakeOver, type TakeOver, thaw } from "./take-over";

jest.setTimeout(3 * PATIENCE_MS);

let one: TakeOver;
let accessKeyId: string;
beforeEach(async () => {
  one = await startTakeOver("http");
  await askForReadOnly(one.world.dana, "ci");
  ({ accessKeyId } = await keep(one.world.dana, "ci"));
});
afterEach(() => endTakeOver(one));

const onCard = { message: ({ isEphemeral }: { isEphemeral: boolean }) => !isEphemeral };
const says = (text: string) => card(one.world.dana, "ci")?.text.includes(text);

test.each(played(["before", "after"] as const, (when) => when === "before"))(
  "frozen while Tigris holds a pause, %s it takes effect",
  async (when) => {
    const { world, time } = one;
    const { dana } = world;
    const held = await freezeAt(one, { ...SET_STATUS, when }, () => dana.press("Pause", onCard));
    await dana.until("the pause", () => says("works nowhere"));
    await expectPowerless(world);
    await thaw(one, held);
    await dana.until("the answer", () => answers(dana).length > 0);
    await expectNothingLeft(world, time);
    await expectPowerless(world);
  },
);

test("frozen while Tigris holds a resumption, and paused again meanwhile: what comes late is taken", async () => {
  const { world, time } = one;
  const { dana } = world;
  await dana.press("Pause", onCard);
  await dana.until("the pause", () => says("works nowhere"));
  const held = await freezeAt(one, { ...SET_STATUS, when: "before" }, () => dana.press("Resume", onCard));
  await dana.until("what holds", () => says("Tigris has not said yet whether it works again"));
  await expectPowerless(world);
  // Its card offers to resume it once more: this is a click on an older one.
  const pause = click(world, { id: "UDEV00001" }, ACTIONS.pauseKey, accessKeyId);
  expect((await world.slack.sendRaw("interaction", pause)).kind).toBe("acked");
  await dana.until("the pause", () => says("works nowhere"));
  await thaw(one, held);
  await dana.until("the answer", () => answers(dana).length > 0);
  await expectNothingLeft(world, time);
  await expectPowerless(world);
});
