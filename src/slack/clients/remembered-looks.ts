import { MAX_REMEMBERED_FOR_OPTIONS, REMEMBER_FOR_OPTIONS_MS } from "../../domain/service-limits";
import type { Clock } from "../../workflow/clock";

/**
 * What Slack said a moment ago, for the options of selects alone: those only list names. Decisions also leave their
 * answers here, and read none.
 */
export type RememberedLooks<Answer> = {
  /** @returns what is not older than 30 seconds, or undefined */
  find(id: string): Answer | undefined;
  /** @param askedAt when Slack was asked, on the clock that only goes on */
  keep(id: string, answer: Answer, askedAt: number): void;
};

export function createRememberedLooks<Answer>(clock: Pick<Clock, "monotonicMs">): RememberedLooks<Answer> {
  const looks = new Map<string, { answer: Answer; askedAt: number }>();
  return {
    find: (id) => {
      const look = looks.get(id);
      return look && clock.monotonicMs() - look.askedAt < REMEMBER_FOR_OPTIONS_MS ? look.answer : undefined;
    },
    keep: (id, answer, askedAt) => {
      // An answer that was late tells of an earlier moment.
      if ((looks.get(id)?.askedAt ?? askedAt) > askedAt) return;
      looks.delete(id);
      looks.set(id, { answer, askedAt });
      const [oldest] = looks.keys();
      if (looks.size > MAX_REMEMBERED_FOR_OPTIONS && oldest !== undefined) looks.delete(oldest);
    },
  };
}
