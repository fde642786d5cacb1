import { DELETIONS_TOLD_AFTER_MS } from "../../../src/domain/limits";
import { approvalsCard, ask, askForAdmin, askForReadOnly, card, keep, reveal } from "../../e2e/play";
import { breakIt } from "../../e2e/play-glass";
import { makeWith } from "../../kit/make-with";
import { APPROVALS } from "../../kit/people";
import { passUntil } from "../../kit/until";
import type { World } from "../../kit/world";
import { click } from "./crafted";
import { putOnCall } from "./on-call";
import { allSent, eventsIn, requestsFor, rowsIn } from "./rows";

/**
 * What belongs to Dana, and what others try to get at. `shown`, `delivery` and `off` are one request whose secret was shown, the
 * delivery of that, and its key; `older` is a delivery that another one took the place of. `key` is on; `paused` is so by its
 * owner, `held` by an approver. `left` is somebody who has left, with their key `leftKey`. `made` was made with `key`, and is on no record. For `broken` Dana broke the glass.
 */
export type Stage = Record<(typeof THINGS)[number], string>;
export type Thing = keyof Stage;

/** What a hook has that sets the stage, in milliseconds: it plays all of it, perhaps on a busy machine. */
export const STAGE_MS = 60_000;

export const THINGS = [
  "pending",
  "approved",
  "shown",
  "delivery",
  "off",
  "older",
  "key",
  "made",
  "paused",
  "held",
  "left",
  "leftKey",
  "broken",
] as const;

/** Names of what is staged: whoever may not see it must not read one of them. */
export const STAGED_NAMES = {
  pending: "waiting-one",
  approved: "allowed-one",
  off: "unlit-one",
  key: "living-one",
  made: "hidden-one",
  paused: "resting-one",
  held: "stopped-one",
  leftKey: "orphan-one",
  broken: "urgent-one",
};

/**
 * Plays until what is wanted is there, and no message is owed any more.
 * @param wanted everything where left out; what is not wanted may be missing, and is an empty text then
 */
export async function setStage(world: World, wanted: readonly Thing[] = THINGS): Promise<Stage> {
  const wants = (...things: Thing[]) => things.some((thing) => wanted.includes(thing));
  const made = wants("key", "made") ? await keyThatMade(world) : {};
  const paused = wants("paused") ? { paused: await keptKey(world, STAGED_NAMES.paused) } : {};
  const held = wants("held") ? { held: await keptKey(world, STAGED_NAMES.held) } : {};
  if (paused.paused) await pauseBy(world, "UDEV00001", { accessKeyId: paused.paused, keyName: STAGED_NAMES.paused });
  if (held.held) await pauseBy(world, "UANN00001", { accessKeyId: held.held, keyName: STAGED_NAMES.held });
  const off = wants("shown", "delivery", "off", "older") ? await keyThatIsOff(world, wants("older")) : {};
  const approved = wants("approved") ? { approved: await approvedRequest(world, STAGED_NAMES.approved) } : {};
  const pending = wants("pending") ? { pending: await pendingRequest(world) } : {};
  const broken = wants("broken") ? { broken: await brokenGlass(world) } : {};
  // Last, since ten minutes pass by it.
  const left = wants("left", "leftKey") ? await keyOfLeaver(world) : {};
  // What approvers read of pauses is gathered for a while.
  if (held.held) world.clock.advance(DELETIONS_TOLD_AFTER_MS + 1_000);
  await allSent(world.databaseFile);
  const nothing = Object.fromEntries(THINGS.map((thing) => [thing, ""])) as Stage;
  return { ...nothing, ...left, ...made, ...paused, ...held, ...off, ...approved, ...pending, ...broken };
}

/**
 * Lets the time pass in which the bot still has something to do by itself for what is staged, up to the first reminder of the
 * approvers. The second one comes seventeen hours later.
 */
export async function settle({ clock, databaseFile }: World): Promise<void> {
  const startedAt = clock.now();
  const isOpen = () => (rowsIn(databaseFile).attempts ?? []).some(({ closed }) => closed === 0);
  const isReminded = () => eventsIn(databaseFile).includes("request.reminded");
  const isSettled = () => clock.now() - startedAt > 4_500_000 && isReminded() && !isOpen();
  await passUntil("nothing to be left to do", isSettled, { clock, stepMs: 300_000 });
  await allSent(databaseFile);
}

