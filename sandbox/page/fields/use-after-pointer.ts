import { useCallback, useEffect, useRef } from "react";

/**
 * Does something once the click is over that is being made: what moves under a pressed button would take the click away
 * from what was meant.
 * @param isWatching whether clicks are to be known at this time
 * @returns how to do something then, or at once where nothing is pressed
 */
export function useAfterPointer(isWatching: boolean): (act: () => void) => void {
  const isDown = useRef(false);
  const waiting = useRef<(() => void)[]>([]);
  useEffect(() => {
    if (!isWatching) return;
    const down = (): void => {
      isDown.current = true;
    };
    const up = (): void => {
      isDown.current = false;
      // The click comes after this event.
      window.setTimeout(() => {
        for (const act of waiting.current.splice(0)) act();
      });
    };
    document.addEventListener("pointerdown", down, true);
    document.addEventListener("pointerup", up, true);
    document.addEventListener("pointercancel", up, true);
    return () => {
      document.removeEventListener("pointerdown", down, true);
      document.removeEventListener("pointerup", up, true);
      document.removeEventListener("pointercancel", up, true);
    };
  }, [isWatching]);
  return useCallback((act) => {
    if (isDown.current) waiting.current.push(act);
    else act();
  }, []);
}
