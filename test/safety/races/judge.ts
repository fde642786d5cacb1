import { OWN_KEY } from "../../kit/people";
import type { World } from "../../kit/world";
import { keysInTigris, poweredInTigris } from "../crashes/recover";
import { type EventLeft, type Remains, readEvents } from "./remains";

/**
 * No key has power before its request was approved, its secret delivered and its holder's word given, in that order: each is on
 * record before Tigris is asked for the next, so this holds at any moment.
 */
export async function expectPowerEarned(world: World): Promise<void> {
  const powered = poweredInTigris(world);
  const events = await readEvents(world);
  for (const id of powered) {
    const own = events.filter(({ accessKeyId }) => accessKeyId === id);
    const saidAt = own.findIndex(({ name }) => name === "key.switching_on");
    const said = own[saidAt];
    expect({ id, said: said?.name }).toEqual({ id, said: "key.switching_on" });
    expect(own.findIndex(({ name }) => name === "key.delivered")).toBeLessThan(saidAt);
    expect(own.findIndex(({ name }) => name === "key.delivered")).toBeGreaterThanOrEqual(0);
    const approved = events.findIndex((one) => one.name === "request.approved" && one.requestId === said?.requestId);
    expect(approved).toBeGreaterThanOrEqual(0);
    expect(approved).toBeLessThan(events.indexOf(said as EventLeft));
    expect(said?.actorId).toBe("UDEV00001");
  }
}

/** What holds once nothing moves any more. */
export function judge(world: World, remains: Remains): void {
  const { requests, keys } = remains;
  const there = keys.filter(({ state }) => state !== "deleted");
  expect(keysInTigris(world)).toEqual(there.map(({ id }) => id));
  for (const { state } of there) expect(["off", "switching_on", "live", "secret_unknown"]).toContain(state);
  const on = there.filter(({ state, isHeld }) => ["live", "secret_unknown"].includes(state) && !isHeld);
  expect(poweredInTigris(world)).toEqual(on.map(({ id }) => id));
  for (const { id, state, asked, needsApproval, requesterId, approvedBy } of requests) {
    const used = state === "delivered" || state === "made";
    if (used) expect(approvedBy).toHaveLength(1);
    if (used && needsApproval) expect(["policy", requesterId]).not.toContain(approvedBy[0]);
    if (asked.kind !== "key") continue;
    const own = there.filter(({ requestId }) => requestId === id);
    expect(own.length).toBeLessThanOrEqual(1);
    for (const key of own) expect({ state, isOff: key.state === "off" }).toEqual(key.state === "off" ? OFF : ON);
  }
  expectSecretsApproved(remains);
  expectWorthlessDeleted(world, remains);
}

const OFF = { state: "delivered", isOff: true };
const ON = { state: "made", isOff: false };

/**
 * A secret of a key that is on is delivered under an approval of somebody else's since the last one was confirmed, where such
 * keys need one.
 */
function expectSecretsApproved({ requests, events }: Remains): void {
  const careful = requests.filter(({ needsApproval }) => needsApproval);
  for (const [index, { name, accessKeyId }] of events.entries()) {
    if (name !== "key.rotated") continue;
    const asking = careful.filter(({ asked }) => asked.kind === "secret" && asked.accessKeyId === accessKeyId);
    const isCareful = careful.some(({ id, asked }) => asked.kind === "key" && wasMadeBy(events, id, accessKeyId));
    if (!isCareful) continue;
    const before = events.slice(0, index);
    const confirmedAt = before.findLastIndex(
      (one) => one.accessKeyId === accessKeyId && ["key.on", "key.confirmed"].includes(one.name),
    );
    const approved = before
      .slice(confirmedAt + 1)
      .filter((one) => one.name === "request.approved" && asking.some(({ id }) => id === one.requestId));
    // It may have been given before the last confirmation, and used after that.
    const used = asking.filter(
      ({ id, approvedBy }) =>
        approvedBy.length > 0 &&
        before.slice(confirmedAt + 1).some((one) => one.requestId === id && one.name === "attempt.started"),
    );
    expect(approved.length + used.length).toBeGreaterThan(0);
  }
}

function wasMadeBy(events: readonly EventLeft[], requestId: string, accessKeyId: string | null): boolean {
  return events.some(
    (one) => one.requestId === requestId && one.accessKeyId === accessKeyId && one.name === "key.delivered",
  );
}

/** What the bot deletes by itself never had power: no call that gives some was ever sent about it that was not clearly refused. */
function expectWorthlessDeleted({ tigris }: World, { keys, events }: Remains): void {
  const worthless = new Set(keys.filter(({ why }) => why === "never_on").map(({ id }) => id));
  const given = tigris.calls.filter(({ action, status, params }) => {
    if (action !== "UpdateAccessKeyWithBucketsRole" || (status !== null && status >= 400)) return false;
    const { id, buckets_role: roles } = JSON.parse(params.Req ?? "{}") as { id: string; buckets_role: unknown[] };
    return worthless.has(id) && roles.length > 0;
  });
  expect(given).toEqual([]);
  const asked = new Set(
    events
      .filter(({ name }) => name === "key.deletion_started" || name === "key.dropped")
      .map((one) => one.accessKeyId),
  );
  const deleted = tigris.calls
    .filter(({ action }) => action === "DeleteAccessKey")
    .map(({ params }) => params.AccessKeyId);
  const found = new Set(keys.map(({ id }) => id));
  for (const id of deleted) {
    expect(id).not.toBe(OWN_KEY.accessKeyId);
    expect(found.has(id ?? "")).toBe(true);
    expect(asked.has(id ?? "") || worthless.has(id ?? "")).toBe(true);
  }
}
