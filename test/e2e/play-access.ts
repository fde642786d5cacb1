import type { Person } from "../../sandbox/slack";
import { APPROVALS } from "../kit/people";
import type { World } from "../kit/world";
import { ask, card, keep, type ShownSecret } from "./play";
import { atTigris } from "./play-pause";

/** A key of Dana's for named buckets that is on. */
export async function namedKey(
  { dana }: World,
  { Permission, Buckets }: { Permission: "ReadOnly" | "Editor"; Buckets: string[] },
  keyName = "ci",
): Promise<ShownSecret> {
  await ask(dana, keyName, { Permission, Buckets });
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved"));
  await dana.close();
  await dana.until("the card", () => card(dana, keyName)?.buttons.some(({ label }) => label === "Show my secret"));
  return keep(dana, keyName);
}

/** The roles that a key has in Tigris, as "ReadOnly builds". */
export function rolesOf(world: World, shown: ShownSecret): string[] {
  return (atTigris(world, shown)?.bucketsRole ?? []).map(({ role, bucket }) => `${role} ${bucket}`).sort();
}

/** The card of the key itself, beside that of what is asked about it. */
export function keyCard(person: Person, keyName = "ci") {
  return person
    .screen()
    .findLast(
      ({ text, isEphemeral }) => !isEphemeral && /^(🔑 On|⏸️|⏹️|⚠️|⏳ Getting)/u.test(text) && text.includes(keyName),
    );
}

export const pressOnKey = (world: World, label: string, keyName = "ci") =>
  world.dana.press(label, { in: world.dana.dm(), message: keyCard(world.dana, keyName)?.ts ?? "" });

/** The card of the request for a wider access. */
export function requestCard(person: Person) {
  return person.screen().findLast(({ text, isEphemeral }) => !isEphemeral && /Wider access/.test(text));
}

/** Opens the form from the card of the key, and fills it in; nothing is sent yet. */
export async function openAccess(
  world: World,
  fields: { Permission?: string; Buckets?: string[]; "Bucket access"?: string },
  keyName = "ci",
): Promise<void> {
  const { dana } = world;
  await pressOnKey(world, "Change access", keyName);
  await dana.until("the form", () => dana.modal()?.fields.Permission);
  const { Permission, "Bucket access": scope, Buckets } = fields;
  if (Permission !== undefined) {
    await dana.fill({ Permission });
    if (Permission === "Admin") await dana.until("the form for Admin", () => !dana.modal()?.fields.Buckets);
  }
  if (scope !== undefined) {
    await dana.fill({ "Bucket access": scope });
    await dana.until("the other form", () => (scope === "all") === !dana.modal()?.fields.Buckets);
  }
  if (Buckets !== undefined) await dana.fill({ Buckets });
}

/** Has less access at once. */
export async function narrow(
  world: World,
  fields: Parameters<typeof openAccess>[1],
  says = "now, and no more",
): Promise<void> {
  const { dana } = world;
  await openAccess(world, fields);
  await dana.submit();
  await dana.until(says, () => dana.modal()?.text.includes(says));
  await dana.close();
}

/** Asks for more, which policy approves, up to its card. */
export async function askForMore(
  world: World,
  fields: Parameters<typeof openAccess>[1],
  keyName = "ci",
): Promise<void> {
  const { dana } = world;
  await openAccess(world, fields, keyName);
  await dana.until("that it is more", () => dana.modal()?.text.includes("This is more than it has"));
  await dana.submit();
  await dana.until("the approval", () => dana.modal()?.text.includes("is approved: press Switch the wider access on"));
  await dana.close();
  await dana.until("its card", () => requestCard(dana)?.text.startsWith("✅ Ready"));
}

/** Asks approvers for more, up to their card. */
export async function askApprovers(world: World, fields: Parameters<typeof openAccess>[1]): Promise<void> {
  const { dana, ann } = world;
  await openAccess(world, fields);
  await dana.until("the reason", () => dana.modal()?.fields.Reason);
  await dana.fill({ Reason: "Terraform makes the new buckets" });
  await dana.submit();
  await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
  await dana.close();
  await ann.until("the request", () => ann.screen(APPROVALS).some(({ text }) => text.includes("Wider access, as ")));
}

export const switchOnWider = (world: World) =>
  world.dana.press("Switch the wider access on", {
    in: world.dana.dm(),
    message: requestCard(world.dana)?.ts ?? "",
  });
