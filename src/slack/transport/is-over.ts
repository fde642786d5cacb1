/**
 * Waits for a promise that never rejects, for a while. These are limits of the network's, so the machine's timers measure
 * them, not the clock that is passed in.
 * @param signal ends the wait at once when it aborts
 * @returns whether it is settled
 */
export async function isOver(work: Promise<unknown>, withinMs: number, signal?: AbortSignal): Promise<boolean> {
  let stopWaiting = (): void => {};
  const waited = new Promise<false>((resolve) => {
    stopWaiting = () => resolve(false);
  });
  const timer = setTimeout(stopWaiting, withinMs);
  signal?.addEventListener("abort", stopWaiting, { once: true });
  if (signal?.aborted) stopWaiting();
  const isSettled = await Promise.race([work.then(() => true), waited]);
  clearTimeout(timer);
  signal?.removeEventListener("abort", stopWaiting);
  return isSettled;
}
