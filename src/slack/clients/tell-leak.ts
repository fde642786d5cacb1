import type { WebClient } from "@slack/web-api";
import type { Key } from "../../domain/key";
import type { CardPlace, LeakMessage, Sent } from "../../workflow/outbox-message";
import type { Ports } from "../../workflow/ports";
import type { Message } from "../blocks/message";
import { leakAlert } from "../leak-report/alert";
import { leakNotice } from "../leak-report/notice";
import { NOT_EDITABLE, openDm, post, update } from "./post";
import { approversCannotRead, ended, NOTHING_TO_SAY } from "./sent";

type LeakPorts = Pick<Ports, "store" | "settings"> & { client: WebClient };

/** Tells the approvals channel of a leak. */
export async function tellApprovers(
  ports: LeakPorts,
  report: Extract<LeakMessage, { kind: "leak_report" }>,
): Promise<Sent> {
  const unfit = await approversCannotRead(ports);
  return unfit ?? tell(ports, report, ports.settings.approvalsChannelId);
}

/** Tells the owner of a leaked key of it, in their DM. */
export async function tellOwner(ports: LeakPorts, notice: Extract<LeakMessage, { kind: "notice" }>): Promise<Sent> {
  const dm = await openDm(ports.client, notice.userId);
  return dm.kind === "failed" ? ended(dm) : tell(ports, notice, dm.result);
}

async function tell(ports: LeakPorts, told: LeakMessage, channelId: string): Promise<Sent> {
  const keys = await keysOf(ports, told);
  const posted = await post(ports.client, { channelId }, draw(ports, told, keys));
  if (posted.kind === "ok") await ports.store.leaks.posted(posted.result, { message: told, keys });
  return ended(posted);
}

/** Draws it again where it stands, from the keys as they are by now. Where it can't be, there is no other place for it. */
export async function redrawLeak(ports: LeakPorts, place: CardPlace): Promise<Sent> {
  const told = await ports.store.read(({ leaks }) => leaks.find(place));
  if (told === null) return NOTHING_TO_SAY;
  const unfit = place.channelId === ports.settings.approvalsChannelId ? await approversCannotRead(ports) : null;
  if (unfit) return unfit;
  const updated = await update(ports.client, place, draw(ports, told, await keysOf(ports, told)));
  if (updated.kind === "ok" || updated.code === GONE) return NOTHING_TO_SAY;
  return NOT_EDITABLE.has(updated.code) ? { kind: "never", code: updated.code } : ended(updated);
}

/** Somebody has deleted it: nobody is told anything there that is no longer so. */
const GONE = "message_not_found";

function draw({ settings }: LeakPorts, told: LeakMessage, keys: readonly Key[]): Message {
  return told.kind === "leak_report"
    ? leakAlert(told, { keys, ownAccessKeyId: settings.ownAccessKeyId })
    : leakNotice(told.notice.about, keys[0] ?? null);
}

/** The keys that it names, as they are by now. */
async function keysOf({ store }: LeakPorts, told: LeakMessage): Promise<Key[]> {
  const ids = told.kind === "leak_report" ? told.accessKeyIds : [told.notice.about.accessKeyId];
  return store.read(async (record) => {
    const found: (Key | null)[] = [];
    for (const id of ids) found.push(await record.keys.find(id));
    return found.filter((key) => key !== null);
  });
}
