import { click } from "./crafted";
import { ANN, DANA, type Odd } from "./odd";
import type { Stage } from "./stage";

type Change = (stage: Stage) => Record<string, unknown>;

/** A click on a button of a message. @param more fields that replace the right ones */
export function odd(
  name: string,
  actionId: string,
  value: unknown | ((stage: Stage) => unknown),
  reads: Odd["reads"],
  more: Change = () => ({}),
): Odd {
  return {
    name,
    kind: "interaction",
    make: (world, stage, from) => {
      const about: unknown = typeof value === "function" ? value(stage) : value;
      return click(world, from, actionId, about, more(stage));
    },
    reads,
  };
}

export const byAnn = (one: Odd): Odd => ({ ...one, from: ANN });
export const byDana = (one: Odd): Odd => ({ ...one, from: DANA });
