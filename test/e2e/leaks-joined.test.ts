import { findSecrets } from "../kit/secret-search";
import { type World, worldForEach } from "../kit/world";
import { allSent, askForReadOnly, keep } from "./play";
import { leakAlerts, leakNotices, reportLeak } from "./play-leaks";

/** As long as Tigris's own, and nobody's. */
const SECRET = `tsec_${"Nb0dys".repeat(7)}`;

let world: World;
worldForEach({ mode: "http" }, (one) => {
  world = one;
});

describe.each(["_", "-", ""])("an id with a secret after it, joined by %j", (joint) => {
  test("is its key's, and the secret is kept nowhere", async () => {
    const { eve, dana, ann } = world;
    await askForReadOnly(dana, "ci");
    const { accessKeyId } = await keep(dana, "ci");
    await allSent(world);
    const before = world.slack.calls.length;
    expect(await reportLeak(world, eve, `${accessKeyId}${joint}${SECRET}`)).toContain(
      "The message holds a secret: delete it",
    );
    await dana.until("the notice", () => leakNotices(world)[0]?.text.includes("leaks your key ci"));
    await ann.until("the alert", () => leakAlerts(world)[0]?.text.includes(`ci (${accessKeyId})`));
    await allSent(world);
    const places = [{ name: "log", content: world.log }, ...(await world.database.contents())];
    expect(findSecrets([SECRET], places)).toEqual([]);
    expect(findSecrets([SECRET], [{ name: "calls", content: world.slack.calls.slice(before) }])).toEqual([]);
  });
});
