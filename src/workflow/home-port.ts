import type { Home } from "../domain/person";

/** The workspace that the bot belongs to. While the bot runs it may join an organization (Enterprise Grid). */
export type HomePort = {
  /** As far as is known. */
  known(): Home;
  /** Asks Slack once more, now and then at most. @returns what is known then */
  askAgain(): Promise<Home>;
  /** Notes that somebody counts as an outsider, and why. */
  noteOutsider(userId: string, why: string): void;
};
