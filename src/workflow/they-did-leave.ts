import { HELD_BACK_AT_ONCE, isLeaverIn, type Leaver, theyDidLeave } from "../domain/leaver";
import type { Actor } from "../domain/person";
import { refused } from "../domain/refusal";
import { type ChangePorts, change } from "./change";
import { type CheckPorts, requireApprover } from "./check-person";
import { done, type Outcome } from "./outcome";
import { NO_CHANGE, step } from "./step";

/**
 * An approver says that everybody who was held back until a moment did leave: their keys are looked after from then on.
 * @param click `until`: when they read of it; who was held back later is nothing that they could mean
 */
export async function confirmLeft(
  ports: ChangePorts & CheckPorts,
  { actor, until }: { actor: Actor; until: number },
): Promise<Outcome> {
  const may = await requireApprover(ports, actor);
  if (may.kind === "refused") return may;
  const byId = actor.userId;
  const count = await eachHeldBack(ports, { isTold: null, until }, (before, at) =>
    step(byId, {
      leaver: { ownerId: before.ownerId, before, to: theyDidLeave(before.state, { at, byId }), dueAt: at },
      events: [{ name: "leaver.left", actorId: byId, outcome: `${before.ownerId} confirmed` }],
      tell: [{ kind: "leaver_card", ownerId: before.ownerId, isNews: true }],
    }),
  );
  return count === 0 ? refused("nobody_held_back") : done("did_leave", { count });
}

/** Approvers were asked about everybody who is held back now. */
export async function noteHeldBackTold(ports: ChangePorts): Promise<void> {
  const until = ports.store.now();
  await eachHeldBack(ports, { isTold: false, until }, (before, at) =>
    step("bot", {
      leaver: { ownerId: before.ownerId, before, to: { ...before.state, toldAt: at } },
      events: [{ name: "leaver.told", actorId: "bot", outcome: before.ownerId }],
    }),
  );
}

type HeldBackLeaver = Leaver<Extract<Leaver["state"], { kind: "held_back" }>>;

/** Does something to each of those who are held back, a few at a time. @returns to how many it did */
async function eachHeldBack(
  ports: ChangePorts,
  query: { isTold: false | null; until: number },
  decide: (leaver: HeldBackLeaver, at: number) => ReturnType<typeof step>,
): Promise<number> {
  let count = 0;
  for (;;) {
    const some = await ports.store.read((record) => record.leavers.heldBack({ ...query, limit: HELD_BACK_AT_ONCE }));
    let changed = 0;
    for (const { ownerId } of some) {
      const written = await change(ports, {
        about: null,
        alone: { people: [ownerId] },
        facts: async (record) => record.leavers.find(ownerId),
        decide: (_recorded, at, leaver) => (isLeaverIn(leaver, "held_back") ? decide(leaver, at) : NO_CHANGE),
      });
      if (written.kind === "changed" && written.step !== NO_CHANGE) changed += 1;
    }
    count += changed;
    if (some.length < HELD_BACK_AT_ONCE || changed === 0) return count;
  }
}
