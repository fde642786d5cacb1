import { createOrganizationCheck, guarded, organizationWarning, verdictOn } from "../src/organization";
import type { InstallationKind } from "../src/workflow/store-port";
import type { OrganizationNames, ReadFailure, TigrisPort } from "../src/workflow/tigris-port";

type Pair = [namespace: string | null, owner: string | null];
const names = ([namespace, owner]: Pair) => ({ namespace, owner });

test.each<[string, Pair, Pair, ReturnType<typeof verdictOn>]>([
  ["a new store takes what there is", ["a", null], [null, null], "same"],
  ["a new store takes an owner alone", [null, "o"], [null, null], "same"],
  ["the same namespace", ["a", null], ["a", null], "same"],
  ["another namespace", ["b", null], ["a", null], "other"],
  ["the same owner", [null, "o"], ["a", "o"], "same"],
  ["another owner", [null, "p"], ["a", "o"], "other"],
  ["both the same", ["a", "o"], ["a", "o"], "same"],
  ["both others", ["b", "p"], ["a", "o"], "other"],
  ["the namespace the same, the owner new", ["a", "o"], ["a", null], "same"],
  ["the owner the same, the namespace new", ["a", "o"], [null, "o"], "same"],
  ["the namespace the same, the owner another", ["a", "p"], ["a", "o"], { reason: "sources_disagree" }],
  ["the owner the same, the namespace another", ["b", "o"], ["a", "o"], { reason: "sources_disagree" }],
  ["an owner that was never seen, where the namespace was", [null, "o"], ["a", null], { reason: "nothing_to_compare" }],
  ["a namespace that was never seen, where the owner was", ["a", null], [null, "o"], { reason: "nothing_to_compare" }],
])("%s", (_what, seen, remembered, verdict) => {
  expect(verdictOn(names(seen), names(remembered))).toEqual(verdict);
});

function storeWith(kept: Partial<Record<InstallationKind, string>>) {
  return {
    kept,
    remembered: async (kind: InstallationKind) => kept[kind] ?? null,
    claim: async ({ kind, value }: { kind: InstallationKind; value: string }) => {
      kept[kind] ??= value;
      return kept[kind];
    },
  };
}

const own = (id: string, owner: string | null = null): OrganizationNames => ({
  kind: "named",
  namespace: { id, source: "own_key" },
  owner,
});
const checkOf = (answers: (OrganizationNames | ReadFailure)[], store: ReturnType<typeof storeWith>) =>
  createOrganizationCheck(
    { organization: async () => answers.shift() ?? { kind: "unavailable", reason: "none" } } as unknown as TigrisPort,
    store,
    "tid_bot",
  );

test("what fits is remembered, with the name that was never seen, and asked for once", async () => {
  const store = storeWith({ tigris_organisation: "a" });
  const check = checkOf([own("a", "o")], store);
  expect([await check(), await check()]).toEqual(Array(2).fill({ kind: "same", source: "own_key" }));
  expect(store.kept).toEqual({ tigris_organisation: "a", tigris_owner: "o", "signed_with tid_bot": "yes" });
});

test("what does not fit is not remembered, and asked for again", async () => {
  const store = storeWith({ tigris_organisation: "a" });
  const ownerAlone: OrganizationNames = { kind: "named", namespace: null, owner: "p" };
  const check = checkOf([ownerAlone, own("b", "p"), own("a", "o")], store);
  expect(await check()).toEqual({ kind: "unknown", reason: "nothing_to_compare" });
  expect(await check()).toEqual({ kind: "other" });
  // Nor is its key: what it makes might be taken for ours.
  expect(store.kept).toEqual({ tigris_organisation: "a" });
  expect(await check()).toEqual({ kind: "same", source: "own_key" });
});

test("two bots that start at once on a new store, for two organizations: the second is refused", async () => {
  const store = storeWith({});
  const slow = { ...store, remembered: async () => null };
  expect(await checkOf([own("a", "o")], store)()).toMatchObject({ kind: "same" });
  expect(await checkOf([own("b", "p")], slow as typeof store)()).toEqual({ kind: "other" });
});

test("nothing is made while the sources disagree", async () => {
  const store = storeWith({ tigris_organisation: "a", tigris_owner: "o" });
  const tigris = {
    organization: async () => own("a", "p"),
    createKey: () => Promise.reject(new Error("made")),
  } as unknown as TigrisPort;
  const { createKey } = guarded(tigris, createOrganizationCheck(tigris, store, "tid_bot"));
  const refused = await createKey({ name: "n" });
  expect(refused).toEqual({ kind: "refused", status: 0, code: "organization_unknown" });
});

test("it says where the organization is known from, unless that is the bot's own key", () => {
  expect(organizationWarning({ kind: "same", source: "own_key" })).toBeNull();
  expect(organizationWarning({ kind: "same", source: "other_key" })).toContain("another key");
  expect(organizationWarning({ kind: "same", source: "bucket_owner" })).toContain("owner of the buckets");
  expect(organizationWarning({ kind: "other" })).toBeNull();
});
