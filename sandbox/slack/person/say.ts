import { withIds } from "../block-ids";
import { messageProblems } from "../limits/blocks";
import { LIMITS } from "../limits/table";
import { addMessage } from "../messages";
import type { PersonData } from "../options";
import type { Attachment, Message, Workspace } from "../workspace";
import { Refused } from "./refused";

/** What somebody writes; the DM with the app where no channel is named. */
export type Saying = {
  text: string;
  channelId?: string;
  /** As people's messages have that are written with rich text, or come from other apps in their name. */
  blocks?: unknown[];
  attachments?: Attachment[];
};

/** Somebody writes a message, which the app does not hear of. @throws Refused when they can't write that there */
export async function say(workspace: Workspace, person: PersonData, saying: Saying): Promise<Message["ts"]> {
  const { text, blocks = [], attachments = [] } = saying;
  const channelId = saying.channelId ?? workspace.openDm(person.id).id;
  const channel = workspace.channels.get(channelId);
  if (!channel?.members.includes(person.id)) throw new Refused(`${person.name} is not in ${channelId}`);
  if (channel.isArchived) throw new Refused(`${channel.name} is archived`);
  if (text === "" && blocks.length === 0 && attachments.length === 0) throw new Refused("there is nothing to send");
  if (text.length > LIMITS.messageText.post) throw new Refused("the message is too long");
  const [problem] = messageProblems(blocks);
  if (problem) throw new Refused(problem);
  return addMessage(workspace, { channelId, text, blocks: withIds(blocks), attachments, authorId: person.id }).ts;
}
