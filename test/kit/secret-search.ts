import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Something that must not hold a secret, under the name that a finding gives it. */
export type Place = { name: string; content: unknown };

/**
 * Looks for secrets in everything that a value holds: own properties, hidden ones and symbols included, getters' values,
 * errors' causes, maps, sets, buffers, and what is inside texts, also as base64, URL-encoded or JSON.
 * @returns where each one was found, as paths; empty where none was
 */
export function findSecrets(secrets: readonly string[], places: readonly Place[]): string[] {
  const forms = secrets.filter((secret) => secret.length >= 8).flatMap(formsOf);
  const found: string[] = [];
  const seen = new Set<unknown>();
  for (const place of places) walk(place.content, place.name);
  return found;

  function walk(value: unknown, path: string): void {
    if (typeof value === "string") note(value, path);
    if (value === null || (typeof value !== "object" && typeof value !== "function")) return;
    if (seen.has(value)) return;
    seen.add(value);
    if (ArrayBuffer.isView(value)) {
      note(Buffer.from(value.buffer, value.byteOffset, value.byteLength), path);
      return;
    }
    if (value instanceof Map) for (const [key, entry] of value) walk([key, entry], `${path}.entry`);
    if (value instanceof Set) for (const entry of value) walk(entry, `${path}.entry`);
    for (const key of Reflect.ownKeys(value)) {
      if (typeof key === "string") note(key, `${path} (a property's name)`);
      walk(contentOf(value, key), `${path}.${String(key)}`);
    }
  }

  function note(text: string | Buffer, path: string): void {
    if (forms.some((form) => text.includes(form))) found.push(path);
  }
}

/** Every file of a database: itself, its write-ahead log and its index. */
export function databaseBytes(file: string): Place[] {
  const names = readdirSync(dirname(file)).filter((name) => name.startsWith(basename(file)));
  return names.map((name) => ({ name: `database file ${name}`, content: readFileSync(join(dirname(file), name)) }));
}

function formsOf(secret: string): string[] {
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.from(" ".repeat(shift) + secret).toString("base64");
    // The first and last characters depend on what stands around the secret.
    return encoded.slice(4, -4);
  });
  return [...new Set([secret, encodeURIComponent(secret), Buffer.from(secret).toString("hex"), ...base64])];
}

function contentOf(holder: object, key: string | symbol): unknown {
  const property = Reflect.getOwnPropertyDescriptor(holder, key);
  if (property && "value" in property) return property.value;
  try {
    return Reflect.get(holder, key);
  } catch {
    // A getter that throws gives nothing to look at.
    return undefined;
  }
}
