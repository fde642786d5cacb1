import type { Person } from "../../sandbox/slack";
import { APPROVALS } from "../kit/people";
import { passUntil, until } from "../kit/until";
import type { World } from "../kit/world";
import { ADMIN_REASON, allSent, approvalsCard, ask, askForReadOnly, card, keep, type ShownSecret } from "./play";

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** An Admin key of somebody's that is on, with an approver's yes. */
export async function adminKey(world: World, person: Person, keyName: string): Promise<ShownSecret> {
  await ask(person, keyName, { Permission: "Admin", Reason: ADMIN_REASON });
  await person.until("the request", () => person.modal()?.text.includes("was sent to"));
  await person.close();
  const { ann } = world;
  await ann.until("the approvals card", () => approvalsCard(world, keyName));
  await ann.press("Approve", { in: APPROVALS, message: ({ text }) => text.includes(keyName) });
  await person.until("the approval", () =>
    card(person, keyName)?.buttons.some(({ label }) => label === "Show my secret"),
  );
  return keep(person, keyName);
}

/** A ReadOnly key of somebody's that is on. */
export async function readOnlyKey(person: Person, keyName: string): Promise<ShownSecret> {
  await askForReadOnly(person, keyName);
  return keep(person, keyName);
}

/** The card about somebody's keys that stands in the approvals channel now. */
export function leaverCards({ ann }: World) {
  return ann
    .screen(APPROVALS)
    .filter(({ text, isEphemeral }) => !isEphemeral && text.includes("Keys without an owner"));
}

/** Lets the second look come, ten minutes after the first one. */
export async function passLooks(world: World, what: string, isSo: () => unknown): Promise<void> {
  await until("the first look", async () => (await stateOf(world)) !== null);
  await allSent(world);
  await passUntil(what, async () => Boolean(await isSo()), {
    clock: world.clock,
    stepMs: 20_000,
    limitMs: 40_000,
  });
}

/** What the record says of whoever may have left; null where there is nobody. */
export async function stateOf({ database }: World): Promise<string | null> {
  const [row] = await database.rows<{ state: string }>("select state from leavers order by owner_id");
  return row?.state ?? null;
}

/** Somebody presses Take over, chooses all that is offered, and sends the form. */
export async function takeOver(person: Person, fields: Record<string, string> = {}): Promise<string> {
  await person.press("Take over", { in: APPROVALS, message: ({ text }) => text.includes("Keys without an owner") });
  await person.until("the form", () => person.modal()?.fields.Keys);
  await person.fill(fields);
  await person.submit();
  return person.until("how it went", () => {
    const text = person.modal()?.text;
    return text && !text.includes("Taking over") && !person.modal()?.fields.Keys ? text : null;
  });
}
