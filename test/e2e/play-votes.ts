import type { Person, ShownMessage } from "../../sandbox/slack";
import type { Rule } from "../../src/domain/policy/rule";
import { APPROVALS, APPROVERS_GROUP } from "../kit/people";
import { people, rule, type SteeredPolicy, steeredPolicy } from "../kit/steered-policy";
import { until } from "../kit/until";
import { type World, worldForEach } from "../kit/world";
import { ADMIN_REASON, approvalsCard, ask } from "./play";

const DAY = 86_400_000;

/** Two of the storage team decide about media, Eve about logs, and nobody about builds. Ann is in the team twice. */
export const TWO = { people: { users: ["UANN00001"], groups: [APPROVERS_GROUP] }, count: 2 };
export const MEDIA: Rule = rule(
  "production data",
  { buckets: ["media-*"] },
  { decide: TWO, lasts: { defaultMs: 7 * DAY, longestMs: 30 * DAY } },
);
export const LOGS: Rule = rule("logs", { buckets: ["logs"] }, { decide: { people: people("UEVE00001"), count: 1 } });
export const BUILDS: Rule = rule("builds", { permissions: ["ReadOnly"], buckets: ["builds"] });
export const TEAMS = [MEDIA, LOGS, BUILDS];

/** A world whose bot goes by a policy that the test changes. */
export function votesForEach(take: (world: World, policy: SteeredPolicy) => void): void {
  const steered = steeredPolicy(TEAMS);
  const port = { inForce: () => steered.inForce() };
  worldForEach({ mode: "socket", overrides: { policy: port } }, (world) => {
    steered.rules = TEAMS;
    take(world, steered);
  });
}

/** Asks for an Editor key on some buckets, up to its cards. */
export async function askForEditor(world: World, keyName: string, ...buckets: string[]): Promise<void> {
  const { dana, ann } = world;
  await ask(dana, keyName, { Permission: "Editor", Buckets: buckets, Reason: ADMIN_REASON });
  await dana.until("the request", () => dana.modal()?.text.includes("was sent to"));
  await dana.close();
  await ann.until("the approvals card", () => approvalsCard(world, keyName));
}

/** Presses Approve on the newest card, up to what the card says then. */
export async function approve(world: World, person: Person, says: string): Promise<void> {
  await pressOnCard(person, "Approve");
  await person.until(`a card that says ${says}`, () => cardText(world).includes(says));
}

/** Presses a button of the newest card, or of the one of a key, as soon as it is there. */
export async function pressOnCard(person: Person, label: string, keyName = ""): Promise<void> {
  const isCard = ({ threadTs, buttons, text }: ShownMessage) =>
    !threadTs && text.includes(keyName) && buttons.some((button) => button.label === label);
  await person.until(`a card with ${label}`, () => person.screen(APPROVALS).some(isCard));
  await person.press(label, { in: APPROVALS, message: isCard });
}

/** The newest card in the approvals channel. */
export function cardText({ ann }: World): string {
  return ann.screen(APPROVALS).findLast(({ threadTs, isEphemeral }) => !threadTs && !isEphemeral)?.text ?? "";
}

/** What a request is in the record. */
export async function stateOf({ database }: World): Promise<{ state: string; state_json: string }> {
  const [row] = await database.rows<{ state: string; state_json: string }>("select state, state_json from requests");
  if (!row) throw new Error("something was asked for");
  return row;
}

export async function isIn(world: World, state: string): Promise<void> {
  await until(`a request that is ${state}`, async () => (await stateOf(world)).state === state);
}
