import type { WebClient } from "@slack/web-api";
import { MAX_DELETIONS_NAMED } from "../../domain/limits";
import { needsPeople } from "../../domain/policy/judge";
import type { OutboxMessage, Sent } from "../../workflow/outbox-message";
import type { Ports } from "../../workflow/ports";
import type { Message } from "../blocks/message";
import { heldBackCard, leaverCard, movedLeaverCard } from "../leaver-card/view";
import { NOT_EDITABLE, post, update } from "./post";
import { approversCannotRead, ended, NOTHING_TO_SAY } from "./sent";

type LeaverPorts = Pick<Ports, "store" | "settings" | "policy"> & { client: WebClient };
type About<Kind extends OutboxMessage["kind"]> = Extract<OutboxMessage, { kind: Kind }>;

/** Draws the card about somebody's keys where it stands, or posts it anew where it tells something. */
export async function sendLeaverCard(ports: LeaverPorts, { ownerId, isNews }: About<"leaver_card">): Promise<Sent> {
  const drawn = await draw(ports, ownerId);
  if (drawn === null) return NOTHING_TO_SAY;
  const { message, place, isOver } = drawn;
  // Nobody has to read of what is over and was never told.
  if (isOver && place === null) return NOTHING_TO_SAY;
  const unfit = await approversCannotRead(ports);
  if (unfit) return unfit;
  const channelId = ports.settings.approvalsChannelId;
  if (place !== null && place.channelId === channelId && (!isNews || isOver)) {
    const updated = await update(ports.client, place, message);
    if (updated.kind === "ok") return NOTHING_TO_SAY;
    if (!NOT_EDITABLE.has(updated.code)) return ended(updated);
  }
  const posted = await post(ports.client, { channelId }, message);
  if (posted.kind === "ok") await ports.store.leavers.placed(ownerId, posted.result);
  return ended(posted);
}

/** The card as the record has it now; null where it tells nothing. `isOver`: nothing is left to be done about it. */
async function draw(ports: LeaverPorts, ownerId: string) {
  const { policy } = await ports.policy.inForce();
  const { orphanGraceMs } = ports.settings.limits;
  return ports.store.read(async (record) => {
    const leaver = await record.leavers.find(ownerId);
    if (leaver === null || (leaver.state.kind !== "left" && leaver.state.kind !== "back")) return null;
    const { state } = leaver;
    const keys = await record.keys.livingOf(ownerId, MAX_DELETIONS_NAMED + 1);
    const count = await record.keys.countLivingOf(ownerId);
    const shown = keys.map((key) => ({ key, needsApproval: needsPeople(key.access, policy) }));
    const taken = await record.keys.takenFrom(ownerId, MAX_DELETIONS_NAMED + 1);
    const message: Message = leaverCard({ ownerId, state, keys: shown, count, taken, orphanGraceMs, at: record.at });
    return { message, place: await record.leavers.card(ownerId), isOver: count === 0 || state.kind === "back" };
  });
}

/** Shrinks the card in whose place another one stands. */
export async function shrinkLeaverCard(
  { client }: Pick<LeaverPorts, "client">,
  { ownerId, place }: About<"leaver_moved">,
): Promise<Sent> {
  const updated = await update(client, place, movedLeaverCard(ownerId));
  if (updated.kind === "ok") return NOTHING_TO_SAY;
  return NOT_EDITABLE.has(updated.code) ? { kind: "never", code: updated.code } : ended(updated);
}

/** Asks about everybody who is held back, where approvers were not asked about one of them yet. */
export async function askAboutHeldBack(ports: LeaverPorts): Promise<Sent> {
  const { count, isAsked, at } = await ports.store.read(async ({ leavers, at: now }) => ({
    count: (await leavers.heldBack({ isTold: null, until: now, limit: MOST_COUNTED })).length,
    isAsked: (await leavers.heldBack({ isTold: false, until: now, limit: 1 })).length === 0,
    at: now,
  }));
  if (isAsked) return NOTHING_TO_SAY;
  const unfit = await approversCannotRead(ports);
  if (unfit) return unfit;
  return ended(await post(ports.client, { channelId: ports.settings.approvalsChannelId }, heldBackCard({ count, at })));
}

const MOST_COUNTED = 10_000;
