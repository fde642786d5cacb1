import type { Key } from "../../domain/key";
import { hasEnded, isPaused } from "../../domain/key";
import { BUTTONS } from "../words/labels";
import type { ButtonSpec } from "./button";
import { STOPS_AT_ONCE } from "./delete-button";

/** The ids of the two buttons at one place, and what the first one says there, where it stands among what is no key's. */
type PauseIds = { pause: string; resume: string; label?: string };

/**
 * The buttons that keep a key from working, and let it work again, wherever they stand.
 * What has ended works no more.
 * @param by as whom their reader would hold it: what is paused by somebody else, or being resumed, can be held by them too
 */
export function pauseButtons(key: Key, ids: PauseIds, by: "owner" | "approver"): ButtonSpec[] {
  if (hasEnded(key)) return [];
  const isHeld = key.pause.holds.some(({ kind }) => kind === by);
  return [
    ...(isPaused(key) ? [resumeButton(key, ids.resume)] : []),
    ...(isHeld ? [] : [pauseButton(key, ids.pause, ids.label)]),
  ];
}

export function resumeButton({ keyName, accessKeyId: value }: Key, actionId: string): ButtonSpec {
  return { label: BUTTONS.resume, actionId, value, spoken: `${BUTTONS.resume} ${keyName}` };
}

/** The button that opens the form for what a key opens. @param actionId names the place where it stands */
export function changeAccessButton({ keyName, accessKeyId: value }: Key, actionId: string): ButtonSpec {
  const label = BUTTONS.changeAccess;
  return { label, actionId, value, spoken: `${label} of ${keyName}` };
}

/** The button that keeps a key from working. @param actionId names the place where it stands */
export function pauseButton(
  { keyName, accessKeyId: value }: Pick<Key, "keyName" | "accessKeyId">,
  actionId: string,
  label: string = BUTTONS.pause,
): ButtonSpec {
  return {
    label,
    actionId,
    value,
    spoken: `${label} ${keyName}`,
    confirm: {
      title: `${BUTTONS.pause} ${keyName}?`,
      text: `${STOPS_AT_ONCE} ${BUTTONS.resume} lets them work again, with the same secret.`,
      yes: BUTTONS.pause,
    },
  };
}

/** The button with which its holder says that they have a secret that was shown. @param actionId names the place where it stands */
export function savedButton(delivery: { id: string; keyName: string; isOff: boolean }, actionId: string): ButtonSpec {
  const label = delivery.isOff ? BUTTONS.savedSwitchOn : BUTTONS.saved;
  const spoken = `${label}: the secret of ${delivery.keyName}`;
  return { label, actionId, value: delivery.id, style: "primary", spoken };
}
