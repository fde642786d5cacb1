import type { Key } from "../domain/key";
import { HOUR_MS, MAX_REPORTS_PER_HOUR } from "../domain/limits";
import { mayBeKeyId, withFewerMarks } from "../domain/names";
import type { Actor, People } from "../domain/person";
import { type Refusal, refused } from "../domain/refusal";
import { mayReport } from "../domain/who-may";
import { type ChangePorts, change } from "./change";
import { type CheckPorts, checkActor, isApprover, type PersonCheck } from "./check-person";
import { noteListing } from "./list";
import type { CardPlace, Leak, OutboxMessage } from "./outbox-message";
import { NO_CHANGE, step } from "./step";
import type { Reads } from "./store-port";

/** A key that somebody may pause, as its owner or as an approver. */
export type LeakedKey = { key: Key; as: "owner" | "approver"; card: CardPlace | null };

/** What somebody may see of the ids in a message. Of what is not theirs to see it does not say whether it is there. */
export type SeenLeak = {
  kind: "seen";
  keys: readonly LeakedKey[];
  /** Ids of no key on record: for approvers alone. */
  unknown: readonly string[];
  /** How many ids there are beside these. */
  others: number;
};

/** What came of a report: what its sender sees, and why nobody else was told of it; null where they were. */
export type Reported = { kind: "reported"; seen: SeenLeak; untold: Refusal | null };

/** What somebody reports: ids that look like those of access keys, and nothing else of the message. */
export type LeakReport = { actor: Actor; useId: string; accessKeyIds: readonly string[] } & Omit<Leak, "byId">;

type ReportPorts = ChangePorts & CheckPorts;

/** What may hold a secret is no id, wherever it comes from. */
function idsOf({ accessKeyIds }: { accessKeyIds: readonly string[] }): string[] {
  return accessKeyIds.filter(mayBeKeyId);
}

/**
 * Tells the owners of keys that stand in a message, and the approvers, who are also told of ids of no key on record. Whoever
 * reports is told the same of either kind. Sent twice, it is one report.
 */
export async function reportLeak(ports: ReportPorts, report: LeakReport): Promise<Reported | Refusal> {
  const checked = await checkReporter(ports, report.actor);
  if (checked.kind === "refused") return checked;
  const { approvers } = ports.settings;
  const changed = await change(ports, {
    about: null,
    alone: { people: checked.ids },
    facts: async (record) => ({
      found: await withTold(record, await findKeys(record, idsOf(report))),
      reports: await record.events.reportsBy(checked.ids, record.at - HOUR_MS),
    }),
    decide: (_recorded, _at, facts) => decideReport(report, { ...facts, reporterIds: checked.ids, approvers }),
  });
  const seen = await seenBy(ports, { actorId: report.actor.userId, checked, accessKeyIds: idsOf(report) });
  return { kind: "reported", seen, untold: changed.kind === "refused" ? changed : null };
}

/** What somebody may see of ids at this moment, with nobody told. */
export async function lookAtLeak(
  ports: ReportPorts,
  { actor, ...looked }: { actor: Actor; accessKeyIds: readonly string[] },
): Promise<SeenLeak | Refusal> {
  const checked = await checkReporter(ports, actor);
  if (checked.kind === "refused") return checked;
  return seenBy(ports, { actorId: actor.userId, checked, accessKeyIds: idsOf(looked) });
}

/**
 * The fresh look, the same whatever the ids are. Where nobody can say who the approvers are, a report is taken all the same, as
 * from somebody who is none.
 */
async function checkReporter(ports: CheckPorts, actor: Actor): Promise<PersonCheck | Refusal> {
  const checked = await checkActor(ports, actor, ports.settings.approvers);
  const isLookLost = checked.kind === "refused" && (checked.code === "not_checked" || checked.code === "look_refused");
  const known = isLookLost ? await checkActor(ports, actor, null) : checked;
  if (known.kind === "refused") return known;
  const may = mayReport(known.standing);
  return may.kind === "refused" ? may : known;
}

type Found = { accessKeyId: string; key: Key | null };
type ReportedKey = Found & { isTold: boolean };

