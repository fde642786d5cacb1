import { lookPauseMs, releaseLease, type SwitchWork } from "../../domain/attempt";
import { isOpenTimeOver } from "../../domain/due";
import { refused } from "../../domain/refusal";
import { hasRolesOf } from "../../domain/roles";
import { step } from "../step";
import type { KeyRead, ReadFailure } from "../tigris-port";
import { type CallDefinition, keyIdOf } from "./call";
import { closeOn, type GrantFacts, grantFacts, overtaken, switchedKey, whatHolds } from "./switch-on";

/**
 * `ListAccessKeys` of the one key, where setting its roles got no answer: where it shows them, the key is on. Where it does not,
 * its owner may press again at once, and the list is read a few times more.
 */
export const lookAtSwitch: CallDefinition<SwitchWork, KeyRead | ReadFailure, GrantFacts> = {
  power: "reads",
  make: async ({ tigris }, held) => ({ answer: await tigris.readKey(keyIdOf(held)) }),
  facts: grantFacts,
  after: (held, answer, { at, facts }) => {
    const { attempt } = held;
    const key = switchedKey(held);
    if (key === null) return overtaken(held, facts, at);
    if (answer.kind === "there" && hasRolesOf(answer.key.roles, key.access)) return closeOn(held, key, { at, facts });
    // When its time is over, nothing waits for another look.
    const pauseMs = isOpenTimeOver(key.state.until, at) ? null : lookPauseMs(attempt.tries);
    const next = { ...attempt, tries: attempt.tries + 1, nextAt: at + (pauseMs ?? 0) };
    return step("bot", {
      attempt: {
        to:
          pauseMs === null
            ? { ...attempt, work: { kind: "switch_on" as const, phase: "unanswered" as const } }
            : releaseLease(next),
      },
      say: refused("switch_unanswered", { keyName: key.keyName }),
    });
  },
  late: (recorded) => step("bot", { say: whatHolds(recorded) }),
};
