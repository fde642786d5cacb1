import { DAY_MS } from "../../src/domain/limits";

const WEEK_MS = 7 * DAY_MS;

/** Counts messages in the DMs of people, by person and week. */
export class MessageCount {
  readonly #start: number;
  readonly #counts = new Map<string, number>();
  readonly #days = new Map<number, number>();
  inChannel = 0;

  constructor(start: number) {
    this.#start = start;
  }

  note(userId: string, at: number): void {
    const week = `${userId} ${Math.floor((at - this.#start) / WEEK_MS)}`;
    this.#counts.set(week, (this.#counts.get(week) ?? 0) + 1);
    const day = Math.floor((at - this.#start) / DAY_MS);
    this.#days.set(day, (this.#days.get(day) ?? 0) + 1);
  }

  /** How many all people got on one day. @param day from 0 on */
  onDay(day: number): number {
    return this.#days.get(day) ?? 0;
  }

  /** Over the weeks in which somebody got any. */
  perPersonAndWeek(): { weeks: number; median: number; most: number } {
    const counts = [...this.#counts.values()].sort((one, other) => one - other);
    return { weeks: counts.length, median: counts[Math.floor(counts.length / 2)] ?? 0, most: counts.at(-1) ?? 0 };
  }
}
