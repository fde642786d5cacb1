import type { ChannelProblem } from "../../domain/refusal";
import { channel, type Sentence } from "./sentence";

/** Why the approvals channel can't be posted to. */
export function channelWords({ code, channelId }: ChannelProblem): Sentence {
  switch (code) {
    case "not_found":
      return ["I'm not in the approvals channel: invite me there."];
    case "not_member":
      return ["I'm not in ", channel(channelId), ": invite me there."];
    case "archived":
      return ["The approvals channel ", channel(channelId), " is archived."];
    case "shared":
      return ["The approvals channel ", channel(channelId), " is shared with another organization."];
  }
}
