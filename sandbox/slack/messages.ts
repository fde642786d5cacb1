import { withIds } from "./block-ids";
import { messageProblems } from "./limits/blocks";
import { pingedBy } from "./mentions";
import { type Failure, failure, textOf } from "./web-api/method";
import type { Block, Message, Workspace } from "./workspace";

export type Content = { text: string; blocks: Block[] };

/**
 * The text and blocks of a message, or why Slack would not take them.
 * @param maxText in characters
 */
export function contentOf(params: Record<string, unknown>, maxText: number): Content | Failure {
  const text = textOf(params, "text") ?? "";
  const blocks = params.blocks ?? [];
  if (!Array.isArray(blocks)) return failure("invalid_blocks_format");
  const problems = messageProblems(blocks);
  if (problems.length > 0) return failure("invalid_blocks", { response_metadata: { messages: problems } });
  if (text === "" && blocks.length === 0) return failure("no_text");
  if (text.length > maxText) return failure("msg_too_long");
  return { text, blocks: withIds(blocks) };
}

/** Adds a message, of the app's where no author is named, and pings whom it names. */
export function addMessage(
  workspace: Workspace,
  content: Content & Partial<Pick<Message, "threadTs" | "onlyTo" | "authorId" | "attachments">> & { channelId: string },
): Message {
  const { channelId, text, blocks, attachments = [], threadTs = null, onlyTo = null } = content;
  const { authorId = workspace.app.botUserId } = content;
  const pinged = onlyTo === null ? pingedBy(workspace, channelId, text, blocks) : new Set<string>();
  const message: Message = {
    channelId,
    ts: workspace.nextTs(),
    authorId,
    text,
    blocks,
    earlierBlocks: [],
    attachments,
    threadTs,
    editedTs: null,
    onlyTo,
    pinged,
  };
  workspace.messages.push(message);
  workspace.changed({ kind: "message", message });
  return message;
}

export function changeMessage(workspace: Workspace, message: Message, content: Content): void {
  message.earlierBlocks.push(...message.blocks);
  const editedTs = `${Math.floor(workspace.now() / 1_000)}.000000`;
  Object.assign(message, { text: content.text, blocks: content.blocks, editedTs });
  workspace.changed({ kind: "message", message });
}
