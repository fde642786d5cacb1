import Database from "libsql";
import { DAY_MS } from "../../src/domain/limits";
import { type TestDatabase, testedDatabase } from "../kit/database";

/** How old a secret is when its owner is asked: their timers go by a clock that goes behind by that. */
export const ROTATE_AFTER_DAYS = 90;

/** What is only forgotten, or looked for once a day, is done whenever the bot works. */
const NEXT = `select min(at) as at from (
  select min(due_at) as at from timers where kind not in ('forget', 'search', 'age')
  union all select min(due_at) + ${ROTATE_AFTER_DAYS * DAY_MS} from timers where kind = 'age'
  union all select min(next_at) from outbox
) as due`;

export type NextDue = {
  /** When the bot has something to do next by itself; never where there is nothing. */
  at(): Promise<number>;
  close(): void;
};

/** Looks beside the bot, through one connection: a year looks thousands of times. */
export function lookForDue(database: TestDatabase): NextDue {
  const file = testedDatabase === "sqlite" ? new Database(database.file, { readonly: true }) : null;
  const statement = file?.prepare(NEXT);
  const look = async (): Promise<{ at: number | null }[]> =>
    statement ? (statement.all() as { at: number | null }[]) : database.rows(NEXT);
  return {
    at: async () => {
      const [next] = await look();
      return next?.at == null ? Number.POSITIVE_INFINITY : Number(next.at);
    },
    close: () => void file?.close(),
  };
}
