import type { Message, Workspace } from "../../sandbox/slack/workspace";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/domain/limits";
import type { Actor } from "../../src/domain/person";
import { createRequest } from "../../src/workflow/create";
import { noteUserChanged } from "../../src/workflow/look-at-owner";
import type { TestDatabase } from "../kit/database";
import { APPROVALS, APPROVERS_GROUP, TEAM } from "../kit/people";
import { Agenda } from "./agenda";
import { startYearBot, type YearBot } from "./bot";
import { createChance } from "./chance";
import { createYearClock } from "./clock";
import { createCompany, formOf } from "./company";
import {
  APPROVERS_HABITS,
  APPROVERS_LEAVERS_HABITS,
  buttonsOf,
  type Habit,
  LEAVERS_HABITS,
  OWN_HABITS,
  WHIMS,
} from "./habits";
import { type Holderless, keysWithoutHolder } from "./holders";
import { MessageCount } from "./message-count";
import { lookForDue } from "./next-due";
import { createYearSlack } from "./slack";
import { createYearTigris } from "./tigris";

/** A Monday. */
const START = Date.UTC(2026, 0, 5);
/** The clock goes on by so much at the least: what happens within it happens at its end. */
const STEP_MS = HOUR_MS;
/** What is not done after so many rounds waits for something. */
const MOST_ROUNDS = 50;
/** How often somebody asks for a key, in the mean. */
const KEY_EVERY_MS = 300 * DAY_MS;
/** How many of the calls that change something at Tigris go wrong. */
const TROUBLE_PART = 0.01;
/** How many of all people leave within a year, and of how many of them Slack tells the bot. */
const LEAVING_A_YEAR = 0.08;
const TOLD_PART = 0.7;
/** How long the key of somebody who left may work on: until a sweep finds them, and for its grace (`ORPHAN_GRACE`). */
const FOUND_MS = 9 * DAY_MS;
/** What does not work is tried again so often, and so much later. */
const TRIES = 4;
const TRIED_AGAIN_MS = 20 * MINUTE_MS;

export type YearOptions = {
  database: TestDatabase;
  people: number;
  days: number;
  seed: number;
  /** When the bot is down, in days from the start; null for never. */
  down: { from: number; to: number } | null;
};

export type Year = {
  /** How often each event was written, by its name. */
  events: Record<string, number>;
  /** In DMs, over the weeks in which somebody got any. */
  messages: ReturnType<MessageCount["perPersonAndWeek"]>;
  channelMessages: number;
  /** In all DMs on the day on which the bot was back. */
  onDayBack: number;
  holderless: Holderless[];
  /** What the bot logged as errors. */
  errors: string[];
};

type Deed = (bot: YearBot, actor: Actor) => Promise<{ kind: string }>;

