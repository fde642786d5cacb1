import { answers, card, keep, type ShownSecret, secretMessages, shownSecret } from "../../e2e/play";
import { opens } from "../crashes/interrupted";
import { DELETE, holdAt, POST, type Point, ROTATE, SET_STATUS } from "../crashes/points";
import { expectNothingLeft, keysInTigris } from "../crashes/recover";
import { type DiskWorld, diskForEach, FULL, goOnElsewhere, untilPutRight } from "./disk";

let on: DiskWorld;
let first: ShownSecret;
diskForEach((one) => {
  on = one;
});
beforeEach(async () => {
  first = await keep(on.world.dana, "ci");
});

/** Presses a button of the key's card, and breaks the disk while the call is held. */
async function breakAt(button: string, point: Point): Promise<void> {
  const { dana } = on.world;
  const held = await holdAt({ ...on, mode: "socket" }, point, () => dana.press(button, { in: dana.dm() }));
  FULL.begin(on);
  held.release();
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("went wrong")));
}

const works = async (shown: ShownSecret) => (await opens(on.world, shown)).length > 0;

async function expectPutRight(sentence: string): Promise<void> {
  const { dana } = on.world;
  FULL.end(on);
  await untilPutRight(on, () => card(dana, "ci")?.text.includes(sentence));
  await goOnElsewhere(on);
  await expectNothingLeft(on.world);
}

const UNKNOWN = "Nobody holds the secret of";

describe("a disk that is full", () => {
  test("while Tigris makes a new secret: it is not shown, and the card says that nobody holds it", async () => {
    await breakAt("New secret", { ...ROTATE, when: "after" });
    expect(secretMessages(on.world.dana)).toEqual([]);
    await expectPutRight(UNKNOWN);
    expect(keysInTigris(on.world)).toEqual([first.accessKeyId]);
  });

  test("while Slack shows a new secret: it works, and is not taken for delivered", async () => {
    const { dana } = on.world;
    await breakAt("New secret", { ...POST, when: "after" });
    const shown = await dana.until("the secret", () => shownSecret(dana));
    await expectPutRight(UNKNOWN);
    expect([await works(first), await works(shown)]).toEqual([false, true]);
  });

  test("while Tigris pauses a key: the pause is finished when there is room", async () => {
    await breakAt("Pause", { ...SET_STATUS, when: "after" });
    expect(await works(first)).toBe(false);
    await expectPutRight("works nowhere");
    expect(keysInTigris(on.world)).toEqual([first.accessKeyId]);
    expect(await works(first)).toBe(false);
  });

  test("while Tigris deletes a key: the deletion is finished when there is room", async () => {
    await breakAt("Delete key", { ...DELETE, when: "after" });
    expect(await works(first)).toBe(false);
    await expectPutRight("Deleted by you");
    expect(keysInTigris(on.world)).toEqual([]);
  });
});
