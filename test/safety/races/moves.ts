import type { FaultHandle } from "../../../sandbox/faults";
import type { Person } from "../../../sandbox/slack";
import { ACTIONS } from "../../../src/slack/ids";
import { answers, SWITCH_ON, secretMessages } from "../../e2e/play";
import { APPROVALS, GENERAL } from "../../kit/people";
import { reached } from "../../kit/stand-ins";
import type { World } from "../../kit/world";
import { click } from "../attacks/crafted";

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
const IDS = { dana: "UDEV00001", ann: "UANN00001", bob: "UBOB00001" };

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

const inDm = (label: string, message?: (world: World) => string): Pick<Move, "by" | "act" | "answered"> => ({
  by: "dana",
  act: (world) =>
    world.dana.press(label, { in: world.dana.dm(), message: message?.(world) ?? (({ isEphemeral }) => !isEphemeral) }),
  answered: answeredDana,
});

/** A secret that went while it was answered still counts. */
function answeredDana({ dana, slack }: World): number {
  const posted = slack.calls.filter(
    ({ method, endedAt, params }) =>
      method === "chat.postEphemeral" && endedAt !== null && JSON.stringify(params).includes("Save this now"),
  );
  const said = [...answers(dana), ...answers(dana, GENERAL)].filter(
    (text) => !text.includes("so I try with this line first"),
  );
  return said.length + posted.length + noticesOf(dana);
}

/** A click on a card that was not drawn again yet, or in a list. */
const elsewhere = (
  by: "dana" | "bob",
  actionId: string,
  column: "id from requests" | "access_key_id as id from keys order by tigris_name desc",
): Pick<Move, "by" | "act" | "answered"> => ({
  by,
  act: async (world) => {
    const [row] = await world.database.rows<{ id: string }>(`select ${column}`);
    await world.slack.sendRaw("interaction", click(world, { id: IDS[by] }, actionId, row?.id));
  },
  answered: (world) => (by === "dana" ? answeredDana(world) : answers(world.bob, GENERAL).length),
});
const NEWEST_KEY = "access_key_id as id from keys order by tigris_name desc";

const secretAt = (index: number) => (world: World) => secretMessages(world.dana).at(index)?.ts ?? "";

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
      /(You denied|approved this|canceled this|lapsed|over)/.test(bob.modal()?.text ?? "") ? 1 : 0,
  },
  cancelRequest: { name: "cancel", ...inDm("Cancel request") },
  cancel: { name: "cancel", ...inDm("Cancel") },
  withdraw: { name: "withdraw", ...inChannel("bob", "Withdraw") },
  withdrawToo: { name: "withdraw by another", ...inChannel("ann", "Withdraw") },
  reveal: { name: "reveal", ...inDm("Show my secret") },
  newSecret: { name: "new secret", ...inDm("New secret") },
  delete: { name: "delete", ...inDm("Delete key") },
  saved: { name: "switch on", ...inDm(SWITCH_ON, secretAt(-1)) },
  savedOnCard: { name: "switch on on its card", ...inDm(SWITCH_ON) },
  savedOlder: { name: "switch on with an older delivery", ...inDm(SWITCH_ON, secretAt(0)) },
  pause: { name: "pause", ...elsewhere("dana", ACTIONS.pauseKey, NEWEST_KEY) },
  pauseByApprover: { name: "pause by an approver", ...elsewhere("bob", ACTIONS.pauseApproved, NEWEST_KEY) },
  resume: { name: "resume", ...inDm("Resume") },
  cancelElsewhere: { name: "cancel on an older card", ...elsewhere("dana", ACTIONS.cancel, "id from requests") },
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