const requestId = (world: World, name: string) => String(requestsFor(name, rowsIn(world.databaseFile))[0]?.id);

async function pendingRequest(world: World): Promise<string> {
  const { dana, ann } = world;
  await askForAdmin(world, dana, STAGED_NAMES.pending);
  await ann.until("the last card", () => approvalsCard(world, STAGED_NAMES.pending));
  return requestId(world, STAGED_NAMES.pending);
}

async function approvedRequest(world: World, name: string): Promise<string> {
  const { dana, ann } = world;
  await askForAdmin(world, dana, name);
  await ann.press("Approve", { in: APPROVALS, message: ({ text }) => text.includes(name) });
  await dana.until("the approval", () => card(dana, name)?.text.includes("approved by @ann"));
  return requestId(world, name);
}

/** It has to be a world with `GLASS_POLICY`. */
async function brokenGlass(world: World): Promise<string> {
  putOnCall("UDEV00001");
  await breakIt(world.dana, STAGED_NAMES.broken);
  return requestId(world, STAGED_NAMES.broken);
}

/** An Editor key that is on, with which another one was made. */
async function keyThatMade(world: World): Promise<Pick<Stage, "key" | "made">> {
  const { dana, tigris } = world;
  await ask(dana, STAGED_NAMES.key, { Permission: "Editor", Buckets: ["builds"] });
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
  await dana.close();
  await dana.until("the card", () =>
    card(dana, STAGED_NAMES.key)?.buttons.some(({ label }) => label === "Show my secret"),
  );
  const shown = await keep(dana, STAGED_NAMES.key);
  return { key: shown.accessKeyId, made: await makeWith(tigris, shown, STAGED_NAMES.made) };
}

/** A key that is on, of somebody who has left since. */
async function keyOfLeaver({ slack, clock, databaseFile }: World): Promise<Pick<Stage, "left" | "leftKey">> {
  const gone = slack.person("UGONE0001");
  await askForReadOnly(gone, STAGED_NAMES.leftKey);
  const { accessKeyId } = await keep(gone, STAGED_NAMES.leftKey);
  slack.setPerson("UGONE0001", { deleted: true });
  const isTold = () => eventsIn(databaseFile).includes("leaver.told");
  await passUntil("the card about their keys", isTold, {
    clock,
    stepMs: 20_000,
    limitMs: 40_000,
    seen: () => [rowsIn(databaseFile).leavers, rowsIn(databaseFile).timers, rowsIn(databaseFile).outbox],
  });
  return { left: "UGONE0001", leftKey: accessKeyId };
}

async function keptKey({ dana }: World, name: string): Promise<string> {
  await askForReadOnly(dana, name);
  return (await keep(dana, name)).accessKeyId;
}

async function pauseBy(world: World, id: string, key: { accessKeyId: string; keyName: string }): Promise<void> {
  const { dana, slack } = world;
  await slack.sendRaw("interaction", click(world, { id }, "key_pause_listed", key.accessKeyId));
  await dana.until("the pause", () => card(dana, key.keyName)?.text.includes("works nowhere"));
}

/** An Admin key that was approved and shown, and never switched on; once more, where an older delivery is wanted. */
async function keyThatIsOff(
  world: World,
  isReplaced: boolean,
): Promise<Pick<Stage, "shown" | "delivery" | "off" | "older">> {
  const { dana, databaseFile } = world;
  const shown = await approvedRequest(world, STAGED_NAMES.off);
  let { accessKeyId } = await reveal(dana, STAGED_NAMES.off);
  const deliveryOf = (id: string) =>
    String(rowsIn(databaseFile).keys?.find((key) => key.access_key_id === id)?.delivery_id);
  const older = deliveryOf(accessKeyId);
  if (isReplaced) {
    const isOff = (text: string) => text.includes(STAGED_NAMES.off) && text.includes("🔑 Off · ");
    await dana.press("New secret", { in: dana.dm(), message: ({ text }) => isOff(text) });
    const next = () => dana.screen().find(({ text }) => isOff(text) && !text.includes(accessKeyId));
    await dana.until("the next key", next);
    accessKeyId = /tid_\S+/.exec(next()?.text ?? "")?.[0] ?? "";
  }
  return { shown, delivery: deliveryOf(accessKeyId), off: accessKeyId, older: isReplaced ? older : "" };
}
