/** The votes of versions that took one person's yes. */
type Old = { kind: string; approverId?: string; access?: unknown };
type Was = { kind?: string; approval?: { by: Old; at: number } | null } & Record<string, unknown>;

const NO_RULING = { rules: [], lasts: { defaultMs: null, longestMs: null } };

/** The state of a request that a version before 0.6.0 left, as it is read since then: one person's approval is one vote. */
export function sinceVotes(was: Was): Record<string, unknown> {
  const waits = { votes: [], narrowed: null, ruling: NO_RULING, back: null, escalatesAt: null, escalated: [] };
  if (was.kind === "pending") return { ...was, ...waits };
  if (!was.approval) return was;
  const { by, at } = was.approval;
  const people = { kind: "people", votes: [{ approverId: by.approverId, at, rules: [] }], access: by.access ?? null };
  const approval = { by: by.kind === "policy" ? by : people, at, ruling: NO_RULING, isAnew: false };
  return { ...was, approval };
}

/** The cover of a key's next secret, in a state of such a version. */
export function sinceVotesOfKey(state: unknown): unknown {
  if (typeof state !== "object" || state === null) return state;
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => [name, name === "cover" ? coverSince(value) : sinceVotesOfKey(value)]),
  );
}

function coverSince(cover: { approverId: string; until: number } | null): unknown {
  if (cover === null) return null;
  const { approverId, until } = cover;
  return { votes: [{ approverId, at: until, rules: [] }], askedAt: until, until };
}
