import { type Refusal, refused } from "../domain/refusal";
import type { DmPlace, MessengerPort } from "./messenger-port";

/** Refuses to make what could not be shown: nothing is made, or replaced, for a DM that takes no post. */
export async function requireDm(
  { messenger }: { messenger: Pick<MessengerPort, "readyDm"> },
  place: DmPlace,
): Promise<Refusal | null> {
  const dm = await messenger.readyDm(place);
  switch (dm.kind) {
    case "ready":
      return null;
    case "unavailable":
      return refused("dm_unavailable", { slackCode: dm.reason });
    case "not_ready":
      return refused("dm_takes_no_post", { slackCode: dm.code });
  }
}
