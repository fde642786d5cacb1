import { APP, ROOT_KEY } from "../sandbox/run/workspace";
import { signatureHeaders } from "../sandbox/tigris/signature";
import { ask, reveal, switchOn } from "./play";
import { quantile } from "./quantile";
import type { Stage } from "./stage";

/** About what the real ones take to answer, so that what the bot adds is held against what people wait for anyway. */
const SLACK_MS = 60;
const TIGRIS_MS = 80;

/** How many people reveal and switch on in a round; each one waits for its own floor. */
const PEOPLE = 6;

const WRITES = ["CreateAccessKeyWithBucketsRole", "UpdateAccessKeyWithBucketsRole"];

/**
 * What the bot takes from a click to its effect, over the least that it can take: one `users.info` and one call of IAM, sent
 * from here to the same stand-ins in between.
 */
export async function measureOverFloor(
  stage: Stage,
  round: number,
): Promise<{ revealOverFloor: number; switchOnOverFloor: number }> {
  const { slack, tigris, revealers } = stage;
  const { accessKeyId } = tigris.controls.addKey(`floor-${round}`, []);
  const [reveals, switches, floors]: [number[], number[], number[]] = [[], [], []];
  const delayed = [
    slack.faults.arm({ call: "users.info", times: Number.MAX_SAFE_INTEGER }, delay(SLACK_MS)),
    ...WRITES.map((call) => tigris.faults.arm({ call, times: Number.MAX_SAFE_INTEGER }, delay(TIGRIS_MS))),
  ];
  try {
    for (const person of revealers.slice(0, PEOPLE)) {
      const name = `key-delayed-${round}`;
      await ask(person, name);
      reveals.push(await reveal(stage, person, name));
      floors.push(await floor(stage, accessKeyId));
      switches.push(await switchOn(stage, person, name));
      floors.push(await floor(stage, accessKeyId));
    }
  } finally {
    for (const handle of delayed) handle.release();
    tigris.controls.removeKey(accessKeyId);
  }
  const least = quantile(floors, 0.5);
  return { revealOverFloor: quantile(reveals, 0.5) / least, switchOnOverFloor: quantile(switches, 0.5) / least };
}

const delay = (ms: number) => ({ kind: "delay", when: "before", ms }) as const;

/** @returns milliseconds for one look at a person and one change of a key, one after the other */
async function floor({ slack, tigris, revealers }: Stage, accessKeyId: string): Promise<number> {
  const [person] = revealers;
  const startedAt = performance.now();
  const looked = await fetch(new URL("users.info", slack.url), {
    method: "POST",
    headers: { authorization: `Bearer ${APP.botToken}`, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ user: person?.id ?? "" }).toString(),
  });
  const { ok } = (await looked.json()) as { ok: boolean };
  const url = new URL("/", tigris.iamUrl);
  const body = new URLSearchParams({
    Action: "UpdateAccessKeyWithBucketsRole",
    Req: JSON.stringify({ id: accessKeyId, buckets_role: [{ bucket: "builds", role: "ReadOnly" }] }),
  }).toString();
  const { host: _host, ...signed } = signatureHeaders({ method: "POST", url, body }, ROOT_KEY, "iam", Date.now());
  const headers = { ...signed, "content-type": "application/x-www-form-urlencoded" };
  const changed = await fetch(url, { method: "POST", headers, body });
  await changed.text();
  if (!ok || !changed.ok) throw new Error("the floor could not be measured");
  return performance.now() - startedAt;
}
