import type { Person } from "../../sandbox/slack";
import type { BreakGlass } from "../../src/domain/policy/rule";
import { APPROVERS_GROUP, GENERAL, LATER_APPROVALS } from "../kit/people";
import { people, rule, type SteeredPolicy, steeredPolicy } from "../kit/steered-policy";
import { type World, type WorldOptions, worldForEach } from "../kit/world";
import { card } from "./play";

export const HOUR = 3_600_000;
export const WHY = "Checkout is down and the last good build has to come out";

/** Dana is on call by her id, and the approvers' group is too. Bob and Ann decide about everything. */
export const GLASS: BreakGlass = {
  who: { users: ["UDEV00001"], groups: [APPROVERS_GROUP] },
  lastsMs: 4 * HOUR,
  tellChannelId: LATER_APPROVALS,
};
export const EVERYTHING = rule(
  "everything",
  {},
  { decide: { people: { users: [], groups: [APPROVERS_GROUP] }, count: 2 } },
);

/** A world whose policy names who may break the glass. */
export function glassForEach(
  take: (world: World, policy: SteeredPolicy) => void,
  overrides: WorldOptions["overrides"] = {},
): void {
  const steered = steeredPolicy([EVERYTHING]);
  const port = { inForce: () => steered.inForce() };
  worldForEach({ mode: "socket", overrides: { ...overrides, policy: port } }, (world) => {
    steered.rules = [EVERYTHING];
    steered.breakGlass = GLASS;
    take(world, steered);
  });
}

/** Who is on call, and nobody else: they are named by id. */
export const onCall = (...ids: string[]): BreakGlass => ({ ...GLASS, who: people(...ids) });

/** Opens the form, where it is not refused. */
export async function openGlass(person: Person, keyName = "deploy"): Promise<void> {
  await person.command(`/tigris-key break-glass ${keyName}`, { in: GENERAL });
  await person.until("the form", () => person.modal()?.fields.Reason);
}

/** Fills the form in and sends it. */
export async function sendGlass(person: Person, fields: Record<string, string | string[]> = {}): Promise<void> {
  await person.fill({ Permission: "Editor", Buckets: ["builds"], Reason: WHY, ...fields });
  await person.submit();
}

/** Breaks the glass, up to the card with the way to the secret. */
export async function breakIt(person: Person, keyName = "deploy"): Promise<void> {
  await openGlass(person, keyName);
  await sendGlass(person);
  await person.until("the approval", () => person.modal()?.text.includes("is approved"));
  await person.close();
  await person.until("its card", () => card(person, keyName)?.buttons.some(({ label }) => label === "Show my secret"));
}

/** What stands in the channel that is told, as Ann reads it. */
export function told({ ann }: World): string {
  return ann.screen(LATER_APPROVALS).findLast(({ isEphemeral }) => !isEphemeral)?.text ?? "";
}

/** What somebody was asked to review in their DM. */
export function questions(person: Person): string[] {
  return person
    .screen()
    .filter(({ isEphemeral, text }) => !isEphemeral && text.includes("without an approval"))
    .map(({ text }) => text);
}
