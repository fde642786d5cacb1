import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { ChannelData } from "./options";
import type { Attachment, Message, Workspace } from "./workspace";

type KeptMessage = Omit<Message, "pinged" | "editedTs" | "attachments"> & {
  pinged: string[];
  editedTs?: string | null;
  attachments?: Attachment[];
};
type Kept = { dms: ChannelData[]; messages: KeptMessage[]; left?: string[] };

/**
 * Keeps what a workspace's history holds in a file: DMs, messages and who has left, but neither ephemeral messages nor open modals.
 * Takes up what the file holds, and writes it at every change.
 */
export function keepHistory(workspace: Workspace, file: string): void {
  if (existsSync(file)) {
    const { dms, messages, left = [] } = JSON.parse(readFileSync(file, "utf8")) as Kept;
    for (const dm of dms) workspace.channels.set(dm.id, dm);
    for (const id of left) Object.assign(workspace.people.get(id) ?? {}, { deleted: true, isSignedOut: true });
    // Earlier files do not say when, and hold no attachments.
    for (const { editedTs = null, attachments = [], ...message } of messages)
      workspace.messages.push({ ...message, editedTs, attachments, pinged: new Set(message.pinged) });
  }
  let isDue = false;
  workspace.changes.on("change", ({ kind }) => {
    if (isDue || kind === "modal" || kind === "home" || kind === "toast") return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      write(workspace, file);
    });
  });
}

function write(workspace: Workspace, file: string): void {
  const kept: Kept = {
    dms: [...workspace.channels.values()].filter(({ id }) => workspace.isDm(id)),
    messages: workspace.messages
      .filter(({ onlyTo }) => onlyTo === null)
      .map((message) => ({ ...message, pinged: [...message.pinged] })),
    left: [...workspace.people.values()].filter(({ isSignedOut }) => isSignedOut).map(({ id }) => id),
  };
  writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
