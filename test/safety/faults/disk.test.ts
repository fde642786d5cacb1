import { answers, ask, askForReadOnly, card, secretMessages, shownSecret } from "../../e2e/play";
import { pressReveal } from "../crashes/crash";
import { expectGivenBack, expectPowerless, expectReplaced } from "../crashes/interrupted";
import { CREATE, holdAt, POST, type Point } from "../crashes/points";
import { keysInTigris } from "../crashes/recover";
import { BREAKAGES, type DiskWorld, diskForEach, goOnElsewhere, readiness, untilPutRight } from "./disk";

let on: DiskWorld;
diskForEach((one) => {
  on = one;
});

const WENT_WRONG = /Something went wrong on my side\. The card in our DM shows what holds/;

async function answer(): Promise<string | undefined> {
  const { dana } = on.world;
  await dana.until("the answer", () => answers(dana).length > 0);
  return answers(dana).at(-1);
}

function holdReveal(point: Point) {
  const here = { ...on, mode: "socket" } as const;
  return holdAt(here, point, () => pressReveal(here));
}

describe.each(BREAKAGES)("a disk that $what", (breakage) => {
  test("when somebody asks for a key: nothing is asked, the bot says so, and goes on by itself", async () => {
    const { dana, log } = on.world;
    breakage.begin(on);
    await ask(dana, "later");
    await dana.until("the answer", () => dana.modal()?.text.includes("Something went wrong on my side"));
    await dana.close();
    await pressReveal({ ...on, mode: "socket" });
    expect(await answer()).toContain("please try again in a moment");
    expect(on.world.tigris.calls.filter(({ action }) => action === CREATE.call)).toEqual([]);
    expect(await readiness(on, 503)).toContain("The database can't be written.");
    expect(log.some((line) => line.includes(`"${breakage.code}"`))).toBe(true);
    breakage.end(on);
    await readiness(on, 200);
    await askForReadOnly(dana, "later");
    expect(keysInTigris(on.world)).toEqual([]);
  });

  test("while Tigris makes a key: its secret is not shown, the key opens nothing, and goes", async () => {
    const { dana } = on.world;
    const held = await holdReveal({ ...CREATE, when: "after" });
    breakage.begin(on);
    held.release();
    expect(await answer()).toMatch(WENT_WRONG);
    await expectPowerless(on.world);
    expect(secretMessages(dana)).toEqual([]);
    expect(await readiness(on, 503)).toContain("The database can't be written.");
    breakage.end(on);
    await untilPutRight(on, () => card(dana, "ci")?.text.includes("Making it was interrupted"));
    await readiness(on, 200);
    await goOnElsewhere(on);
    await expectGivenBack(on.world);
  });

  test("while Slack shows the secret: it opens nothing, and its key is not taken for delivered", async () => {
    const { dana } = on.world;
    const held = await holdReveal({ ...POST, when: "after" });
    breakage.begin(on);
    held.release();
    await dana.until("the secret", () => shownSecret(dana));
    expect(await answer()).toMatch(WENT_WRONG);
    await expectPowerless(on.world);
    breakage.end(on);
    await untilPutRight(on, () => card(dana, "ci")?.text.includes("I couldn't confirm that the secret of"));
    await readiness(on, 200);
    await goOnElsewhere(on);
    await expectReplaced(on.world);
  });
});
