import type { Message, Workspace } from "../../sandbox/slack/workspace";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/domain/limits";
import type { Actor } from "../../src/domain/person";
import { createRequest } from "../../src/workflow/create";
import type { TestDatabase } from "../kit/database";
import { APPROVALS, APPROVERS_GROUP, TEAM } from "../kit/people";
import { Agenda } from "./agenda";
import { startYearBot, type YearBot } from "./bot";
import { createChance } from "./chance";
import { createYearClock } from "./clock";
import { createCompany, formOf } from "./company";
import { APPROVERS_HABITS, buttonsOf, type Habit, OWN_HABITS, WHIMS } from "./habits";
import { type Holderless, keysWithoutHolder } from "./holders";
import { MessageCount } from "./message-count";
import { lookForDue } from "./next-due";
import { createYearSlack } from "./slack";
import { createYearTigris } from "./tigris";

/** A Monday. */
const START = Date.UTC(2026, 0, 5);
/** The clock goes on by so much at the least: what happens within it happens at its end. */
const STEP_MS = HOUR_MS;
/** How often somebody asks for a key, in the mean. */
const KEY_EVERY_MS = 300 * DAY_MS;
/** How many of the calls that change something at Tigris go wrong. */
const TROUBLE_PART = 0.01;
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
  /** In all DMs on the day on which the bot was back, and on a usual day: the most. */
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

  const start = () =>
    startYearBot({
      ...{ clock, slack, tigris: tigris.port, databaseUrl: database.url },
      onError: (line) => void errors.push(line),
      onKeyOn: ({ ownerId, accessKeyId }) => {
        for (const whim of WHIMS) if (chance.is(whim.part)) follow(whim, ownerId, accessKeyId);
      },
    });
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
    const isToApprovers = message.channelId === APPROVALS;
    const readerId = isToApprovers ? approver() : readerOfDm(workspace, message);
    if (!isToApprovers) messages.note(readerId, clock.now());
    else messages.inChannel += 1;
    const buttons = buttonsOf(message);
    const whatFor = ({ sees }: Habit) => buttons.find(({ actionId }) => actionId === sees);
    const habits = (isToApprovers ? APPROVERS_HABITS : OWN_HABITS).filter(
      (habit) => whatFor(habit) !== undefined && habit.says?.test(message.text) !== false,
    );
    const habit = habits.find(({ part }) => chance.is(part));
    if (habit) follow(habit, readerId, whatFor(habit)?.value ?? "");
  }

  function planKeys(userId: string): void {
    plan(userId, clock.now() + chance.around(KEY_EVERY_MS), async ({ ports }, actor) => {
      planKeys(userId);
      return createRequest(ports, { actor, viewId: `V-key-${++clicks}`, form: formOf(chance) });
    });
  }

  for (const { id, isBot } of company.people) if (isBot !== true) planKeys(id);
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
    await bot?.work();
    for (const message of seen.splice(0)) react(message);
    if (today > looked && bot !== null) {
      looked = today;
      const mayStay = () => false;
      const { organization } = tigris;
      holderless.push(...(await keysWithoutHolder({ organization, database, at: clock.now(), isThere, mayStay })));
    }
    const due = bot === null ? Number.POSITIVE_INFINITY : await nextDue.at();
    const next = Math.min(agenda.nextAt(), due, clock.now() + DAY_MS);
    clock.set(Math.max(next, clock.now() + STEP_MS));
  }
  nextDue.close();
  await bot?.stop();
  const { inChannel: channelMessages } = messages;
  const onDayBack = down === null ? 0 : messages.onDay(down.to);
  const perPersonAndWeek = messages.perPersonAndWeek();
  return {
    ...{ events: await eventCounts(database), messages: perPersonAndWeek, channelMessages, onDayBack },
    ...{ holderless, errors },
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
