import type { Fault } from "../faults";
import type { Option } from "../slack/elements";
import type { Acts } from "../slack/person/api";
import type { KeyView } from "../tigris/organization";
import type { Power } from "../tigris/try-power";
import type { Use } from "../tigris/use";
import type { Directory } from "./directory";

export type BotStatus = {
  state: "starting" | "running" | "ended";
  exitCode: number | null;
  lines: string[];
  /** How far the time of the sandbox is ahead of this machine's. */
  aheadMs: number;
};

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

/** Signs calls with a pair: where it reaches, and which kinds of call work. */
export async function tryPair(pair: { accessKeyId: string; secretAccessKey: string }): Promise<Tried> {
  const use = await post<Use>("/sandbox/tigris/use", pair);
  return { use, power: await post<Power>("/sandbox/tigris/try", pair) };
}

export type Tried = { use: Use; power: Power };

export function armFault(side: Side, call: string, fault: Fault): Promise<unknown> {
  return post(FAULTS_AT[side], { call, fault });
}

export type Side = "slack" | "tigris";

/** What is armed on either side and has still to hit. */
export async function readFaults(): Promise<{ side: Side; call: string; fault: Fault }[]> {
  const sides = Object.entries(FAULTS_AT) as [Side, string][];
  const read = sides.map(async ([side, path]) => {
    const { waiting } = await get<{ waiting: { call: string; fault: Fault }[] }>(path);
    return waiting.map((one) => ({ side, ...one }));
  });
  return (await Promise.all(read)).flat();
}

const FAULTS_AT: Record<Side, string> = { slack: "/sandbox/faults", tigris: "/sandbox/tigris/faults" };

export function clearFaults(side: Side): Promise<unknown> {
  return asked(FAULTS_AT[side], { method: "DELETE" });
}

export function readBot(): Promise<BotStatus> {
  return get("/sandbox/bot");
}

export function controlBot(what: "kill" | "start"): Promise<BotStatus> {
  return post(`/sandbox/bot/${what}`, {});
}

/** Lets time pass, for the bot, Slack and Tigris at once. */
export function letPass(what: "hour" | "day"): Promise<BotStatus> {
  return post(`/sandbox/bot/pass-${what}`, {});
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
