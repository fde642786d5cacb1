/**
 * The long tables of the tests repeat one path for every case. The usual runs play the rows that decide something of their own;
 * `npm run test:safety:all`, `test:postgres:all` and `test:browser:all` play all of them.
 */
export const playsAll = process.env.TESTS === "all";

/** The rows of a table that are played. @param decides which of them the usual runs play */
export function played<Row>(rows: readonly Row[], decides: (row: Row, index: number) => boolean | undefined): Row[] {
  return rows.filter((row, index) => playsAll || decides(row, index));
}
