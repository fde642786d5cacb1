import type { Person } from "../../sandbox/slack";
import { passUntil } from "../kit/until";
import type { World } from "../kit/world";
import { askForReadOnly, keep } from "./play";

/** What stands in somebody's Home. */
export const homeText = (person: Person): string => person.home()?.text ?? "";

/** Waits until a Home shows something. */
export const shows = (person: Person, words: string) => person.until(words, () => homeText(person).includes(words));

/** Lets time pass until a Home that is drawn by itself shows something. */
export function laterShows({ clock }: World, person: Person, words: string): Promise<boolean> {
  const seen = () => homeText(person);
  return passUntil(words, () => homeText(person).includes(words), { clock, stepMs: 1_000, seen });
}

export async function openHome(person: Person, words: string): Promise<void> {
  await person.openHome();
  await shows(person, words);
}

/** How often a Home was drawn. */
export function drawingsOf({ slack }: World, { id }: Person): number {
  return slack.calls.filter(({ method, params }) => method === "views.publish" && params.user_id === id).length;
}

/** The names of the keys that a Home lists. */
export function listedIn(person: Person): string[] {
  return [...homeText(person).matchAll(/^(\S+) · (?:ReadOnly|Editor|Admin) · /gm)].map(([, name]) => name ?? "");
}

/** Has keys made and switched on, one after the other. */
export async function makeKeys({ clock }: World, person: Person, ...names: string[]): Promise<void> {
  for (const name of names) {
    await askForReadOnly(person, name);
    await keep(person, name);
    clock.advance(60_000);
  }
}

/** Copies a key in the record so often, each a second older than the one before. */
export async function copyKey({ database }: World, name: string, times: number): Promise<void> {
  const same = "request_id, owner_id, reference, permission, buckets, endpoint, state, state_json, pause_json, version";
  for (let number = 1; number <= times; number++)
    await database.execute(
      `insert into keys (access_key_id, tigris_name, key_name, made_at, delivery_id, ${same})
       select access_key_id || '-${number}', tigris_name || '-${number}', 'copy-${number}', made_at - ${number}000,
         delivery_id || '-${number}', ${same} from keys where key_name = '${name}'`,
    );
}

export const copies = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `copy-${from + index}`);

/** Who looked at others' keys, as the record has it. */
export async function listings({ database }: World): Promise<string[]> {
  const rows = await database.rows<{ actor: string; outcome: string }>(
    "select actor_id as actor, outcome from events where name = 'keys.listed' order by id",
  );
  return rows.map(({ actor, outcome }) => `${actor} ${outcome}`);
}
