import { ACTIONS } from "../../../src/slack/ids";
import { APPROVALS } from "../../kit/people";
import { NOT_APPROVER, type Odd, UNKNOWN_REQUEST, UNREADABLE } from "./odd";
import { odd } from "./odd-click";
import type { Stage } from "./stage";

/** Where the answer goes, and where the click says that it came from. */
export const ODD_PLACES: Odd[] = [
  ...["http://192.0.2.1/answer", "file:///etc/passwd", "not an address", "javascript:alert(1)"].map((address) =>
    odd(
      `an answer to ${address}`,
      ACTIONS.reveal,
      ({ approved }: Stage) => approved,
      UNKNOWN_REQUEST,
      () => ({
        response_url: address,
      }),
    ),
  ),
  odd("an answer to a list", ACTIONS.approve, "x", UNREADABLE, () => ({ response_url: ["https://example.com"] })),
  odd("no address for an answer", ACTIONS.approve, null, UNREADABLE, () => ({ response_url: null })),
  odd(
    "a card that stands elsewhere",
    ACTIONS.approve,
    ({ pending }: Stage) => pending,
    NOT_APPROVER,
    () => ({
      container: { type: "message", channel_id: APPROVALS, message_ts: "1.1", is_ephemeral: false },
    }),
  ),
];
