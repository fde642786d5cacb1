import type { FaultHandle } from "../../../sandbox/faults";
import type { Person } from "../../../sandbox/slack";
import { answers, secretMessages } from "../../e2e/play";
import { APPROVALS } from "../../kit/people";
import { reached } from "../../kit/stand-ins";
import type { World } from "../../kit/world";

/** Something that one person does, held where the bot asks Slack who they are. */
export type Move = {
  name: string;
  /** Null for time that passes, and for what happens to an approver. */
  by: "dana" | "ann" | "bob" | null;
  /** What has to be on the screen before the race. */
  prepare?: (world: World) => Promise<void>;
  act: (world: World) => Promise<void>;
  /** How much of an answer there is: it grows when the answer comes. */
  answered: (world: World) => number;
};

const DAY = 24 * 3_600_000;

/** A response URL that is over by then: the answer comes into the DM instead. */
function noticesOf(person: Person): number {
  return person
    .screen()
    .filter(
      ({ text, isEphemeral, buttons }) =>
        !isEphemeral && buttons.length === 0 && /The time for this is over|This lapsed/.test(text),
    ).length;
}

const inChannel = (who: "ann" | "bob", label: string): Pick<Move, "by" | "prepare" | "act" | "answered"> => ({
  by: who,
  prepare: async (world) => {
    await world[who].until(label, () => hasButton(world[who], APPROVALS, label));
  },
  act: (world) => world[who].press(label, { in: APPROVALS }),
  answered: (world) => answers(world[who], APPROVALS).length + noticesOf(world[who]),
});

const inDm = (label: string): Pick<Move, "by" | "act" | "answered"> => ({
  by: "dana",
  act: (world) => world.dana.press(label, { in: world.dana.dm(), message: ({ isEphemeral }) => !isEphemeral }),
  answered: (world) => answers(world.dana).length + secretMessages(world.dana).length + noticesOf(world.dana),
});

function hasButton(person: Person, channel: string, label: string): boolean {
  return person.screen(channel).some(({ buttons }) => buttons.some((button) => button.label === label));
}

export const MOVES = {
  approve: { name: "approve", ...inChannel("ann", "Approve") },
  approveToo: { name: "approve by another", ...inChannel("bob", "Approve") },
  deny: {
    name: "deny",
    by: "bob",
    prepare: async ({ bob }) => {
      await bob.until("Deny", () => hasButton(bob, APPROVALS, "Deny"));
      await bob.press("Deny", { in: APPROVALS });
      await bob.until("the form", () => bob.modal()?.fields.Reason);
      await bob.fill({ Reason: "Editor will do" });
    },
    act: ({ bob }) => bob.submit(),
    answered: ({ bob }) =>
      /(You denied|approved this|cancelled this|lapsed|over)/.test(bob.modal()?.text ?? "") ? 1 : 0,
  },
  cancelRequest: { name: "cancel", ...inDm("Cancel request") },
  cancel: { name: "cancel", ...inDm("Cancel") },
  withdraw: { name: "withdraw", ...inChannel("bob", "Withdraw") },
  withdrawToo: { name: "withdraw by another", ...inChannel("ann", "Withdraw") },
  reveal: { name: "reveal", ...inDm("Reveal secret") },
  newSecret: { name: "new secret", ...inDm("New secret") },
  delete: { name: "delete", ...inDm("Delete key") },
  deleteByApprover: {
    name: "delete by an approver",
    by: "bob",
    prepare: async (world) => {
      const { bob, tigris } = world;
      const key = tigris.keys().find(({ name }) => name.startsWith("deploy-"));
      await bob.command(`/tigris-key delete ${key?.accessKeyId}`);
      await bob.until("the form", () => bob.modal()?.submit === "Delete key");
    },
    act: ({ bob }) => bob.submit(),
    answered: ({ bob }) =>
      /(You deleted|being deleted|was deleted|new secret right now|no longer)/.test(bob.modal()?.text ?? "") ? 1 : 0,
  },
  lapse: { name: "lapse", by: null, act: async ({ clock }) => clock.advance(DAY), answered: () => 1 },
  loseApprover: {
    name: "the approver losing the role",
    by: null,
    act: async ({ slack }) => slack.setGroup("SAPPROVE1", ["UBOB00001"]),
    answered: () => 1,
  },
} satisfies Record<string, Move>;

const IDS = { dana: "UDEV00001", ann: "UANN00001", bob: "UBOB00001" };

/** Begins a move, and holds it where the bot asks Slack who its person is. */
export async function begin(world: World, move: Move): Promise<FaultHandle | null> {
  if (move.by === null) return null;
  const id = IDS[move.by];
  const held = world.slack.faults.arm(
    { call: "users.info", match: ({ user }) => user === id },
    { kind: "hold", when: "before" },
  );
  await move.act(world);
  await reached(held);
  return held;
}
