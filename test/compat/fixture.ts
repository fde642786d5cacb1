import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import type { TigrisOptions } from "../../sandbox/tigris";
import { APP, BUCKETS } from "../kit/people";
import { createWorld, type World } from "../kit/world";

const FOLDER = join(__dirname, "../fixtures/0.1.0");

/** When the bot that wrote the database came to its end. */
export const ENDED_AT = Date.UTC(2026, 10, 25, 8, 55);

export type Payload = { kind: "command" | "interaction"; payload: Record<string, unknown> };
export const PAYLOADS: Record<string, Payload> = JSON.parse(readFileSync(join(FOLDER, "payloads.json"), "utf8"));

/**
 * A world whose first bot finds the database of version 0.1.0, so many milliseconds later.
 * @param look sees a copy of that database, as the old bot left it
 */
export async function createLaterWorld(afterMs: number, look: (file: string) => void = () => {}): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "tigris-key-bot-0.1.0-"));
  const old = join(folder, "bot.db");
  writeDatabase(old);
  look(old);
  const historyFile = join(folder, "history.json");
  writeFileSync(historyFile, JSON.stringify(historyOf(old)));
  const world = await createWorld("http", {
    env: { MAX_KEYS_PER_USER: "100" },
    now: ENDED_AT + afterMs,
    database: writeDatabase,
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

function writeDatabase(file: string): void {
  const db = new Database(file);
  db.exec(readFileSync(join(FOLDER, "bot.db.sql"), "utf8"));
  db.close();
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

const CARDS = ["requester", "approvals"].map(
  (card) => `select key_name as keyName, id as requestId, '${card}' as card,
    ${card}_card_channel_id as channelId, ${card}_card_ts as ts from requests where ${card}_card_ts is not null`,
);

/** Where the cards stood in Slack, as the first bot's database says. */
export function cardsOf(file: string): Card[] {
  return CARDS.flatMap((sql) => rows<Card>(file, sql));
}

/** What a card says that nobody has drawn again since the update. */
export const OLD_CARD = "A card of version 0.1.0";

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
  const held = rows<{ id: string | null; name: string }>(
    file,
    `select access_key_id as id, tigris_name as name from keys where state <> 'deleted'
     union select access_key_id, tigris_name from attempts
     where kind = 'create' and phase in ('calling', 'delivering', 'discarding')`,
  );
  return held.map(({ id, name }) => ({
    name,
    accessKeyId: id ?? UNHEARD,
    secretAccessKey: `tsec_of_${name}_only_for_tests`,
    bucketsRole: [{ bucket: BUCKETS[0] ?? "", role: "ReadOnly" }],
  }));
}
