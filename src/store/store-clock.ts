import type { Clock } from "../workflow/clock";

/** The clock of the process that opens a store. `standsIn`: it stands in for that of a database server too, as in tests. */
export type StoreClock = Pick<Clock, "now" | "monotonicMs"> & { standsIn?: boolean };
