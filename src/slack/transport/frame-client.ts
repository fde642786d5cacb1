import { SocketModeClient } from "@slack/socket-mode";
import { z } from "zod";

/** The frames that the bot knows (Slack, Socket Mode). */
const frame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("hello"), num_connections: z.number().int().positive().optional().catch(undefined) }),
  z.object({ type: z.literal("disconnect"), reason: z.string().catch("") }),
  z.object({
    type: z.enum(["slash_commands", "interactive", "events_api"]),
    envelope_id: z.string(),
    payload: z.looseObject({}),
  }),
]);

/**
 * The library's client, but for three things. It closes a connection as soon as Slack announces its end, so that no
 * acknowledgement goes out any more: this one emits `goodbye` with Slack's reason instead. And a frame that is not as it
 * should be rejects a promise of its own that nobody holds: this one emits `odd_frame`. And it keeps to itself how many
 * connections Slack counts in its hello: this one emits `greeted` with their number, or null.
 */
export class FrameClient extends SocketModeClient {
  protected override async onWebSocketMessage(data: string | ArrayBuffer, isBinary: boolean): Promise<void> {
    const read = frame.safeParse(parsed(data));
    if (!read.success) return void this.emit("odd_frame");
    if (read.data.type === "disconnect") return void this.emit("goodbye", read.data.reason);
    if (read.data.type === "hello") this.emit("greeted", read.data.num_connections ?? null);
    await super.onWebSocketMessage(data, isBinary).catch(() => this.emit("odd_frame"));
  }
}

function parsed(data: unknown): unknown {
  if (typeof data !== "string") return null;
  try {
    return JSON.parse(data);
  } catch {
    // Told as an odd frame; the error would quote it.
    return null;
  }
}
