import { quantile } from "../../bench/quantile";
import { type Measured, rowsOf, tableOf } from "../../bench/report";

function measured(name: string, commandsPerSecond: number[], cpuMsPerCommand: number | null): Measured {
  return {
    name,
    rounds: {
      revealMedianMs: [10, 30],
      revealP95Ms: [40, 40],
      revealOverFloor: [1.1, 1.1],
      switchOnOverFloor: [1.02, 1.06],
      commandsPerSecond,
      cpuMsPerCommand: [cpuMsPerCommand, cpuMsPerCommand],
      takeOverS: [61, 61],
    },
  };
}

const rows = rowsOf([measured("SQLite", [80, 100, 120, 100], 2), measured("PostgreSQL", [50, 50, 50, 50], 3)]);

test("a variant is held against the first one, and against itself by every other round", () => {
  expect(rows.find(({ figure }) => figure === "commandsPerSecond")).toEqual({
    figure: "commandsPerSecond",
    values: [
      { name: "SQLite", rounds: [80, 100, 120, 100], mean: 100, noise: 1 },
      { name: "PostgreSQL", rounds: [50, 50, 50, 50], mean: 50, noise: 1 },
    ],
    ratios: [0.5],
  });
  expect(rows.find(({ figure }) => figure === "revealMedianMs")?.values[0]).toMatchObject({ mean: 20, noise: 3 });
});

test("what a system can't tell is unknown, and no number", () => {
  const [sqlite, postgres] = [measured("SQLite", [100, 100], null), measured("PostgreSQL", [50, 50], 3)];
  const row = rowsOf([sqlite, postgres]).find(({ figure }) => figure === "cpuMsPerCommand");
  expect(row).toMatchObject({
    values: [
      { mean: null, noise: null },
      { mean: 3, noise: 1 },
    ],
    ratios: [null],
  });
  const reversed = rowsOf([postgres, sqlite]).find(({ figure }) => figure === "cpuMsPerCommand");
  expect(reversed?.ratios).toEqual([null]);
  expect(tableOf(rowsOf([sqlite, postgres]))).toMatch(/CPU a command +unknown +unknown +3\.00 ms +× 1\.00 +unknown\n/);
});

test("the table names each figure with its unit, its noise and its ratio", () => {
  const table = tableOf(rows);
  expect(table).toMatch(/^ +SQLite +noise +PostgreSQL +noise +PostgreSQL ÷ SQLite\n/);
  expect(table).toMatch(/I've saved it to roles ÷ its floor +1\.04 × +× 1\.04 +1\.04 × +× 1\.04 +× 1\.00\n/);
  expect(table).toMatch(/commands a second +100 \/s +× 1\.00 +50 \/s +× 1\.00 +× 0\.50\n/);
});

test("a quantile is a value that was measured", () => {
  const values = Array.from({ length: 20 }, (_, index) => 20 - index);
  expect([quantile(values, 0.5), quantile(values, 0.95), quantile([7], 0.95)]).toEqual([10, 19, 7]);
});
