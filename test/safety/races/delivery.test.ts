import { ACTIONS } from "../../../src/slack/ids";
import { askForAdmin, card, shownSecret } from "../../e2e/play";
import { APPROVALS } from "../../kit/people";
import { reached } from "../../kit/stand-ins";
import { until } from "../../kit/until";
import { type World, worldForEach } from "../../kit/world";
import { click } from "../attacks/crafted";
import { cardSays } from "../crashes/interrupted";
import { POST } from "../crashes/points";
import { expectNothingLeft, keysInTigris, nothingHangs } from "../crashes/recover";

const MINUTE = 60_000;

let world: World;
worldForEach({ mode: "http" }, (one) => {
  world = one;
});

test.each(["before", "after"] as const)(
  "a deletion by an approver while Slack has the secret, %s it is shown: the request ends with its key",
  async (when) => {
    const { dana, ann, slack } = world;
    await askForAdmin(world, dana, "ci");
    await ann.press("Approve", { in: APPROVALS });
    await dana.until("the approval", () => card(dana, "ci")?.text.includes("approved by @ann"));
    const held = slack.faults.arm({ call: POST.call }, { kind: "hold", when });
    await dana.press("Show my secret", { in: dana.dm() });
    await reached(held);
    const [accessKeyId = ""] = keysInTigris(world);
    const press = click(world, { id: "UBOB00001" }, ACTIONS.deleteApproved, accessKeyId);
    await world.slack.sendRaw("interaction", press);
    await until("the key to go", () => keysInTigris(world).length === 0);
    held.release();
    world.clock.advance(2 * MINUTE);
    await nothingHangs(world);
    await cardSays(world, "Deleted by @bob");
    const shown = await dana.until("the secret", () => shownSecret(dana));
    expect((await world.tigris.use(shown.accessKeyId, shown.secret)).ok).toBe(false);
    await expectNothingLeft(world);
  },
);
