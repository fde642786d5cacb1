import { useEffect, useState } from "react";
import type { Screen } from "../slack/person/shown";
import { followScreen } from "./feed";

/** Screens by person; null where the connection is lost. */
export type Screens = ReadonlyMap<string, Screen | null>;

/**
 * Follows everybody's screen for as long as the page is open, so that what is only visible to somebody is still there when
 * one comes back to them.
 */
export function useScreens(personIds: readonly string[]): Screens {
  const [screens, setScreens] = useState<Screens>(new Map());
  const all = personIds.join(" ");
  useEffect(() => {
    const stops = all
      .split(" ")
      .filter(Boolean)
      .map((id) => followScreen(id, (screen) => setScreens((before) => new Map(before).set(id, screen))));
    return () => {
      for (const stop of stops) stop();
    };
  }, [all]);
  return screens;
}
