/** What is measured of a bot at work; what is over its floor is a ratio. */
export type Speed =
  | "revealMedianMs"
  | "revealP95Ms"
  | "revealOverFloor"
  | "switchOnOverFloor"
  | "commandsPerSecond"
  | "cpuMsPerCommand";

export type Figure = Speed | "takeOverS";

/** What each round of a variant came to; null where this system can't tell. */
export type Measured = { name: string; rounds: Record<Figure, (number | null)[]> };

/**
 * A figure of one variant: the mean of its rounds. `noise` holds the variant against itself: every other round against
 * those between them, the larger mean ÷ the smaller one.
 */
export type Value = { name: string; rounds: (number | null)[]; mean: number | null; noise: number | null };

/** A figure of all variants. `ratios` are to the first variant, one for each that follows. */
export type Row = { figure: Figure; values: Value[]; ratios: (number | null)[] };

const LABELS: Record<Figure, { label: string; unit: string; digits: number }> = {
  revealMedianMs: { label: "reveal to secret, median", unit: "ms", digits: 1 },
  revealP95Ms: { label: "reveal to secret, 95 %", unit: "ms", digits: 1 },
  revealOverFloor: { label: "reveal to secret ÷ its floor", unit: "×", digits: 2 },
  switchOnOverFloor: { label: "I've saved it to roles ÷ its floor", unit: "×", digits: 2 },
  commandsPerSecond: { label: "commands a second", unit: "/s", digits: 0 },
  cpuMsPerCommand: { label: "CPU a command", unit: "ms", digits: 2 },
  takeOverS: { label: "killed, until taken over", unit: "s", digits: 1 },
};

/** Holds the variants of one run against each other, and each against itself. */
export function rowsOf(measured: readonly Measured[]): Row[] {
  return (Object.keys(LABELS) as Figure[]).map((figure) => {
    const values = measured.map(({ name, rounds }) => valueFrom(name, rounds[figure]));
    const [first, ...others] = values;
    return { figure, values, ratios: others.map(({ mean }) => ratio(mean, first?.mean ?? null)) };
  });
}

/** The rows as a table for people. */
export function tableOf(rows: readonly Row[]): string {
  const names = rows[0]?.values.map(({ name }) => name) ?? [];
  const [first, ...others] = names;
  const head = ["", ...names.flatMap((name) => [name, "noise"]), ...others.map((name) => `${name} ÷ ${first}`)];
  const lines = rows.map(({ figure, values, ratios }) => [
    LABELS[figure].label,
    ...values.flatMap(({ mean, noise }) => [shown(mean, figure), times(noise)]),
    ...ratios.map(times),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)));
  const padded = ([label = "", ...cells]: string[]) =>
    [label.padEnd(widths[0] ?? 0), ...cells.map((cell, index) => cell.padStart(widths[index + 1] ?? 0))].join("  ");
  return `${[head, ...lines].map((line) => padded(line).trimEnd()).join("\n")}\n`;
}

function valueFrom(name: string, rounds: (number | null)[]): Value {
  const halves = [0, 1].map((half) => meanOf(rounds.filter((_, index) => index % 2 === half)));
  const [one = null, other = null] = halves;
  const noise = one !== null && other !== null && one < other ? ratio(other, one) : ratio(one, other);
  return { name, rounds, mean: meanOf(rounds), noise };
}

function meanOf(rounds: (number | null)[]): number | null {
  const known = rounds.filter((round) => round !== null);
  return known.length === 0 ? null : known.reduce((sum, round) => sum + round, 0) / known.length;
}

function ratio(one: number | null, other: number | null): number | null {
  return one === null || other === null || other === 0 ? null : one / other;
}

function shown(value: number | null, figure: Figure): string {
  const { unit, digits } = LABELS[figure];
  return value === null ? "unknown" : `${value.toFixed(digits)} ${unit}`;
}

function times(value: number | null): string {
  return value === null ? "unknown" : `× ${value.toFixed(2)}`;
}
