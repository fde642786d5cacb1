import { Document, isMap, visit } from "yaml";
import type { People } from "../domain/person";
import type { Lasts, Policy, Rule } from "../domain/policy/rule";
import { HOUR, MINUTE, SECOND } from "../domain/units";
import { NONE } from "./values";

/** Writes a policy as the file that `readPolicyFile` reads. It has no tests: nobody has said yet what is expected of it. */
export function writePolicyFile({ rules, maxKeysPerUser, breakGlass }: Policy): string {
  const written = {
    rules: rules.map(writtenRule),
    maxKeysPerUser,
    ...(breakGlass && {
      breakGlass: {
        who: writtenPeople(breakGlass.who),
        lasts: writtenTime(breakGlass.lastsMs),
        tell: breakGlass.tellChannelId,
      },
    }),
  };
  // Rules that name the same list would share it by an anchor, which is not read.
  const document = new Document(written, { aliasDuplicateObjects: false });
  visit(document, {
    Map: (_key, map, above) => {
      // What a rule or the break glass holds stands on one line each.
      map.flow = above.filter(isMap).length > 1;
    },
  });
  return document.toString({ lineWidth: 0 });
}

function writtenRule({ name, when, ask, decide, lasts, escalate }: Rule): Record<string, unknown> {
  return {
    name,
    when: {
      permission: when.permissions,
      ...(when.buckets && { buckets: when.buckets }),
      ...(when.allBuckets && { allBuckets: true }),
    },
    ...(ask && { ask: writtenPeople(ask) }),
    decide: decide === null ? NONE : { ...writtenPeople(decide.people), count: decide.count },
    ...(lasts && { lasts: writtenLasts(lasts) }),
    ...(escalate && { escalate: { after: writtenTime(escalate.afterMs), to: writtenPeople(escalate.to) } }),
  };
}

function writtenPeople({ users, groups }: People): Record<string, unknown> {
  return { ...(users.length > 0 && { users }), ...(groups.length > 0 && { groups }) };
}

function writtenLasts({ defaultMs, longestMs }: Lasts): Record<string, string> {
  return {
    ...(defaultMs !== null && { default: writtenTime(defaultMs) }),
    longest: longestMs === null ? NONE : writtenTime(longestMs),
  };
}

const UNITS = [
  [24 * HOUR, "d"],
  [HOUR, "h"],
  [MINUTE, "m"],
] as const;

/** A time as it is written in settings, in the largest unit that says it exactly. */
export function writtenTime(ms: number): string {
  const [unitMs, letter] = UNITS.find(([size]) => ms >= size && ms % size === 0) ?? [SECOND, "s"];
  return `${ms / unitMs}${letter}`;
}
