import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Taken } from "../../../sandbox/slack";
import { MAX_REPORTS_PER_HOUR, PERSON_RATE_LIMIT } from "../../../src/domain/limits";
import { ACTIONS, SHORTCUTS } from "../../../src/slack/ids";
import { approvalsCard, askForReadOnly, keep } from "../../e2e/play";
import { APPROVALS } from "../../kit/people";
import { passUntil } from "../../kit/until";
import { createWorld, endWorld, type Mode, type World } from "../../kit/world";
import { click, command, homeClick, menuChoice, opening, type Sender, search, shortcut } from "./crafted";
import { lastingRows, rowsIn } from "./rows";
import { STAGED_NAMES, type Stage, setStage } from "./stage";

const EVE: Sender = { id: "UEVE00001" };
/** Machines that run the tests may be slow: the stand-ins have all of this to do too. */
const PATIENCE_MS = 90_000;
const MEGABYTE = 1_048_576;

/** Both stand-ins share this process with the bot, so under a flood they answer later than Slack would. */
const PATIENT = { clickMs: 15_000, deliveryMs: 15_000, outboxMs: 20_000 };

describe.each<Mode>(["socket", "http"])("1,000 commands and clicks of one member's, over %s", (mode) => {
  let world: World;
  let stage: Stage;
  beforeAll(async () => {
    world = await createWorld(mode, {
      overrides: { slackTimeouts: PATIENT, personRateLimit: PERSON_RATE_LIMIT },
      slack: { patience: 5 },
    });
    stage = await setStage(world, ["pending"]);
  }, PATIENCE_MS);
  afterAll(() => endWorld(world));

  test(
    "another is served meanwhile, the approvers hear of few reports and of nothing else, and little is owed",
    async () => {
      const { dana, ann } = world;
      const { approvals, requests } = seen();
      const before = lastingRows(world.databaseFile);
      let mostOwed = 0;
      const flood = flooding(1_000, () => {
        mostOwed = Math.max(mostOwed, rowsIn(world.databaseFile).outbox?.length ?? 0);
      });
      await askForReadOnly(dana, "meanwhile");
      await keep(dana, "meanwhile");
      expect(dana.toasts()).toEqual([]);
      const taken = await flood;
      expect(taken.filter(({ kind }) => kind === "failed").length).toBe(0);
      // Her Home is drawn once more, a while after the last time.
      const isSent = () => rowsIn(world.databaseFile).outbox?.length === 0;
      await passUntil("all to be sent", isSent, { clock: world.clock, stepMs: 1_000, limitMs: PATIENCE_MS / 2 });

      const leaks = ann.screen(APPROVALS).filter(({ text }) => text.includes("says that"));
      expect(leaks.length).toBeLessThanOrEqual(MAX_REPORTS_PER_HOUR);
      expect(ann.screen(APPROVALS)).toHaveLength(approvals + leaks.length);
      expect(approvalsCard(world, STAGED_NAMES.pending)?.text).not.toContain("pproved");
      // An answer that Slack did not take in time, on a machine that is busy, is owed in the DM.
      expect(mostOwed).toBeLessThan(PERSON_RATE_LIMIT.limit + 10);
      const after = lastingRows(world.databaseFile);
      expect(after.requests).toHaveLength(requests + 1);
      expect(after.requests).toEqual(expect.arrayContaining(before.requests ?? []));
      expect(keysMade()).toBe(1);
    },
    PATIENCE_MS,
  );

  test(
    "memory stays flat",
    async () => {
      await flooding(500);
      const first = heapUsed();
      await flooding(1_000);
      expect(heapUsed() - first).toBeLessThan(16 * MEGABYTE);
    },
    PATIENCE_MS,
  );

  const seen = () => ({
    approvals: world.ann.screen(APPROVALS).length,
    requests: rowsIn(world.databaseFile).requests?.length ?? 0,
  });
  const keysMade = () => world.tigris.calls.filter(({ action }) => action.startsWith("Create")).length;

  /** Sends it all, twenty at a time: more come only as others are acknowledged, as from many windows of one person. */
  async function flooding(count: number, look: () => void = () => {}): Promise<Taken[]> {
    const all: Taken[] = [];
    while (all.length < count) {
      all.push(...(await Promise.all(Array.from({ length: 20 }, (_, index) => sendOne(index)))));
      look();
    }
    return all;
  }

  function sendOne(index: number) {
    const { slack } = world;
    switch (index % 10) {
      case 0:
        return slack.sendRaw("command", command(world, EVE, "list"));
      case 1:
        return slack.sendRaw("command", command(world, EVE, index === 1 ? "nonsense" : "break-glass mine"));
      case 2:
        return slack.sendRaw("interaction", search(world, EVE, ACTIONS.buckets, { value: "b" }));
      case 3:
        return slack.sendRaw("event", opening(EVE));
      case 4:
        return slack.sendRaw("interaction", homeClick(world, EVE, ACTIONS.homeClear, "clear"));
      case 5:
        return slack.sendRaw("interaction", menuChoice(world, EVE, `${ACTIONS.approve}:${stage.pending}`));
      case 6:
        return slack.sendRaw("interaction", shortcut(world, EVE, SHORTCUTS.getKey));
      case 7:
        return slack.sendRaw("interaction", shortcut(world, EVE, SHORTCUTS.reportLeak, `see tid_${index}abc`));
      default:
        return slack.sendRaw("interaction", clickOnCard(ON_CARD[index % 4] ?? ACTIONS.review));
    }
  }

  const ON_CARD = [ACTIONS.approve, ACTIONS.withdraw, ACTIONS.deny, ACTIONS.review];

  /** A click on the card that stands in the approvals channel, which is drawn again after it. */
  function clickOnCard(actionId: string) {
    const ts = approvalsCard(world, STAGED_NAMES.pending)?.ts ?? "";
    return click(world, EVE, actionId, stage.pending, {
      container: { type: "message", channel_id: APPROVALS, message_ts: ts, is_ephemeral: false },
    });
  }

  /** After a collection, and without what the stand-ins keep of it all. */
  function heapUsed(): number {
    world.slack.calls.length = 0;
    world.slack.deliveries.length = 0;
    world.tigris.calls.length = 0;
    world.log.length = 0;
    collect();
    return process.memoryUsage().heapUsed;
  }
});

function collect(): void {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  if (typeof gc === "function") gc();
}
