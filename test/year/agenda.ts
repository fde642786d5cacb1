type Entry = { at: number; act: () => Promise<void> };

/** What people are going to do, in the order of time: a binary heap. */
export class Agenda {
  readonly #entries: Entry[] = [];

  /** When something is to be done next; never where there is nothing. */
  nextAt(): number {
    return this.#at(0);
  }

  add(at: number, act: () => Promise<void>): void {
    const entries = this.#entries;
    entries.push({ at, act });
    for (let child = entries.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (this.#at(parent) <= this.#at(child)) return;
      this.#swap(child, parent);
      child = parent;
    }
  }

  /** Takes what is to be done by then. @returns null where nothing is */
  take(at: number): Entry["act"] | null {
    const [first] = this.#entries;
    if (first === undefined || first.at > at) return null;
    const last = this.#entries.pop();
    if (last !== undefined && this.#entries.length > 0) {
      this.#entries[0] = last;
      this.#sink();
    }
    return first.act;
  }

  #sink(): void {
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      const child = this.#at(left + 1) < this.#at(left) ? left + 1 : left;
      if (this.#at(parent) <= this.#at(child)) return;
      this.#swap(parent, child);
      parent = child;
    }
  }

  #at(index: number): number {
    return this.#entries[index]?.at ?? Number.POSITIVE_INFINITY;
  }

  #swap(one: number, other: number): void {
    const entries = this.#entries;
    const [a, b] = [entries[one], entries[other]];
    if (a === undefined || b === undefined) return;
    entries[one] = b;
    entries[other] = a;
  }
}