/** Each id with its key; one with marks around it that are not its own is looked for with fewer of them. */
async function findKeys({ keys }: Pick<Reads, "keys">, accessKeyIds: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const id of accessKeyIds) {
    let key: Key | null = null;
    for (const one of withFewerMarks(id)) key ??= await keys.find(one);
    const accessKeyId = key?.accessKeyId ?? id;
    if (found.every((one) => one.accessKeyId !== accessKeyId)) found.push({ accessKeyId, key });
  }
  return found;
}

/** With whether somebody reported a key within the hour already, so that its owner knows. */
async function withTold({ events, at }: Reads, found: readonly Found[]): Promise<ReportedKey[]> {
  const told: ReportedKey[] = [];
  for (const { accessKeyId, key } of found) {
    const reports = key ? await events.count(key.requestId, "key.leak_reported", at - HOUR_MS) : 0;
    told.push({ accessKeyId, key, isTold: reports > 0 });
  }
  return told;
}

/** Whose keys an approver sees is in the record before they see it, as with a list. */
async function seenBy(
  ports: ReportPorts,
  { actorId, checked, accessKeyIds }: { actorId: string; checked: PersonCheck; accessKeyIds: readonly string[] },
): Promise<SeenLeak> {
  const seen = await ports.store.read(async (record): Promise<SeenLeak> => {
    const found = await findKeys(record, accessKeyIds);
    const keys: LeakedKey[] = [];
    for (const { key } of found) {
      const as = key && standsTo(key, actorId, checked);
      if (key && as) keys.push({ key, as, card: (await record.requests.cards(key.requestId)).requester });
    }
    const unknown = isApprover(checked) ? found.filter(({ key }) => key === null) : [];
    return {
      kind: "seen",
      keys,
      unknown: unknown.map(({ accessKeyId }) => accessKeyId),
      others: found.length - keys.length - unknown.length,
    };
  });
  const owners = new Set(seen.keys.filter(({ as }) => as === "approver").map(({ key }) => key.ownerId));
  for (const ownerId of owners) await noteListing(ports, actorId, ownerId);
  return seen;
}

function standsTo({ ownerId }: Key, actorId: string, checked: PersonCheck): LeakedKey["as"] | null {
  if (checked.standing !== "member") return null;
  if (ownerId === actorId) return "owner";
  return isApprover(checked) ? "approver" : null;
}

/** One event for the report, which counts it, and one for each id. */
export function decideReport(
  { actor, useId, messageUrl, holdsSecret }: LeakReport,
  facts: {
    found: readonly ReportedKey[];
    reports: readonly string[];
    reporterIds: readonly string[];
    approvers: People;
  },
) {
  const { found, reports, reporterIds, approvers } = facts;
  if (reports.includes(useId)) return NO_CHANGE;
  if (reports.length >= MAX_REPORTS_PER_HOUR)
    return refused("too_many_reports", { max: MAX_REPORTS_PER_HOUR, approvers });
  const byId = actor.userId;
  const leak: Leak = { byId, messageUrl, holdsSecret };
  const told: OutboxMessage = {
    kind: "leak_report",
    accessKeyIds: found.map(({ accessKeyId }) => accessKeyId),
    ...leak,
  };
  return step(byId, {
    events: [
      { name: "leak.reported" as const, actorId: byId, outcome: useId },
      ...found.map(({ accessKeyId, key }) => ({
        name: "key.leak_reported" as const,
        actorId: byId,
        requestId: key?.requestId ?? null,
        accessKeyId,
        outcome: key ? "on_record" : "not_on_record",
      })),
    ],
    tell: [told, ...found.flatMap(({ key, isTold }) => (key && !isTold ? noticeTo(key, leak, reporterIds) : []))],
  });
}

/** Its owner, but not of what they reported themselves, nor of what opens nothing any more. */
function noticeTo({ ownerId, keyName, accessKeyId, state }: Key, leak: Leak, reporterIds: readonly string[]) {
  if (reporterIds.includes(ownerId) || state.kind === "deleted") return [];
  const about = { keyName, accessKeyId, ...leak };
  return [{ kind: "notice" as const, userId: ownerId, notice: { code: "leak_reported" as const, about } }];
}
