import type { Fault } from "../faults";
import type { Option } from "../slack/elements";
import type { Acts } from "../slack/person/api";
import type { KeyView } from "../tigris/organisation";
import type { Use } from "../tigris/use";
import type { Directory } from "./directory";

/** What the bot's process is at. */
export type BotStatus = { state: "starting" | "running" | "ended"; exitCode: number | null; lines: string[] };

export function readDirectory(): Promise<Directory> {
  return get("/sandbox/people");
}

/** Does something as somebody. @throws Error with what the stand-in refused */
export async function act<Name extends keyof Acts>(personId: string, name: Name, body: Acts[Name]): Promise<unknown> {
  const answer = await post<{ result: unknown }>(`/sandbox/people/${personId}/${name}`, body);
  return answer.result;
}

/** The options that the app suggests for a search. */
export async function suggest(personId: string, body: Acts["suggest"]): Promise<Option[]> {
  return (await act(personId, "suggest", body)) as Option[];
}

export async function readKeys(): Promise<KeyView[]> {
  return (await get<{ keys: KeyView[] }>("/sandbox/tigris/keys")).keys;
}

export function tryPair(pair: { accessKeyId: string; secretAccessKey: string }): Promise<Use> {
  return post("/sandbox/tigris/use", pair);
}

export function armFault(side: "slack" | "tigris", call: string, fault: Fault): Promise<unknown> {
  return post(side === "slack" ? "/sandbox/faults" : "/sandbox/tigris/faults", { call, fault });
}

export async function clearFaults(): Promise<void> {
  await Promise.all(["/sandbox/faults", "/sandbox/tigris/faults"].map((path) => asked(path, { method: "DELETE" })));
}

export function readBot(): Promise<BotStatus> {
  return get("/sandbox/bot");
}

export function controlBot(what: "kill" | "start"): Promise<BotStatus> {
  return post(`/sandbox/bot/${what}`, {});
}

function get<Answer>(path: string): Promise<Answer> {
  return asked<Answer>(path, {});
}

function post<Answer>(path: string, body: unknown): Promise<Answer> {
  return asked<Answer>(path, { method: "POST", body: JSON.stringify(body) });
}

async function asked<Answer>(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(path, init);
  const answer = (await response.json()) as Answer & { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `the sandbox answered ${response.status}`);
  return answer;
}
