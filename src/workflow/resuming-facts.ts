import type { Reads } from "./store-port";

/**
 * What a click that may give a paused key its power again has to know at its decision: whether it was sent twice, and whether the
 * key's power is still being taken.
 */
export function resumingFacts({ accessKeyId, clickId }: { accessKeyId: string; clickId: string }) {
  return async (record: Reads): Promise<{ isRepeated: boolean; isPauseOpen: boolean }> => ({
    isRepeated: (await record.attempts.findByClick(clickId)) !== null,
    isPauseOpen: await record.attempts.hasOpenPause(accessKeyId),
  });
}
