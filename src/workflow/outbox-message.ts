import type { Sentence } from "../domain/sentence";

/** Where a message of ours stands in Slack. */
export type CardPlace = { channelId: string; ts: string };

/**
 * A message that is owed to somebody. It is written in the transaction of the change that it tells about, and sent after
 * it; it may be sent twice, so nothing depends on how often it arrives. None ever holds a secret.
 */
export type OutboxMessage =
  /** Draws the requester's card from the record, or draws it again. */
  | { kind: "requester_card"; requestId: string }
  | { kind: "approvals_card"; requestId: string }
  /** Draws a copy of a card, which somebody clicked although it was out of date. */
  | { kind: "card_copy"; card: "requester" | "approvals"; requestId: string; place: CardPlace }
  /** Tells one person something in their DM with the bot. */
  | { kind: "notice"; userId: string; sentence: Sentence }
  /** A line under the approvals card. */
  | { kind: "approvals_note"; requestId: string; sentence: Sentence }
  /** Tells the approvals channel that somebody has to look after something. */
  | { kind: "alert"; sentence: Sentence };

/** How sending one message ended. `later` is tried again; `never` can't succeed any more. */
export type Sent =
  | { kind: "sent" }
  | { kind: "later"; code: string; afterMs: number | null }
  | { kind: "never"; code: string };
