import fc from "fast-check";
import type { Access } from "../../../src/domain/permission";
import type { People } from "../../../src/domain/person";
import { progressOf } from "../../../src/domain/progress";
import type { Request } from "../../../src/domain/request";
import { detailsView } from "../../../src/slack/approvals-card/details";
import { approvalsCard } from "../../../src/slack/approvals-card/view";
import { BY_ANN, policyOf, REQUESTS, SECRETS, secretIn, voteOf } from "../../domain/samples";
import { buttonsOf, rowsOf, smallOf } from "../reading";

const approvers = { users: ["UANN", "UBOB"], groups: ["S1"] };
const progressOn = (request: Request, people: People = approvers) =>
  progressOf(request, policyOf(["editor", "readonly"], people), 2_000);
const asker = { keys: { all: 2, admin: 1 }, denials: 0 };
const card = (request: Request) => approvalsCard({ request, key: null, asker, progress: progressOn(request) });
const labelsOf = (blocks: readonly unknown[]) => buttonsOf(blocks).map(({ label }) => label);
const asking = (request: Request, access: Access): Request => ({ ...request, asked: { ...request.asked, access } });
const on = (count: number): Access => ({
  permission: "Editor",
  buckets: { kind: "named", names: Array.from({ length: count }, (_, index) => `bucket-${index}`) },
});

describe("before somebody approves", () => {
  const questionOf = (request: Request) => buttonsOf(card(request).blocks)[0]?.asks;

  test("they read again who gets what, and why", () => {
    const [approve] = buttonsOf(card(REQUESTS.pending).blocks);
    expect(approve?.style).toBe("primary");
    expect(approve?.asks).toBe(
      "Approve deploy? Give <@UDEV> every bucket and key of the organization? Reason: “Nightly backups of the build server”",
    );
    expect(questionOf(asking(REQUESTS.pending, on(25)))).toContain("Editor on bucket-0, bucket-1 and 23 more?");
  });

  test("a reason that is too long is cut after a word, and markup in it stays what was typed", () => {
    const asked = questionOf({ ...REQUESTS.pending, reason: "*so* <!channel> long ".repeat(25) });
    expect(asked).toMatch(/(?: \u200B\*\u200Bso\u200B\*\u200B| &lt;!channel&gt;| long)…”$/);
    expect(asked).not.toContain("<!");
  });

  test("of a new secret, that the old one stops", () => {
    expect(questionOf(SECRETS.pending)).toContain(
      "a new secret of deploy, with every bucket and key of the organization? The old one stops when they press Show my secret.",
    );
  });
});

describe("what has no room on the card", () => {
  test.each([
    [1, "deploy · bucket-0", false],
    [3, "deploy · bucket-0, bucket-1, bucket-2", false],
    [4, "deploy · bucket-0, bucket-1 and 2 more", true],
    [25, "deploy · bucket-0, bucket-1 and 23 more", true],
  ])("of %i buckets", (count, said, isCut) => {
    const { blocks } = card(asking(REQUESTS.pending, on(count)));
    expect(rowsOf(blocks)[0]).toBe("@S1 @UANN @UBOB · Editor key for @UDEV");
    expect(rowsOf(blocks)[2]).toBe(said);
    expect(labelsOf(blocks).includes("Show all")).toBe(isCut);
  });

  test("is in full behind Show all", () => {
    const reason = `Backups ${"and more ".repeat(50)}end`;
    const request = { ...asking(REQUESTS.denied, on(50)), reason };
    const rows = rowsOf(detailsView({ request, key: null, asker, progress: progressOn(request) }).blocks);
    expect(rows).toEqual([
      "Editor key for @UDEV",
      reason,
      `deploy · Editor on the buckets ${Array.from({ length: 50 }, (_, index) => `bucket-${index}`).join(", ")}`,
      "Endpoint Default",
      "@UDEV has 2 keys (1 Admin)",
      "Asked [1] · ref K7QM2XAB",
      "→ Denied by @UANN [2]",
      "Use Editor",
    ]);
  });

  test("a reason is cut after a word", () => {
    const { blocks } = card({ ...REQUESTS.pending, reason: "one two three four five six seven ".repeat(9) });
    expect(rowsOf(blocks)[1]).toMatch(/^one two three four five.*(?:one|two|three|four|five|six|seven)…$/);
    expect(labelsOf(blocks)).toContain("Show all");
  });
});

/** Words as somebody reads them: names of two, moments of six; marks between them are none. */
function wordsOf(blocks: readonly unknown[]): number {
  const read = [...rowsOf(blocks), ...smallOf(blocks)].join("\n");
  const words = read
    .replace(/\[\d+\]/g, "Nov 26, 2026 at 2:02 PM")
    .replace(/@U\w+/g, "@Dana Developer")
    .split(/\s+/);
  return words.filter((word) => !["·", "→"].includes(word)).length;
}

/** Where somebody approved a new key, with less: as many buckets as leave a line long. */
function narrowed(request: Request): Request {
  const { state, asked } = request;
  if (!("approval" in state) || state.approval === null || asked.kind !== "key") return request;
  const access = { permission: "ReadOnly", buckets: { kind: "named", names: ["a", "b", "c", "d"] } } as const;
  const approval = { ...state.approval, by: { kind: "people", votes: [voteOf("UANN")], access } as const };
  return { ...request, state: { ...state, approval } };
}

test("has at most 45 words, whatever was asked and typed", () => {
  const words = fc.array(fc.constantFrom("a", "backup", "of", "the", "build-server"), { maxLength: 200 });
  const reasons = words.map((list) => list.join(" "));
  const accesses = fc.oneof(
    fc.constant<Access>({ permission: "Admin", buckets: { kind: "all" } }),
    fc.constant<Access>({ permission: "ReadOnly", buckets: { kind: "all" } }),
    fc.integer({ min: 1, max: 50 }).map(on),
  );
  const failure = { why: "lost", detail: "timeout", at: 3_000 } as const;
  const failed = { kind: "approved", approval: BY_ANN, lapsesAt: 10_000, isExtended: false, failure } as const;
  const state = fc.constantFrom(...Object.values(REQUESTS), ...Object.values(SECRETS), secretIn(failed));
  const one = { users: [], groups: ["S1"] };
  fc.assert(
    fc.property(
      state,
      accesses,
      reasons,
      reasons,
      fc.nat(3),
      fc.boolean(),
      (request, access, reason, denial, denials, isNarrowed) => {
        const asked = asking({ ...request, reason: reason === "" ? null : reason }, access);
        const denied = asked.state.kind === "denied" ? { ...asked, state: { ...asked.state, reason: denial } } : asked;
        const shown = isNarrowed ? narrowed(denied) : denied;
        const drawn = approvalsCard({
          request: shown,
          key: null,
          asker: { ...asker, denials },
          progress: progressOn(shown, one),
        });
        expect(wordsOf(drawn.blocks)).toBeLessThanOrEqual(45);
      },
    ),
  );
});
