import { useEffect, useState } from "react";
import type { Happening } from "../../happened";
import { readHappenings } from "../calls";

const EVERY_MS = 700;
const SIDES = ["slack", "tigris"] as const;

/** Every call between the bot, Slack and Tigris, oldest first, as long as somebody looks. */
export function useHappenings(): Happening[] {
  const [byId, setById] = useState<ReadonlyMap<string, Happening>>(new Map());
  useEffect(() => {
    const since = { slack: 0, tigris: 0 };
    const look = (): void => {
      for (const side of SIDES)
        readHappenings(side, since[side]).then(
          (read) => {
            for (const { at, endedAt } of read) since[side] = Math.max(since[side], at, endedAt ?? 0);
            if (read.length > 0)
              setById((before) => new Map([...before, ...read.map((one) => [one.id, one] as const)]));
          },
          // The sandbox does not answer at the moment: it is asked again.
          () => {},
        );
    };
    look();
    const timer = window.setInterval(look, EVERY_MS);
    return () => window.clearInterval(timer);
  }, []);
  return [...byId.values()].sort((a, b) => a.at - b.at);
}
