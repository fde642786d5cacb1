/** By what a policy's file came to be read: the start of a process, or the signal that asks for it (SIGHUP). */
export type LoadedBy = "start" | "sighup";

/** What the record says when a file is to be put in force. Policies are told from each other by the digests of their texts. */
export type OnLoad = {
  /** The one in force; null where none ever was. */
  inForce: string | null;
  /** The one that was in force when the file was read, a moment ago. */
  seen: string | null;
  /** Whether the file's own was in force before, and another one came in its place. */
  wasReplaced: boolean;
};

/** What becomes of a policy's file: `load` puts it in force, everything else changes nothing. */
export type LoadDecision = "load" | "in_force" | "overtaken" | "replaced";

/**
 * Decides whether a file's policy is put in force. Of two that come at once the first one holds. What was replaced comes back
 * by somebody's signal only: a process that starts with yesterday's file does not bring yesterday back.
 */
export function decideLoad(digest: string, by: LoadedBy, { inForce, seen, wasReplaced }: OnLoad): LoadDecision {
  if (inForce === digest) return "in_force";
  if (inForce !== seen) return "overtaken";
  return by === "start" && wasReplaced ? "replaced" : "load";
}
