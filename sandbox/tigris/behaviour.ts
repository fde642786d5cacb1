import { z } from "zod";

const CODE = z.string().regex(/^\w+$/).nullable();

/** How Tigris may behave where its documents leave it open, or where it is slow. */
const BEHAVIOUR = z.strictObject({
  /** Lists show keys, their roles and whether they are active as they were so many milliseconds ago, by the stand-in's clock. */
  listLagMs: z.number().nonnegative(),
  /** The code with which `*` is refused for every role but an admin's; null where it is taken. */
  refuseAllBuckets: CODE,
  /** The code with which the status Inactive is refused; null where it is taken. */
  refuseInactive: CODE,
  /** The status Inactive is taken, and changes nothing: the key works on, and lists show it as active. */
  ignoreInactive: z.boolean(),
  /** Of keys that are made, and secrets that are rotated, from now on. */
  pairs: z.enum(["short", "long", "alternating"]),
  /** Whom lists name as the maker of a key: the key that signed the call, a person, or nobody. */
  creator: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("key") }),
    z.strictObject({ kind: z.literal("person"), name: z.string().min(1) }),
    z.strictObject({ kind: z.literal("nobody") }),
  ]),
});

export type Behaviour = z.infer<typeof BEHAVIOUR>;

/** How it behaves unless it is told otherwise: as the documents say. */
export function usualBehaviour(): Behaviour {
  return {
    listLagMs: 0,
    refuseAllBuckets: null,
    refuseInactive: null,
    ignoreInactive: false,
    pairs: "short",
    creator: { kind: "key" },
  };
}

/** A change of the behaviour as it comes in over HTTP. @returns null where it is none */
export function readBehaviour(asked: unknown): Partial<Behaviour> | null {
  const read = BEHAVIOUR.partial().safeParse(asked);
  return read.success ? (read.data as Partial<Behaviour>) : null;
}
