import type { People } from "../person";
import type { Policy } from "./rule";

/** Where a policy names somebody: a rule, or the break glass. */
export type Place = { kind: "rule"; name: string } | { kind: "break_glass" };

/** Everybody whom a policy names, and where. */
export function namedIn({ rules, breakGlass }: Policy): { people: People; place: Place }[] {
  return [
    ...rules.flatMap(({ name, ask, decide, escalate }) =>
      [ask, decide?.people, escalate?.to].flatMap((people) => (people ? [{ people, place: rulePlace(name) }] : [])),
    ),
    ...(breakGlass ? [{ people: breakGlass.who, place: { kind: "break_glass" } as const }] : []),
  ];
}

function rulePlace(name: string): Place {
  return { kind: "rule", name };
}
