import { useEffect, useState } from "react";
import type { Happening } from "../../happened";
import { follow } from "../feed";

/** Both sides of the bot: each tells its own calls. */
const FEEDS = ["/sandbox/happened", "/sandbox/tigris/happened"];

const MOST = 300;

/** The last calls between the bot, Slack and Tigris, oldest first, as long as somebody looks. */
export function useHappenings(): Happening[] {
  const [byId, setById] = useState<ReadonlyMap<string, Happening>>(new Map());
  useEffect(() => {
    const take = (told: unknown): void =>
      setById((before) => new Map([...before, ...(told as Happening[]).map((one) => [one.id, one] as const)]));
    // What was told before stays where it is.
    const stops = FEEDS.map((path) => follow(path, take, () => {}));
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return [...byId.values()].sort((a, b) => a.at - b.at).slice(-MOST);
}
