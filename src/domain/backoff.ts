/**
 * How long to wait before the next try, in milliseconds: `firstMs` after the first failure, twice as long after each
 * further one, `mostMs` at most (exponential backoff).
 * @param failures in a row, from 1 on
 */
export function backoffMs(failures: number, { firstMs, mostMs }: { firstMs: number; mostMs: number }): number {
  return Math.min(firstMs * 2 ** (failures - 1), mostMs);
}
