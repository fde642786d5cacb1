import type { Work } from "../../src/domain/attempt";
import { emptyStore, type Filled, newAttempt, newRequest } from "./filled";

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

/** Writes as another version might have. */
const execute = (sql: string) => filled.database.execute(sql);

const WORKS: { [Kind in Work["kind"]]: Extract<Work, { kind: Kind }>["phase"][] } = {
  create: [
    "calling",
    "delivering",
    "searching",
    "posted",
    "unclear",
    "undelivered",
    "found",
    "not_found",
    "refused",
    "ambiguous",
    "discarded",
  ],
  rotate: ["calling", "delivering", "posted", "secret_unknown", "refused", "gone", "overtaken"],
  delete: ["looking", "calling", "deleted", "raised"],
  switch_on: ["calling", "looking", "on", "refused", "unanswered", "overtaken"],
  pause: ["calling", "looking", "revoking", "watching", "paused", "overtaken"],
  resume: ["giving", "calling", "looking", "resumed", "refused", "unanswered", "overtaken"],
  list_made: ["looking", "listed"],
  change_access: [
    "taking",
    "watching",
    "giving",
    "looking",
    "narrowed",
    "widened",
    "refused",
    "unanswered",
    "overtaken",
  ],
};

test.each(Object.entries(WORKS).flatMap(([kind, phases]) => phases.map((phase) => [kind, phase] as const)))(
  "an attempt to %s that is %s is read as it was written",
  async (kind, phase) => {
    const { number, tigrisName } = { number: 1, tigrisName: "name-a1" };
    const work = (kind === "create" ? { kind, number, tigrisName, phase } : { kind, phase }) as Work;
    const { clickId, ...attempt } = newAttempt("a1", "r1", { accessKeyId: "tid_1", work });
    await filled.store.transact(async (tx) => {
      await tx.requests.insert(newRequest("r1"));
      await tx.attempts.insert({ ...attempt, clickId });
    });
    expect(await filled.store.read((record) => record.attempts.find("a1"))).toEqual(attempt);
  },
);

test("an attempt whose phase is none of its kind is an error that names it", async () => {
  await filled.store.transact(async (tx) => {
    await tx.requests.insert(newRequest("r1"));
    await tx.attempts.insert(newAttempt("a1", "r1"));
  });
  await execute("update attempts set phase = 'dreaming'");
  const find = filled.store.read((record) => record.attempts.find("a1"));
  await expect(find).rejects.toMatchObject({ code: "unknown_shape", row: "attempts a1" });
});
