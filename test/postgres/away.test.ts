import { answers, askForAdmin, askForReadOnly, card, keep, reveal, SWITCH_ON, switchOn } from "../e2e/play";
import { SERVER_VARIABLE } from "../kit/database";
import { type PostgresProxy, startPostgresProxy } from "../kit/postgres/proxy";
import { connected } from "../kit/stand-ins";
import { until } from "../kit/until";
import { createWorld, endWorld, type World } from "../kit/world";
import { expectNothingLeft, nothingHangs } from "../safety/crashes/recover";
import { serverTime } from "../safety/crashes/time";
import { type BotProcess, PATIENCE_MS, PATIENT, startProcess } from "../safety/kit/process";

jest.setTimeout(4 * PATIENCE_MS);

const AWAY = "I can't reach my database just now, so I make nothing new";

let world: World;
let proxy: PostgresProxy;
let bot: BotProcess;
beforeEach(async () => {
  const { hostname, port } = new URL(process.env[SERVER_VARIABLE] ?? "");
  proxy = await startPostgresProxy({ host: hostname, port: Number(port) });
  world = await createWorld("socket", { withoutBot: true });
  world.environment.DATABASE_URL = proxy.urlOf(world.database.url);
  bot = await startProcess(world);
  await connected(world.slack, 2, PATIENT);
});
afterEach(async () => {
  await bot.kill();
  await endWorld(world);
  await proxy.stop();
});

async function readyz(): Promise<{ status: number; reasons: string[] }> {
  const answer = await fetch(`http://127.0.0.1:${bot.port}/readyz`);
  return { status: answer.status, reasons: ((await answer.json()) as { reasons: string[] }).reasons };
}

/** As a server is away: nobody listens, or nothing comes back. */
const WAYS: Record<string, { leave: () => Promise<void>; comeBack: () => Promise<void> }> = {
  "refuses connections": {
    leave: async () => {
      await proxy.refuse();
      proxy.cutAll();
    },
    comeBack: () => proxy.accept(),
  },
  "falls silent": { leave: async () => proxy.stall(), comeBack: async () => proxy.resume() },
};

test.each(Object.keys(WAYS))("a database that %s: clicks get the honest answer, all resumes by itself", async (way) => {
  const { dana, ann, tigris } = world;
  await askForReadOnly(dana, "kept");
  const kept = await keep(dana, "kept");
  await askForReadOnly(dana, "shown");
  const off = await reveal(dana, "shown");
  await askForReadOnly(dana, "ci");
  await askForAdmin(world, dana, "deploy");
  await nothingHangs(world, serverTime(world));
  const changes = () => tigris.calls.filter(({ action }) => /^(?:Create|Rotate|Delete|Update)/.test(action)).length;
  const before = changes();

  await WAYS[way]?.leave();
  const about = (keyName: string) => ({
    in: dana.dm(),
    message: ({ text }: { text: string }) => text.includes(keyName),
  });
  const heard = (count: number) =>
    dana.until(
      "the honest answer",
      () => answers(dana).filter((text) => text.includes(AWAY)).length >= count,
      PATIENCE_MS / 2,
    );
  await dana.press("Show my secret", about("ci"));
  await heard(1);
  await dana.press("New secret", about("kept"));
  await heard(2);
  await dana.press("Delete key", about("kept"));
  await heard(3);
  await dana.press("Pause", about("kept"));
  await heard(4);
  await dana.press(SWITCH_ON, about("shown"));
  await heard(5);
  await ann.press("Approve", { in: "CAPPROVE1" });
  await ann.until(
    "the honest answer",
    () => answers(ann, "CAPPROVE1").some((text) => text.includes(AWAY)),
    PATIENCE_MS / 2,
  );
  await until("readiness to say so", async () => (await readyz()).status === 503, PATIENT);
  expect((await readyz()).reasons).toContain(
    "The PostgreSQL server does not answer, so nothing is made. Check that it runs and can be reached from here; the bot " +
      "goes on by itself.",
  );
  expect(changes()).toBe(before);
  expect((await tigris.use(kept.accessKeyId, kept.secret)).may).toContain("read logs");
  expect((await tigris.use(off.accessKeyId, off.secret)).may).toEqual(["list buckets"]);

  await WAYS[way]?.comeBack();
  await until("readiness", async () => (await readyz()).status === 200, PATIENT);
  await ann.press("Approve", { in: "CAPPROVE1" });
  await dana.until("the approval", () => card(dana, "deploy")?.text.includes("approved by @ann"), PATIENCE_MS / 2);
  await switchOn(dana, "shown");
  expect((await tigris.use(off.accessKeyId, off.secret)).may).toContain("read logs");
  const shown = await keep(dana, "ci");
  expect((await tigris.use(shown.accessKeyId, shown.secret)).may).toContain("read logs");
  await expectNothingLeft(world, serverTime(world));
});
