import { setServerAhead } from "../../kit/postgres/server-time";
import type { World } from "../../kit/world";

/** The time by which the bots of a world go. Slack's and Tigris's, which is the world's clock, goes with it. */
export type Time = {
  now(): Promise<number>;
  passTo(at: number): Promise<void>;
};

/** Of bots in the test's own process, on either database. */
export function clockTime({ clock }: Pick<World, "clock">): Time {
  return {
    now: async () => clock.now(),
    passTo: async (at) => clock.advance(Math.max(at - clock.now(), 0)),
  };
}

/** Of bots in processes of their own on PostgreSQL: that of the database's server. */
export function serverTime({ clock, database }: Pick<World, "clock" | "database">): Time {
  const now = async () => {
    const [row] = await database.rows<{ at: number }>(
      `select floor(extract(epoch from clock_timestamp()) * 1000)::bigint
         + coalesce(nullif(current_setting('tigris_key_bot.ahead_ms', true), '')::bigint, 0) as at`,
    );
    return row?.at ?? 0;
  };
  return {
    now,
    passTo: async (at) => {
      if (at > (await now())) await setServerAhead(database.url, at - Date.now());
      clock.advance(Math.max(at - clock.now(), 0));
    },
  };
}
