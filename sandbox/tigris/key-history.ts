import type { StoredKey } from "./organization";

type Change = { at: number; accessKeyId: string; key: StoredKey | null };

/** What keys were at each moment, for lists that lag behind. */
export class KeyHistory {
  #changes: Change[] = [];

  /** Notes what a key is from a moment on. */
  note(key: StoredKey, at: number): void {
    this.#changes.push({ at, accessKeyId: key.accessKeyId, key: { ...key } });
  }

  noteGone(accessKeyId: string, at: number): void {
    this.#changes.push({ at, accessKeyId, key: null });
  }

  /** Forgets a key, as if it had never been there. */
  forget(gone: string): void {
    this.#changes = this.#changes.filter(({ accessKeyId }) => accessKeyId !== gone);
  }

  /** The keys as they were at a moment. */
  asOf(moment: number): StoredKey[] {
    const keys = new Map<string, StoredKey>();
    for (const { at, accessKeyId, key } of this.#changes) {
      if (at > moment) continue;
      if (key) keys.set(accessKeyId, key);
      else keys.delete(accessKeyId);
    }
    return [...keys.values()];
  }
}
