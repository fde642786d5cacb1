import type { Person } from "../../sandbox/slack";
import { APPROVALS } from "../kit/people";
import type { World } from "../kit/world";
import { click } from "../safety/attacks/crafted";
import { answers, askForAdmin, card, reveal, type ShownSecret, SWITCH_ON, secretMessages } from "./play";

/** An Admin key of that name that Dana asked for and Ann approved. */
export async function approvedKey(world: World): Promise<void> {
  const { dana, ann } = world;
  await askForAdmin(world, dana, "deploy");
  await ann.press("Approve", { in: APPROVALS });
  await dana.until("the approval", isCardSaying(dana, "approved by @ann"));
}

/** The same, its secret shown, and off. */
export async function offKey(world: World): Promise<ShownSecret> {
  await approvedKey(world);
  return reveal(world.dana, "deploy");
}

export const isCardSaying = (person: Person, words: string) => () => card(person, "deploy")?.text.includes(words);

export const isAnswered = (person: Person, words: string) => () => answers(person).some((text) => text.includes(words));

/** Presses the button below a secret; below the newest where none is named. */
export const pressOnSecret = ({ dana }: World, ts = secretMessages(dana).at(-1)?.ts ?? "") =>
  dana.press(SWITCH_ON, { in: dana.dm(), message: ts });

/** How often Tigris was asked for what has such a name. */
export const actions = ({ tigris }: World, name: RegExp) =>
  tigris.calls.filter(({ action }) => name.test(action)).length;

/** What a secret opens. */
export const may = async ({ tigris }: World, { accessKeyId, secret }: Pick<ShownSecret, "accessKeyId" | "secret">) =>
  (await tigris.use(accessKeyId, secret)).may;

/** The delivery and the request of the one key on record. */
export async function stored({ database }: World): Promise<{ deliveryId: string; requestId: string }> {
  const [row] = await database.rows<{ delivery_id: string; request_id: string }>("select * from keys");
  return { deliveryId: row?.delivery_id ?? "", requestId: row?.request_id ?? "" };
}

/** Sends what a button sends that no card of Dana's shows by now. */
export async function pressStale(world: World, actionId: string, value: string): Promise<void> {
  const { dana, slack } = world;
  const container = {
    type: "message",
    channel_id: dana.dm(),
    message_ts: card(dana, "deploy")?.ts,
    is_ephemeral: false,
  };
  const response_url = slack.newResponseUrl(dana.id, dana.dm());
  await slack.sendRaw("interaction", click(world, { id: dana.id }, actionId, value, { container, response_url }));
}
