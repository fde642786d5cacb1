import type { Access } from "../domain/permission";
import type { People } from "../domain/person";
import type { Expectation } from "../domain/policy/policy-test";

/** Words that the commands about policies share. */

/** "3 rules". */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** "a, b and c". */
export function listed(all: readonly string[]): string {
  return all.length < 2 ? all.join() : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

export function peopleInWords({ users, groups }: People): string {
  return [...users, ...groups].join(", ");
}

export function accessInWords({ permission, buckets }: Access): string {
  if (permission === "Admin") return permission;
  return `${permission} for ${buckets.kind === "all" ? "all buckets" : listed(buckets.names)}`;
}

/** As it stands in a file. */
export function expectationInWords(expectation: Expectation): string {
  if (expectation.kind !== "approvals") return expectation.kind;
  return `{ ${Object.entries(expectation.counts)
    .map(([name, count]) => `${name}: ${count}`)
    .join(", ")} }`;
}
