import { useCallback, useEffect, useState } from "react";

/** Reads something again and again. @returns what was read last, null before, and how to read at once */
export function useRepeated<Value>(read: () => Promise<Value>, everyMs: number): [Value | null, () => void] {
  const [value, setValue] = useState<Value | null>(null);
  // What can't be read now is read the next time.
  const look = useCallback(() => void read().then(setValue, () => {}), [read]);
  useEffect(() => {
    look();
    const timer = window.setInterval(look, everyMs);
    return () => window.clearInterval(timer);
  }, [look, everyMs]);
  return [value, look];
}
