import { z } from "zod";

/**
 * What all stored shapes share. Each aggregate has its shapes in a file of its own, with those of older versions. `v` is the
 * version of a shape, 1 where it is not said; a newer one than this version knows is an error like any other that does not fit.
 */
const SHAPE_VERSION = 4;
const versioned = z.object({ v: z.number().int().min(1).max(SHAPE_VERSION).optional() });

export const at = z.number().int();
export const text = z.string();
export const maybe = z.string().nullable();

/** Something stored that no version up to this one writes. It names the row, and holds nothing of what is in it. */
export class UnknownShape extends Error {
  readonly code = "unknown_shape";
  readonly retry = "never";
  /** The table and the id of the row. */
  readonly row: string;

  constructor(row: string) {
    super(`the row ${row} has a shape that this version does not know`);
    this.name = "UnknownShape";
    this.row = row;
  }
}

/** Reads a row; null where it has an unknown shape, which somebody is told of. */
export function orUnreadable<Read>(read: () => Read, onUnreadable: (row: string) => void): Read | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnknownShape)) throw error;
    onUnreadable(error.row);
    return null;
  }
}

/** Reads what is stored of `row`. @throws UnknownShape where it does not fit */
export function stored<Shape>(shape: z.ZodType<Shape>, json: unknown, row: string): Shape {
  const { data, success } = shape.safeParse(json);
  if (!success) throw new UnknownShape(row);
  return data;
}

/** Reads what is stored of `row` as JSON. @throws UnknownShape where it is none, or does not fit */
export function fromJson<Shape>(shape: z.ZodType<Shape>, json: string, row: string): Shape {
  const value = parsed(json, row);
  stored(versioned, value, row);
  return stored(shape, value, row);
}

/** Reads a list that is stored of `row` as JSON; it has no version. @throws UnknownShape where it is none, or does not fit */
export function fromList<Shape>(shape: z.ZodType<Shape[]>, json: string, row: string): Shape[] {
  return stored(shape, parsed(json, row), row);
}

function parsed(json: string, row: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new UnknownShape(row);
  }
}

/** As JSON, with the version of its shape. */
export function toJson(value: object): string {
  return JSON.stringify({ v: SHAPE_VERSION, ...value });
}
