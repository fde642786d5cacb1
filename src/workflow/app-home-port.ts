import type { HomeLook } from "../domain/app-home";
import type { Request } from "../domain/request";
import type { CardPlace } from "./outbox-message";

/** A request with where one of its cards stands, and its requester's DM. */
export type PlacedRequest = { request: Request; card: CardPlace | null; dmChannelId: string };

/** The App Home of somebody who has opened it. */
export type OpenedHome = {
  openedAt: number;
  /** Counts what its person does in it; `drawnActs`: how much of that the last drawing shows. */
  acts: number;
  drawnActs: number;
  look: HomeLook;
  /** What came of the last click there: the words, as they were stored. */
  said: readonly unknown[] | null;
  drawnAt: number;
  /** Of what stands in Slack; null where nobody knows. */
  digest: string | null;
};

/** Who has opened their App Home, and who draws it. Each step is a transaction of its own. */
export type AppHomesPort = {
  /** Somebody opens theirs: after a while away, with the first look. @returns false where this event was taken before */
  opened(userId: string, eventId: string): Promise<boolean>;
  /** Somebody does something in theirs: what they look at from then on, where that changes, and what came of it. */
  acted(userId: string, act: { look?: HomeLook; said: readonly unknown[] | null }): Promise<void>;
  find(userId: string): Promise<OpenedHome | null>;
  /** Takes the lease of drawing it, unless somebody has it. @returns what is to be drawn; null where it is not to be had */
  take(userId: string, drawer: { holder: string; seesOthers: boolean }): Promise<OpenedHome | null>;
  /**
   * Gives the lease back after a drawing that shows so many acts. Unless there are more by then, `look` is looked at from then on.
   * @returns `outdated` where its person has done more since; `overtaken` where the lease was lost, and it is drawn once more
   */
  drawn(
    userId: string,
    holder: string,
    drawing: { acts: number; digest: string; look: HomeLook },
  ): Promise<"newest" | "outdated" | "overtaken">;
  /** Gives the lease back without one. @param isOwed whether it is to be drawn by itself then */
  release(userId: string, holder: string, how: { isOwed: boolean }): Promise<void>;
  /** Has it drawn by itself. */
  owe(userId: string): Promise<void>;
  /** Forgets whoever has not opened theirs for so long. @returns how many, `limit` at most */
  forget(olderThanMs: number, limit: number): Promise<number>;
};
