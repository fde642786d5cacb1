import type { ChannelData, PersonData, UserGroupData } from "../../sandbox/slack/options";
import { DAY_MS, HOUR_MS } from "../../src/domain/limits";
import type { CreateForm } from "../../src/workflow/create";
import { APP, APPROVALS, APPROVERS_GROUP, BUCKETS } from "../kit/people";
import type { Chance } from "./chance";

/** How far the places of work are ahead of UTC, in hours: near enough to when people work there. */
const PLACES = { "Europe/Berlin": 1, "America/New_York": -5, "America/Los_Angeles": -8, "Asia/Tokyo": 9 } as const;
type Zone = keyof typeof PLACES;

/** One in so many people decides about others' keys. */
const PEOPLE_PER_APPROVER = 40;
const OPENS_AT = 9;
const CLOSES_AT = 18;

export type Company = {
  people: PersonData[];
  channels: ChannelData[];
  userGroups: UserGroupData[];
  /** The first moment from then on at which somebody is at work. */
  atWork(userId: string, at: number): number;
};

/** A company of so many people, who are in four places. */
export function createCompany(size: number, chance: Chance): Company {
  const people = Array.from({ length: size }, (_, number) => employee(number, chance));
  const ids = people.map(({ id }) => id);
  const bot = { id: APP.botUserId, name: "tigris-keys", realName: "Tigris Keys", tz: "Etc/UTC", isBot: true };
  const zones = new Map(people.map(({ id, tz }) => [id, tz as Zone]));
  return {
    people: [...people, bot],
    channels: [{ id: APPROVALS, name: "key-approvals", members: [...ids, bot.id], isPrivate: true }],
    userGroups: [
      {
        id: APPROVERS_GROUP,
        handle: "key-approvers",
        users: ids.filter((_, number) => number % PEOPLE_PER_APPROVER === 0),
      },
    ],
    atWork: (userId, at) => atWork(zones.get(userId) ?? "Europe/Berlin", at),
  };
}

/** What somebody asks for: mostly one bucket, seldom everything. */
export function formOf(chance: Chance): CreateForm {
  const permission = chance.is(0.04) ? "Admin" : chance.of(["ReadOnly", "Editor", "ReadOnly"] as const);
  const keyName = chance.of(["backup", "deploy", "ci", "export", "site", "batch"]);
  const access =
    permission === "Admin"
      ? ({ permission, buckets: { kind: "all" } } as const)
      : ({ permission, buckets: { kind: "named", names: [chance.of(BUCKETS)] } } as const);
  const asked = { kind: "key", keyName, access, endpoint: "Default", format: "shell" } as const;
  return { asked, life: null, reason: "needed for the work of this quarter" };
}

function employee(number: number, chance: Chance): PersonData {
  const name = `person-${number}`;
  return { id: `UYEAR${String(number).padStart(4, "0")}`, name, realName: name, tz: chance.of(Object.keys(PLACES)) };
}

function atWork(zone: Zone, at: number): number {
  const aheadMs = PLACES[zone] * HOUR_MS;
  for (let local = at + aheadMs; ; local = startOfDay(local) + DAY_MS + OPENS_AT * HOUR_MS) {
    const date = new Date(local);
    const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
    if (isWeekend || date.getUTCHours() >= CLOSES_AT) continue;
    return Math.max(local, startOfDay(local) + OPENS_AT * HOUR_MS) - aheadMs;
  }
}

const startOfDay = (at: number): number => at - (at % DAY_MS);
