import { proves } from "./print";

export type Pair = { accessKeyId: string; secret: string };

/** Signs calls with a pair at the Tigris stand-in. @throws unless it may do just what it should */
export async function prove(
  tigrisUrl: string,
  pair: Pair,
  expected: { works: boolean; may?: string; mayNot?: string },
): Promise<void> {
  const response = await fetch(`${tigrisUrl}/sandbox/use`, {
    method: "POST",
    body: JSON.stringify({ accessKeyId: pair.accessKeyId, secretAccessKey: pair.secret }),
  });
  const use = (await response.json()) as { ok: boolean; may: string[]; error: string | null };
  const { works, may, mayNot } = expected;
  if (use.ok !== works) throw new Error(`${pair.accessKeyId}: works is ${use.ok}, not ${works} (${use.error})`);
  if (may && !use.may.includes(may)) throw new Error(`${pair.accessKeyId} can't ${may}`);
  if (mayNot && use.may.includes(mayNot)) throw new Error(`${pair.accessKeyId} can ${mayNot}`);
  proves(
    works
      ? `a call signed with ${pair.accessKeyId} works; it may ${use.may.join(", ")}`
      : `a call signed with ${pair.accessKeyId} is refused: ${use.error}`,
  );
}
