import { createTestDatabase, type TestDatabase } from "../kit/database";
import { runYear } from "./year";

/** A year of a company of 500 people where that is asked for (`npm run year`); else two months of a small one. */
const WHOLE = { people: 500, days: 365, down: { from: 200, to: 210 } };
const SMALL = { people: 25, days: 70, down: { from: 40, to: 50 } };
const isWhole = process.env.YEAR === "whole";
const LIMIT_MS = 600_000;

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.remove());

test(
  "a company lives with the bot, and no key works that nobody is to hold",
  async () => {
    const startedAt = performance.now();
    const { errors, ...year } = await runYear({ database, seed: 1, ...(isWhole ? WHOLE : SMALL) });
    const tookS = Math.round((performance.now() - startedAt) / 1_000);
    if (isWhole) process.stdout.write(`${JSON.stringify({ tookS, ...year }, null, 2)}\n`);
    expect(year.holderless).toEqual([]);
    expect(errors).toEqual([]);
  },
  LIMIT_MS,
);
