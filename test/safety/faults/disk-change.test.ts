import { answers, askForReadOnly, card, reveal, type ShownSecret, secretMessages, shownSecret } from "../../e2e/play";
import { DELETE, holdAt, POST, type Point, ROTATE } from "../crashes/points";
import { expectNothingLeft, keysInTigris } from "../crashes/recover";
import { PATIENCE_MS } from "../kit/process";
import { type DiskWorld, endDiskWorld, FULL, goOnElsewhere, startDiskWorld, untilPutRight } from "./disk";

jest.setTimeout(PATIENCE_MS);

let on: DiskWorld;
let first: ShownSecret;
beforeEach(async () => {
  on = await startDiskWorld();
  const { dana } = on.world;
  await askForReadOnly(dana, "ci");
  first = await reveal(dana, "ci");
  await dana.until("the key's card", () => card(dana, "ci")?.buttons.some(({ label }) => label === "New secret"));
  await dana.press("I've saved it");
  await dana.until("the secret gone", () => secretMessages(dana).length === 0);
});
afterEach(() => endDiskWorld(on));

/** Presses a button of the key's card, and breaks the disk while the call is held. */
async function breakAt(button: string, point: Point): Promise<void> {
  const { dana } = on.world;
  const held = await holdAt({ ...on, mode: "socket" }, point, () => dana.press(button, { in: dana.dm() }));
  FULL.begin(on);
  held.release();
  await dana.until("the answer", () => answers(dana).some((text) => text.includes("went wrong")));
}

const works = ({ accessKeyId, secret }: ShownSecret) => on.world.tigris.use(accessKeyId, secret).then(({ ok }) => ok);

async function expectPutRight(sentence: string): Promise<void> {
  const { dana } = on.world;
  FULL.end(on);
  await untilPutRight(on, () => card(dana, "ci")?.text.includes(sentence));
  await goOnElsewhere(on);
  await expectNothingLeft(on.world);
}

const UNKNOWN = "the old secret has probably stopped working and nobody holds the new one";

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

  test("while Tigris deletes a key: the deletion is finished when there is room", async () => {
    await breakAt("Delete key", { ...DELETE, when: "after" });
    expect(await works(first)).toBe(false);
    await expectPutRight("was deleted by @dana");
    expect(keysInTigris(on.world)).toEqual([]);
  });
});
