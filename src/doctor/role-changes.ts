import type { Access } from "../domain/permission";
import type { Opened } from "../workflow/tigris-port";
import type { Examining, Looked } from "./examine";
import { asExpected, differs, type Finding, notSettled, whyNot } from "./finding";

type Given = Extract<Access, { permission: "ReadOnly" | "Editor" }>;

/** Whether a key takes roles, shows them, and opens what they say. */
export async function rolesGiven(at: Examining, about: string, access: Given): Promise<Finding> {
  const answer = await at.tigris.setRoles(at.accessKeyId, access);
  if (answer.kind === "lost") return notSettled(about, `Setting them got ${whyNot(answer)}.`);
  if (answer.kind !== "changed")
    return differs(about, `Tigris does not take them (${whyNot(answer)}): ${WITHOUT[access.buckets.kind]}`);
  const wanted = rolesOf(access);
  const { isShown } = await at.listed((looked) => hasRoles(looked, wanted));
  if (!isShown) return differs(about, "Tigris took them, but the list of the key does not show them.");
  // The last one is no other's role than that of all buckets, where there are two.
  const bucket = access.buckets.kind === "all" ? at.buckets.at(-1) : at.buckets[0];
  if (bucket === undefined) return notSettled(about, "Set, and shown by the list. There is no bucket to try them on.");
  const { last } = await at.watch(
    () => at.trial.opens(bucket),
    ({ kind }) => kind === "opened",
  );
  return last.kind === "opened"
    ? asExpected(about, "Set, shown by the list, and the key opens a bucket by them.")
    : differs(about, `Set, and shown by the list, but the key opens no bucket (${codeOf(last)}).`);
}

const WITHOUT = {
  all: "the bot asks for buckets by their names instead.",
  named: "the bot could switch no key on.",
} as const;

/** Whether all roles of a key can be taken away. */
export async function rolesTaken(at: Examining): Promise<Finding> {
  const about = "Roles taken away";
  const answer = await at.tigris.setRoles(at.accessKeyId, null);
  if (answer.kind === "lost") return notSettled(about, `Taking them got ${whyNot(answer)}.`);
  if (answer.kind !== "changed")
    return differs(about, `Tigris does not take an empty list (${whyNot(answer)}): such a key could only be deleted.`);
  const { isShown } = await at.listed((looked) => hasRoles(looked, []));
  if (!isShown) return differs(about, "Tigris took it, but the list of the key still shows roles.");
  const [bucket] = at.buckets;
  if (bucket === undefined) return notSettled(about, "The list shows none. There is no bucket to try it on.");
  const { last } = await at.watch(
    () => at.trial.opens(bucket),
    ({ kind }) => kind === "denied",
  );
  return last.kind === "denied"
    ? asExpected(about, `The list shows none, and the key opens no bucket (${last.code}).`)
    : differs(about, `The list shows none, but the key was not refused in a bucket (${codeOf(last)}).`);
}

function rolesOf({ permission, buckets }: Given): { bucket: string; role: string }[] {
  const names = buckets.kind === "all" ? ["*"] : buckets.names;
  return names.map((bucket) => ({ bucket, role: permission }));
}

function hasRoles(looked: Looked, wanted: readonly { bucket: string; role: string }[]): boolean {
  if (looked.kind !== "there" || looked.key.roles.length !== wanted.length) return false;
  return wanted.every(({ bucket, role }) => looked.key.roles.some((one) => one.bucket === bucket && one.role === role));
}

/** What a signed call came to, for the reader. */
export function codeOf(opened: Opened): string {
  switch (opened.kind) {
    case "opened":
      return "it works";
    case "denied":
      return opened.code;
    case "unavailable":
      return opened.reason;
  }
}
