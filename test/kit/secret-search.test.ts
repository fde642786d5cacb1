import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { databaseBytes, findSecrets } from "./secret-search";

const SECRET = "tsec_Zx81/Qw+planted-7";
const search = (content: unknown) => findSecrets([SECRET], [{ name: "place", content }]);

test.each<[string, () => unknown]>([
  ["a text", () => `secret: ${SECRET}.`],
  ["a nested list", () => [{ a: [{ b: SECRET }] }]],
  ["a property's name", () => ({ [SECRET]: 1 })],
  ["a hidden property", () => Object.defineProperty({}, "$response", { value: { body: SECRET }, enumerable: false })],
  ["a symbol's property", () => ({ [Symbol("body")]: SECRET })],
  ["an error's message", () => new Error(SECRET)],
  ["an error's cause", () => new Error("failed", { cause: new Error(SECRET) })],
  [
    "a hidden property of an error",
    () => Object.defineProperty(new Error("x"), "$responseBodyText", { value: SECRET }),
  ],
  [
    "a getter",
    () => ({
      get body() {
        return SECRET;
      },
    }),
  ],
  ["a map", () => new Map([["a", SECRET]])],
  ["a set", () => new Set([SECRET])],
  ["bytes", () => Buffer.from(`...${SECRET}...`)],
  ["base64", () => Buffer.from(`x${SECRET}yy`).toString("base64")],
  ["a form body", () => `blocks=${encodeURIComponent(`[{"text":"${SECRET}"}]`)}`],
])("finds a secret planted in %s", (_where, plant) => {
  expect(search(plant())).not.toEqual([]);
});

test("finds nothing where there is nothing, loops included", () => {
  const loop: { self?: unknown; text: string } = { text: "tsec_… is what they begin with" };
  loop.self = loop;
  expect(search(loop)).toEqual([]);
});

test("reads all files of a database", () => {
  const file = join(mkdtempSync(join(tmpdir(), "secret-search-")), "bot.db");
  writeFileSync(file, "clean");
  writeFileSync(`${file}-wal`, `pages ${SECRET} pages`);
  expect(findSecrets([SECRET], databaseBytes(file))).toEqual(["database file bot.db-wal"]);
});