/** Lets a company live with the bot for so many days. */
export async function runYear({ database, people: size, days, seed, down }: YearOptions): Promise<Year> {
  const chance = createChance(seed);
  const clock = createYearClock(START);
  const company = createCompany(size, chance);
  const messages = new MessageCount(START);
  const agenda = new Agenda();
  const seen: Message[] = [];
  const slack = createYearSlack({ ...company, now: clock.now, onMessage: (message) => void seen.push(message) });
  const { workspace } = slack;
  const tigris = createYearTigris(clock.now, chance, TROUBLE_PART);
  const errors: string[] = [];
  let bot: YearBot | null = null;
  let clicks = 0;

  let loops: number | null = null;
  const start = async () => {
    const started = await startYearBot({
      loops,
      clock,
      slack,
      tigris: tigris.port,
      databaseUrl: database.url,
      onError: (line) => void errors.push(line),
      onKeyOn: ({ ownerId, accessKeyId }) => {
        for (const whim of WHIMS) if (chance.is(whim.part)) follow(whim, ownerId, accessKeyId);
      },
    });
    loops = started.loops;
    return started;
  };
  const staff = company.people.filter(({ isBot }) => isBot !== true).map(({ id }) => id);
  const leftAt = new Map<string, number>();
  const isThere = (userId: string) => workspace.people.get(userId)?.deleted !== true;
  const approver = () => chance.of((workspace.userGroups.get(APPROVERS_GROUP)?.users ?? []).filter(isThere));

  /** They do it when they are at work; what does not work, or meets no bot, is tried again. */
  function plan(userId: string, at: number, does: Deed, tries = 1): void {
    agenda.add(company.atWork(userId, at), async () => {
      if (!isThere(userId)) return;
      const actor = { userId, teamId: TEAM.id, enterpriseId: null, userTeamId: null };
      const done = bot === null ? null : await does(bot, actor);
      const isInVain = done === null || done.kind === "refused";
      if (isInVain && tries < TRIES) plan(userId, clock.now() + TRIED_AGAIN_MS, does, tries + 1);
    });
  }

  function follow(habit: Omit<Habit, "sees">, userId: string, value: string): void {
    const clickId = `click-${++clicks}`;
    plan(userId, clock.now() + chance.around(habit.meanMs), ({ ports }, actor) =>
      habit.does(ports, { actor, value, clickId }),
    );
  }

  function react(message: Message): void {
    if (message.channelId === APPROVALS) {
      messages.inChannel += 1;
      answer(message, APPROVERS_HABITS, approver());
      answer(message, LEAVERS_HABITS, chance.of(staff.filter(isThere)));
      answer(message, APPROVERS_LEAVERS_HABITS, approver());
    } else {
      const readerId = readerOfDm(workspace, message);
      messages.note(readerId, clock.now());
      answer(message, OWN_HABITS, readerId);
    }
  }

  /** They do the first thing that the message has a button for, and that they would do. */
  function answer(message: Message, habits: readonly Habit[], readerId: string): void {
    const buttons = buttonsOf(message);
    for (const habit of habits) {
      const value = buttons.find(({ actionId }) => actionId === habit.sees)?.value;
      const isMeant = value !== undefined && habit.says?.test(message.text) !== false;
      if (!isMeant || !chance.is(habit.part)) continue;
      follow(habit, readerId, value);
      break;
    }
  }

  /** Slack tells most of it at once; a sweep finds the others. */
  function planLeaving(userId: string): void {
    agenda.add(START + Math.floor(chance.next() * days) * DAY_MS, async () => {
      Object.assign(workspace.people.get(userId) ?? {}, { deleted: true });
      leftAt.set(userId, clock.now());
      if (bot !== null && chance.is(TOLD_PART)) await noteUserChanged(bot.ports, userId);
    });
  }

  function planKeys(userId: string): void {
    plan(userId, clock.now() + chance.around(KEY_EVERY_MS), async ({ ports }, actor) => {
      planKeys(userId);
      return createRequest(ports, { actor, viewId: `V-key-${++clicks}`, form: formOf(chance) });
    });
  }

  /** Rounds until nothing is due: they take seconds, as a company sees them. */
  async function workOff(on: YearBot): Promise<void> {
    for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
      await on.work();
      if ((await nextDue.at()) > clock.now()) return;
    }
  }

  for (const id of staff) {
    planKeys(id);
    if (chance.is((LEAVING_A_YEAR * days) / 365)) planLeaving(id);
  }
  bot = await start();
  const nextDue = lookForDue(database);
  const holderless: Holderless[] = [];
  const dayOf = () => Math.floor((clock.now() - START) / DAY_MS);
  for (let looked = 0, today = 0; today < days; today = dayOf()) {
    const isDown = down !== null && today >= down.from && today < down.to;
    if (isDown && bot !== null) {
      await bot.stop();
      bot = null;
    }
    if (!isDown) bot ??= await start();
    for (let act = agenda.take(clock.now()); act !== null; act = agenda.take(clock.now())) await act();
    if (bot !== null) await workOff(bot);
    for (const message of seen.splice(0)) react(message);
    if (today > looked && bot !== null) {
      looked = today;
      const mayStay = (userId: string) =>
        clock.now() - (leftAt.get(userId) ?? 0) < FOUND_MS + (down === null ? 0 : (down.to - down.from) * DAY_MS);
      const { organization } = tigris;
      holderless.push(...(await keysWithoutHolder({ organization, database, at: clock.now(), isThere, mayStay })));
    }
    const due = bot === null ? Number.POSITIVE_INFINITY : await nextDue.at();
    const next = Math.min(agenda.nextAt(), due, clock.now() + DAY_MS);
    clock.set(Math.max(next, clock.now() + STEP_MS));
  }
  nextDue.close();
  await bot?.stop();
  return {
    events: await eventCounts(database),
    messages: messages.perPersonAndWeek(),
    channelMessages: messages.inChannel,
    onDayBack: down === null ? 0 : messages.onDay(down.to),
    holderless,
    errors,
  };
}

function readerOfDm(workspace: Workspace, { channelId }: Message): string {
  const members = workspace.channels.get(channelId)?.members ?? [];
  return members.find((id) => workspace.people.get(id)?.isBot !== true) ?? "";
}

async function eventCounts(database: TestDatabase): Promise<Record<string, number>> {
  const counted = await database.rows<{ name: string; count: number }>(
    "select name, count(*) as count from events group by name order by name",
  );
  return Object.fromEntries(counted.map(({ name, count }) => [name, Number(count)]));
}
