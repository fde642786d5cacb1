import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askForReadOnly, card, SWITCH_ON, secretMessages } from "../../e2e/play";
import { OWN_KEY } from "../../kit/people";
import { findSecrets } from "../../kit/secret-search";
import { connected, reached } from "../../kit/stand-ins";
import { until } from "../../kit/until";
import { createWorld } from "../../kit/world";
import { type Crash, endCrash, pressReveal } from "../crashes/crash";
import { POST } from "../crashes/points";
import { type BotProcess, PATIENCE_MS, PATIENT, startProcess } from "../kit/process";

/** Snapshots hold the bot up for seconds. */
jest.setTimeout(2 * PATIENCE_MS);

/** Time limits of calls are real ones, whatever the bot's clock says, and may hold what was sent until they are over. */
const MINUTE_MS = 60_000;

/** A snapshot cuts texts off otherwise, at 1,024 characters: the body of a call may be longer. */
const NODE_OPTIONS = ["--expose-gc", "--heap-snapshot-string-limit=1000000"];

/** Of one bot. */
const SOCKETS = 2;

let crash: Crash & { bot: BotProcess };
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "heap-"));
  const world = await createWorld("socket", { withoutBot: true });
  const bot = await startProcess(world, "socket", { preload: ["heap.cjs"], nodeOptions: NODE_OPTIONS });
  crash = { world, mode: "socket", bot };
});
afterEach(async () => {
  await endCrash(crash);
  rmSync(folder, { recursive: true });
});

/** Looks for secrets, and for halves of them, in the bot's heap after its garbage is collected. */
async function inHeap(secrets: string[]): Promise<string[]> {
  const path = join(folder, "bot.heapsnapshot");
  await crash.bot.ask({ heapTo: path });
  const bytes = readFileSync(path, "utf8");
  const { strings } = JSON.parse(bytes) as { strings: string[] };
  const halves = secrets.flatMap((secret) => [secret.slice(0, secret.length / 2), secret.slice(secret.length / 2)]);
  return findSecrets([...secrets, ...halves], [{ name: "heap", content: [bytes, ...strings] }]);
}

/** Waits until the heap holds none of some secrets. */
async function leaveHeap(secrets: string[]): Promise<void> {
  let found: string[] = [];
  const look = async () => {
    found = await inHeap(secrets);
    return found.length === 0;
  };
  await until("the secrets to leave the heap", look, { limitMs: MINUTE_MS, seen: () => found });
}

/** All but the bot's own, which it needs. */
function issued(secrets: string[]): string[] {
  return secrets.filter((secret) => secret !== OWN_KEY.secretAccessKey);
}

test("a minute after secrets were lost, shown and replaced, the heap holds none; while Slack has one, it does", async () => {
  const { world, bot } = crash;
  const { dana, slack, tigris } = world;
  const see = (look: () => boolean | undefined) => dana.until("what comes next", look, PATIENCE_MS / 2);
  await askForReadOnly(dana, "ci");
  const held = slack.faults.arm({ call: POST.call }, { kind: "hold", when: "after", isLost: true });
  await pressReveal(crash);
  await reached(held, PATIENT);
  const [lost = ""] = issued(tigris.secrets());
  expect(await inHeap([lost])).not.toEqual([]);
  held.release();
  await see(() => card(dana, "ci")?.text.includes("I couldn't confirm that the secret of"));
  // Whoever is held up for so long may have lost its sockets.
  await connected(slack, SOCKETS, PATIENT);
  await dana.press("New secret", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
  await see(() => secretMessages(dana).length === 2 && card(dana, "ci")?.text.includes("opens none of your buckets"));
  await dana.press(SWITCH_ON, { in: dana.dm(), message: secretMessages(dana).at(-1)?.ts ?? "" });
  await see(() => card(dana, "ci")?.text.includes("secret saved"));
  const replaced = bot.line('"key.rotated"');
  await dana.press("New secret", { in: dana.dm(), message: ({ isEphemeral }) => !isEphemeral });
  await replaced;
  await see(() => card(dana, "ci")?.text.includes("not confirmed yet"));
  await dana.press("I've saved it", { in: dana.dm(), message: secretMessages(dana).at(-1)?.ts ?? "" });
  await see(() => card(dana, "ci")?.text.includes("secret saved"));
  const moved = bot.line("clock.moved");
  bot.signal("SIGUSR2");
  await moved;
  expect(issued(tigris.secrets())).toHaveLength(3);
  await leaveHeap(issued(tigris.secrets()));
});
