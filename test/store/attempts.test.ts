import type { Attempt, Work } from "../../src/domain/attempt";
import type { Tx } from "../../src/workflow/store-port";
import { emptyStore, type Filled, newAttempt, newKey, newRequest } from "./filled";

let filled: Filled;
beforeEach(async () => {
  filled = await emptyStore();
});
afterEach(() => filled.stop());

const transact = <Result>(work: (tx: Tx) => Promise<Result>) => filled.store.transact(work);

function existing<Found>(found: Found | null): Found {
  if (found === null) throw new Error("not in the store");
  return found;
}

describe("an attempt belongs to who holds its lease", () => {
  let read: Attempt;
  beforeEach(async () => {
    await transact(async (tx) => {
      for (const id of ["r1", "r2", "r3"]) await tx.requests.insert(newRequest(id));
      await tx.attempts.insert(newAttempt("a1", "r1"));
      await tx.attempts.insert(newAttempt("a2", "r2", { lease: { holder: "worker-1", until: 9_000 } }));
    });
    read = existing(await transact((tx) => tx.attempts.find("a1")));
  });

  const closed = (): Attempt => ({
    ...read,
    work: { kind: "create", number: 1, tigrisName: "name-a1", phase: "not_found" },
  });
  const take = (attempt: Attempt, at: number) =>
    transact((tx) => tx.attempts.takeOver(attempt, { holder: "worker-2", until: at + 1_000 }, at));

  test("its holder writes it, and nobody else", async () => {
    expect(await transact((tx) => tx.attempts.save({ ...read, tries: 1 }, "worker-2"))).toBe(false);
    expect(await transact((tx) => tx.attempts.save({ ...read, tries: 1 }, "worker-1"))).toBe(true);
    expect(await transact((tx) => tx.attempts.find("a2"))).toMatchObject({ tries: 0 });
  });

  test("nobody writes one that is closed", async () => {
    expect(await transact((tx) => tx.attempts.save(closed(), "worker-1"))).toBe(true);
    expect(await transact((tx) => tx.attempts.save(read, "worker-1"))).toBe(false);
    expect(await take(read, 5_000)).toBe(false);
  });

  test("it is taken over once, when its lease has run out, as it was read", async () => {
    expect(await take(read, 1_999)).toBe(false);
    expect(await take({ ...read, lease: { holder: "worker-0", until: 2_000 } }, 2_000)).toBe(false);
    expect(await take({ ...read, lease: { holder: "worker-1", until: 1_500 } }, 2_000)).toBe(false);
    expect(await take(read, 2_000)).toBe(true);
    expect(await take(read, 2_000)).toBe(false);
    expect(await transact((tx) => tx.attempts.save(read, "worker-1"))).toBe(false);
    expect((await transact((tx) => tx.attempts.find("a2")))?.lease.holder).toBe("worker-1");
  });

  test("one that only looks for what it may have left behind is none that its request waits for", async () => {
    const hasOpen = () => transact((tx) => tx.attempts.hasOpen("r1"));
    const searching = (limit: number) => transact((tx) => tx.attempts.searching(limit));
    expect([await hasOpen(), await searching(10)]).toEqual([true, []]);
    const given = { kind: "create", number: 1, tigrisName: "name-a1", phase: "searching" } as const;
    await transact((tx) => tx.attempts.save({ ...read, work: given }, "worker-1"));
    expect([await hasOpen(), await searching(10), await searching(0)]).toEqual([false, ["a1"], []]);
    await transact((tx) => tx.attempts.save({ ...read, work: { ...given, phase: "not_found" } }, "worker-1"));
    expect([await hasOpen(), await searching(10)]).toEqual([false, []]);
  });

  test.each<[Work, "in flight" | "open" | "no", isPause: boolean]>([
    [{ kind: "switch_on", phase: "calling" }, "in flight", false],
    [{ kind: "switch_on", phase: "looking" }, "open", false],
    [{ kind: "switch_on", phase: "on" }, "no", false],
    [{ kind: "resume", phase: "giving" }, "in flight", false],
    [{ kind: "resume", phase: "calling" }, "in flight", false],
    [{ kind: "resume", phase: "unanswered" }, "no", false],
    [{ kind: "rotate", phase: "calling" }, "in flight", false],
    [{ kind: "rotate", phase: "delivering" }, "in flight", false],
    [{ kind: "delete", phase: "calling" }, "no", false],
    [{ kind: "pause", phase: "calling" }, "no", true],
    [{ kind: "pause", phase: "revoking" }, "no", true],
    [{ kind: "pause", phase: "watching" }, "no", false],
    [{ kind: "pause", phase: "paused" }, "no", false],
  ])("%j is for its key as what gives power: %s, as a pause that is open: %s", async (work, grant, isPause) => {
    await transact((tx) => tx.attempts.insert(newAttempt("a3", "r3", { accessKeyId: "tid_r3", work })));
    const open = (id: string) =>
      transact(async ({ attempts }) => [
        await attempts.hasOpenGrant(id),
        await attempts.hasGrantInFlight(id),
        await attempts.hasOpenPause(id),
      ]);
    expect([await open("tid_r3"), await open("tid_r1")]).toEqual([
      [grant !== "no", grant === "in flight", isPause],
      [false, false, false],
    ]);
  });

  test("an id is recorded where a key or another attempt holds it", async () => {
    const isRecorded = (id: string, except: string) => transact((tx) => tx.attempts.isRecorded(id, except));
    await transact((tx) => tx.attempts.save({ ...read, accessKeyId: "tid_a1" }, "worker-1"));
    await transact((tx) => tx.keys.insert(newKey("r2")));
    expect(await isRecorded("tid_a1", "a1")).toBe(false);
    expect(await isRecorded("tid_a1", "a2")).toBe(true);
    expect(await isRecorded("tid_r2", "a1")).toBe(true);
    expect(await isRecorded("tid_new", "a1")).toBe(false);
  });
});
