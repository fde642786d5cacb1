import { of } from "./of.mjs";

/** Rules of `src/workflow` about who may act on what is there: decide, reveal, list, delete. */

const WHO = "test/safety/attacks/who-may.test";
const FORMER = "test/e2e/former-members";
const FRESH = "test/e2e/fresh-look";
const APPROVALS = "test/e2e/approvals";

/** @type {import("./mutations.mjs").Mutation[]} */
export const ACTING = [
  ...of("src/workflow/look-to-decide.ts", WHO, [
    [
      "nobody decides about their own",
      'if (own?.kind === "refused" && kind !== "read") return own;',
      "",
      "an approver who asked may not Withdraw",
    ],
    [
      "only members decide",
      '  if (use.kind === "refused") return use;\n  const own',
      "  const own",
      "an approver who became a guest may not Approve",
      "who is no full member is on no list: the next question refuses the same people",
    ],
  ]),
  ...of("src/workflow/look-to-decide.ts", APPROVALS, [
    [
      "the requester is looked at again at the approval",
      'if (may.kind === "refused") return refuseGone(ports, request, may);',
      "",
      "gone while the request waited",
    ],
  ]),
  ...of("src/workflow/reveal.ts", WHO, [
    [
      "a secret is revealed by its requester",
      'if (request === null || own.kind === "refused") return',
      "if (request === null) return",
      "an approver may not Show my secret",
    ],
  ]),
  ...of("src/workflow/why-not-use.ts", APPROVALS, [
    [
      "those who approved are looked at again at the reveal",
      "if (rulesFor(access, policy).length > 0 && isDecided(tallies)) return null;",
      "if (rulesFor(access, policy).length > 0) return null;",
      "one no longer",
    ],
    ["the requester is looked at again at the reveal", "if (gone) return gone;", "", "becomes a guest after"],
  ]),
  ...of("src/workflow/why-not-use.ts", FRESH, [
    [
      "an approver who can't be looked at is none lost",
      'if ("code" in voters) return voters;\n  const tallies = tally(needs, votes, { requesterIds: requester.ids, voters });',
      'const tallies = tally(needs, votes, {\n    requesterIds: requester.ids,\n    voters: "code" in voters ? new Map() : voters,\n  });',
      "does not say who",
    ],
  ]),
  ...of("src/workflow/list.ts", WHO, [
    [
      "approvers see everybody's keys",
      "await (isOwn ? requireMember(looking, actor) : requireApprover(looking, actor))",
      "await requireMember(looking, actor)",
      "another member may not .*list all",
    ],
  ]),
  ...of("src/workflow/keys-to-delete.ts", WHO, [
    [
      "who deletes is offered their own",
      "ownerId: isApprover(checked) ? null : actor.userId,",
      "ownerId: null,",
      "another member may not the search for a key",
    ],
    [
      "a key is picked by who may delete it",
      'const may = await mayDeleteNow(lookingFor("form", ports), click.actor, key);\n  if (may.kind === "refused") return may;',
      "",
      "another member may not a key to delete",
    ],
  ]),
  ...of("src/workflow/keys-to-delete.ts", "test/e2e/delete-form", [
    [
      "a key is named by who may delete it",
      "record.named({ named, ownerId, firstId: actor.userId, limit: MAX_KEYS_OF_NAME })",
      "record.named({ named, ownerId: null, firstId: actor.userId, limit: MAX_KEYS_OF_NAME })",
      "nobody deletes what is neither",
    ],
    ["one's own key of a name is meant", "return own.length > 0 ? own : keys;", "return keys;", "approver's own key"],
    ["a name of two keys chooses none", "others.length > 0 ?", "others.length < 0 ?", "several keys of one name"],
    [
      "several keys of a name are offered first",
      'if (search === "" && named !== null) return namedKeys(record, { actor, ownerId, named });',
      "",
      "several keys of one name",
    ],
  ]),
  ...of("src/slack/key-list/pages.ts", "test/e2e/lists", [
    [
      "what was deleted stays as a row",
      "return key && { key, just };",
      "return null;",
      "a key is deleted out of the list",
    ],
  ]),
  ...of("src/workflow/key-details.ts", WHO, [
    [
      "only its owner is led to a card",
      "const own = mayUseKey(found.key, click.actor.userId);",
      "const own = mayUseKey(found.key, found.key.ownerId);",
      "an approver may not New secret, in a list",
    ],
  ]),
  ...of("src/workflow/may-delete-now.ts", WHO, [
    [
      "a key is paused and deleted by who may",
      "mayDelete(key, actor.userId, !isOwner && isApprover(checked))",
      "mayDelete(key, key.ownerId, true)",
      "another member may not Delete key, on the card",
    ],
  ]),
  ...of("src/workflow/delete.ts", "test/workflow/delete-verb", [
    [
      "who was no owner when looked at deletes no key that has come to be",
      'meanwhile.\n  if (key === null) return refused("unknown_key");',
      "meanwhile.",
      undefined,
      "the look itself says no where there is no key",
    ],
  ]),
  ...of("src/workflow/may-delete-now.ts", FORMER, [
    ["an owner who deletes is a member", 'if (use.kind === "refused") return use;', "", "became a guest"],
  ]),
  ...of("src/workflow/new-secret.ts", FORMER, [
    ["a new secret is for who may ask", 'if (allowed.kind === "refused") return allowed;', "", "no longer ask gets"],
  ]),
  ...of("src/workflow/new-secret.ts", "test/e2e/secret-cover", [
    [
      "who may no longer approve covers no new secret",
      "if (isDecided(tallies)) return null;",
      "if (tallies.length > 0) return null;",
      "an approver who",
    ],
  ]),
  ...of("src/workflow/new-secret.ts", "test/workflow/new-secret", [
    ["a new secret is its owner's", 'if (may.kind === "refused") return may;'],
    [
      "a new secret that needs an approval is asked for",
      'if (newSecretNeedsApproval(key, click.policy, at)) return refused("secret_needs_approval", { keyName: key.keyName });',
    ],
  ]),
  ...of("src/workflow/confirm-saved.ts", FORMER, [
    ["a member says that it is saved", 'if (member.kind === "refused") return member;', "", "became a guest"],
  ]),
  ...of("src/workflow/confirm-saved.ts", "test/workflow/confirm-saved", [
    [
      "its owner says that it is saved",
      'return may.kind === "refused" ? may : { kind: "found", key };',
      'return { kind: "found", key };',
      undefined,
      "a delivery is begun by the owner of its key: whoever did not begin it is refused before",
    ],
  ]),
];
