import type { KeyState } from "../domain/key";
import type { RequestState } from "../domain/request";

/** Only `store/` writes these columns, from values of the same types. */
export const requestStateOf = (json: string): RequestState => JSON.parse(json);
export const keyStateOf = (json: string): KeyState => JSON.parse(json);

/** When an open request's time is over, or null where nothing lapses. */
export function lapsesAtOf(state: RequestState): number | null {
  return "lapsesAt" in state ? state.lapsesAt : null;
}
