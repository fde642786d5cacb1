import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import type { TigrisOptions } from "../../sandbox/tigris";
import type { TestDatabase } from "../kit/database";
import { ENDED_AT, type OlderVersion, writeOlderDatabase, writeOlderFile } from "../kit/older-versions";
import { APP, BUCKETS } from "../kit/people";
import { createWorld, type World } from "../kit/world";

const FOLDER = join(__dirname, "../fixtures/0.1.0");

export type Payload = { kind: "command" | "interaction"; payload: Record<string, unknown> };
export const PAYLOADS: Record<string, Payload> = JSON.parse(readFileSync(join(FOLDER, "payloads.json"), "utf8"));

/**
 * A world whose first bot finds the database of an older version, so many milliseconds after that version's bot ended.
 * @param look sees a copy of that database in SQLite, as the old bot left it. @returns where it is, if it was moved
 */
export async function createLaterWorld(
  version: Exclude<OlderVersion, "0.3.0">,
  afterMs: number,
  look: (file: string) => undefined | Promise<{ url: string }> = () => undefined,
): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), `tigris-key-bot-${version}-`));
  const old = join(folder, "bot.db");
  writeOlderFile(version, old);
  const moved = await look(old);
  const historyFile = join(folder, "history.json");
  writeFileSync(historyFile, JSON.stringify(historyOf(old)));
  const write = (database: TestDatabase) =>
    version === "0.1.0" ? writeOlderFile(version, database.file) : writeOlderDatabase(version, database);
  const world = await createWorld("http", {
    env: { MAX_KEYS_PER_USER: "100", ...(moved ? { DATABASE_URL: moved.url } : {}) },
    now: ENDED_AT[version] + afterMs,
    ...(moved ? {} : { database: write }),
    slack: { historyFile },
    tigris: { otherKeys: keysOf(old) },
  });
  const { stop } = world;
  world.stop = async () => {
    await stop();
    rmSync(folder, { recursive: true });
  };
  return world;
}

/** Rows of a database, from beside whoever writes it. */
export function rows<Row>(file: string, sql: string): Row[] {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare(sql).all() as Row[];
  } finally {
    db.close();
  }
}

export type Card = {
  keyName: string;
  requestId: string;
  channelId: string;
  ts: string;
  card: "requester" | "approvals";
};

/** Where the cards stood in Slack, as the first bot's database says. */
export function cardsOf(file: string): Card[] {
  // The first version kept the name in a column of its own.
  const [column] = rows(file, "select 1 from pragma_table_info('requests') where name = 'key_name'");
  const keyName = column ? "key_name" : "json_extract(asked_json, '$.keyName')";
  return ["requester", "approvals"].flatMap((card) =>
    rows<Card>(
      file,
      `select ${keyName} as keyName, id as requestId, '${card}' as card,
      ${card}_card_channel_id as channelId, ${card}_card_ts as ts from requests where ${card}_card_ts is not null`,
    ),
  );
}

/** What a card says that nobody has drawn again since the update. */
export const OLD_CARD = "A card of an older version";

/** An older copy of a card, of which the old bot still owed a drawing. */
export function copyIn(file: string): Pick<Card, "channelId" | "ts"> {
  const [owed] = rows<{ card: string }>(file, "select card from outbox where card like 'card_copy %'");
  const [, channelId = "", ts = ""] = owed?.card.split(" ") ?? [];
  return { channelId, ts };
}

/** Slack's memory of the cards and of the DMs that they stand in. */
function historyOf(file: string) {
  const places = [...cardsOf(file), copyIn(file)];
  const dms = new Set(places.map(({ channelId }) => channelId).filter((id) => id.startsWith("D")));
  return {
    dms: [...dms].map((id) => ({
      id,
      name: APP.botUserId,
      members: [`U${id.slice(1)}`, APP.botUserId],
      isPrivate: true,
    })),
    messages: places.map(({ channelId, ts }) => ({
      channelId,
      ts,
      authorId: APP.botUserId,
      text: OLD_CARD,
      blocks: [],
      earlierBlocks: [],
      threadTs: null,
      isEdited: false,
      onlyTo: null,
      pinged: [],
    })),
  };
}

/** The key that was made when nobody heard Tigris's answer any more. */
export const UNHEARD = "tid_unheard00000000000000000";

/** The keys that Tigris has: those on record, and those that the open attempts have made. */
function keysOf(file: string): NonNullable<TigrisOptions["otherKeys"]> {
  const held = rows<{ id: string | null; name: string; isOff: number }>(
    file,
    `select access_key_id as id, tigris_name as name, state = 'off' as isOff from keys where state <> 'deleted'
     union select access_key_id, tigris_name, 0 from attempts
     where kind = 'create' and phase in ('calling', 'delivering', 'discarding')`,
  );
  return held.map(({ id, name, isOff }) => ({
    name,
    accessKeyId: id ?? UNHEARD,
    secretAccessKey: `tsec_of_${name}_only_for_tests`,
    bucketsRole: isOff ? [] : [{ bucket: BUCKETS[0] ?? "", role: "ReadOnly" }],
  }));
}

/** Without marks, which the stand-in leaves out of notifications, and the zero-width spaces that take their effect. */
export const bare = (text: string): string => text.replaceAll(/[\u200B*`]/g, "");

/** How many posts said this as they were posted: a card that rang is drawn again since. */
export function postsOf(world: Pick<World, "slack">, text: string): number {
  return world.slack.calls.filter(
    ({ method, params }) => method === "chat.postMessage" && bare(String(params.text)).includes(bare(text)),
  ).length;
}
