import type { People } from "../person";
import type { Policy } from "./rule";

/** Everybody whom a policy names: who may ask, who decides, who is told later, and who breaks the glass. */
export function peopleNamedIn({ rules, breakGlass }: Policy): People[] {
  const named = rules.flatMap(({ ask, decide, escalate }) => [ask, decide?.people, escalate?.to]);
  return [...named, breakGlass?.who].filter((people) => people !== null && people !== undefined);
}
