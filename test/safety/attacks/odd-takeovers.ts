import { CALLBACKS } from "../../../src/slack/ids";
import { OWN_KEY } from "../../kit/people";
import { type CraftedView, openView, submission } from "./crafted";
import { takeoverValues } from "./forms";
import { DANA, type Odd, UNKNOWN_KEY, UNREADABLE } from "./odd";
import type { Stage } from "./stage";

type Taking = { about: unknown; values: unknown };

function odd(name: string, made: (stage: Stage) => Taking, reads: Odd["reads"]): Odd {
  return {
    name,
    kind: "interaction",
    make: async (world, stage, from) => {
      const view = { id: await openView(world, from), callbackId: CALLBACKS.takeover, ...made(stage) };
      return submission(world, from, view as CraftedView);
    },
    reads,
  };
}

const take = (about: unknown, keys: unknown): Taking => ({ about, values: takeoverValues(keys) });

/** Keys of people who have not left, as if they had; and of those who have, as if they were others'. */
export const ODD_TAKEOVERS: Odd[] = [
  odd("a key of somebody who is there", ({ key }) => take(DANA.id, [key]), UNKNOWN_KEY),
  odd("a key of somebody who is there, as of who left", ({ left, key }) => take(left, [key]), UNKNOWN_KEY),
  odd("a key of who left, as of somebody who is there", ({ leftKey }) => take(DANA.id, [leftKey]), UNKNOWN_KEY),
  odd("a made-up key of who left", ({ left }) => take(left, ["tid_made_up"]), UNKNOWN_KEY),
  odd("the bot's own key to be taken over", ({ left }) => take(left, [OWN_KEY.accessKeyId]), UNKNOWN_KEY),
  odd("no key to be taken over", ({ left }) => take(left, []), /Choose at least one/),
  odd(
    "eleven keys",
    ({ left }) =>
      take(
        left,
        Array.from({ length: 11 }, (_, at) => `tid_${at}`),
      ),
    UNREADABLE,
  ),
  ...["", {}, null, "x".repeat(101), "__proto__"].map((about, index) =>
    odd(`keys of a person of a wrong kind (${index + 1})`, ({ leftKey }) => take(about, [leftKey]), UNREADABLE),
  ),
  ...[null, "text", {}, [{}], ["x".repeat(151)]].map((keys, index) =>
    odd(`keys of a wrong kind (${index + 1})`, ({ left }) => take(left, keys), UNREADABLE),
  ),
];
