import { systemClock } from "../../src/clock";
import { createServiceClock } from "../../src/workflow/service-clock";

const nothing = () => {};

/** The machine's clock, and one of Tigris's that nobody has heard yet. */
export function timesOfTigris() {
  const log = { info: nothing, warn: nothing };
  return {
    clock: systemClock,
    tigrisTime: createServiceClock({ service: "Tigris", clock: systemClock, whose: "this machine", log }),
  };
}
