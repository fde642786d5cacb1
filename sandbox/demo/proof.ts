import { proves } from "./print";

export type Pair = { accessKeyId: string; secret: string };

/** Signs calls with a pair at the Tigris stand-in. @throws unless it may do just what it should */
export async function prove(
  tigrisUrl: string,
  pair: Pair,
  expected: { works: boolean; may?: string; mayNot?: string },
): Promise<void> {
  const { ok, may, error } = await ask<Use>(tigrisUrl, "use", pair);
  const { works } = expected;
  if (ok !== works) throw new Error(`${pair.accessKeyId}: works is ${ok}, not ${works} (${error})`);
  if (expected.may && !may.includes(expected.may)) throw new Error(`${pair.accessKeyId} can't ${expected.may}`);
  if (expected.mayNot && may.includes(expected.mayNot)) throw new Error(`${pair.accessKeyId} can ${expected.mayNot}`);
  proves(
    works
      ? `a call signed with ${pair.accessKeyId} works; it may ${may.join(", ")}`
      : `a call signed with ${pair.accessKeyId} is refused: ${error}`,
  );
}

/** Signs what opens something: getting, putting and listing objects, and making a key. @throws where one of them works */
export async function provePowerless(tigrisUrl: string, pair: Pair): Promise<void> {
  const { get, put, list, createKey } = await ask<Power>(tigrisUrl, "try", pair);
  if (get || put || list || createKey) throw new Error(`${pair.accessKeyId} has power`);
  proves(`get, put, list objects and CreateAccessKey signed with ${pair.accessKeyId} are refused`);
}

type Use = { ok: boolean; may: string[]; error: string | null };
type Power = { get: boolean; put: boolean; list: boolean; createKey: boolean };

async function ask<Answer>(tigrisUrl: string, what: "use" | "try", pair: Pair): Promise<Answer> {
  const response = await fetch(`${tigrisUrl}/sandbox/${what}`, {
    method: "POST",
    body: JSON.stringify({ accessKeyId: pair.accessKeyId, secretAccessKey: pair.secret }),
  });
  return (await response.json()) as Answer;
}
