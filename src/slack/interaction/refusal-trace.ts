import { MAX_REFUSALS_COUNTED, REFUSED_LOGGED_EVERY_MS } from "../../domain/limits";
import type { Refusal, RefusalCode } from "../../domain/refusal";
import type { Clock } from "../../workflow/clock";
import type { Log } from "../../workflow/ports";

/** What somebody tried, and what it was about, as far as that is an id of ours. Nothing that somebody typed is in it. */
export type Deed = {
  /** Null where the payload does not say who. */
  actor: string | null;
  /** The id of the button, select or form, or the word of the command. */
  verb: string;
  about: Partial<Record<"requestId" | "accessKeyId" | "deliveryId", string>>;
};

/** Notes that somebody was refused something; with a whole refusal also the code of Slack's or Tigris's behind it. */
export type NoteRefusal = (deed: Deed, refusal: Refusal | RefusalCode | "malformed" | "rate_limited") => void;

type Noted = { loggedAt: number; unlogged: number; deed: Deed; code: string; said: string | null };

/** Codes of Slack's and Tigris's: people read what they mean. */
const CODE = /^[\w.]{1,80}$/;

function saidIn(refusal: Parameters<NoteRefusal>[1]): string | null {
  if (typeof refusal === "string") return null;
  const { about } = refusal;
  const said = "slackCode" in about ? about.slackCode : "tigrisCode" in about ? about.tigrisCode : "";
  return CODE.test(said) ? said : null;
}

/**
 * Leaves a line in the log for what was refused: of each person and code one at once, then one line now and then that
 * counts the others. Nobody can fill the log, or this memory, by trying again and again.
 */
export function createRefusalTrace(clock: Pick<Clock, "now">, log: Pick<Log, "info">): NoteRefusal {
  // Whoever was logged longest ago comes first.
  const noted = new Map<string, Noted>();
  const write = ({ deed: { actor, verb, about }, code, said }: Noted, times: number) =>
    log.info({ event: "refused", actor, verb, code, ...(said === null ? {} : { said }), ...about, times });

  return (deed, refusal) => {
    const at = clock.now();
    const code = typeof refusal === "string" ? refusal : refusal.code;
    const said = saidIn(refusal);
    const key = `${deed.actor} ${code}`;
    const before = noted.get(key);
    if (before && isRecent(before, at)) {
      before.unlogged += 1;
      before.deed = deed;
      before.said = said;
    } else {
      const now = { loggedAt: at, unlogged: 0, deed, code, said };
      noted.delete(key);
      noted.set(key, now);
      write(now, (before?.unlogged ?? 0) + 1);
    }
    for (const [old, one] of noted) {
      if (isRecent(one, at) && noted.size <= MAX_REFUSALS_COUNTED) return;
      noted.delete(old);
      if (one.unlogged > 0) write(one, one.unlogged);
    }
  };
}

/** A clock that was set back makes nothing recent for longer than it should be. */
function isRecent({ loggedAt }: Noted, at: number): boolean {
  return Math.abs(at - loggedAt) < REFUSED_LOGGED_EVERY_MS;
}

/** An access key id of Tigris's, or an id of ours. */
const ID = /^(?:tid_[\w-]{1,120}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** An id that a payload names, for the log; nothing where it is none: whoever crafts a payload writes what they like. */
export function aboutId(kind: keyof Deed["about"], id: string | null): Deed["about"] {
  return id !== null && ID.test(id) ? { [kind]: id } : {};
}

/** What a button's value names: the first word of its id says it. */
export function aboutButton(actionId: string, value: string): Deed["about"] {
  switch (actionId.split("_")[0]) {
    case "request":
      return aboutId("requestId", value);
    case "key":
    case "keys":
      return aboutId("accessKeyId", value);
    case "delivery":
      return aboutId("deliveryId", value);
    default:
      return {};
  }
}
