import { of } from "./of.mjs";

/** Rules of `src/tigris`: what is tried once, what an answer means, what is shown of it. */

const CHANGES = "test/tigris/change-keys";
const TRANSPORT = "test/tigris/transport";
const LIST = "test/tigris/list-keys";
const ONE_KEY = "test/tigris/read-key";
const SECRETS = "test/tigris/secrets";

/** @type {import("./mutations.mjs").Mutation[]} */
export const TIGRIS = [
  ...of("src/tigris/clients.ts", TRANSPORT, [
    ["what changes something is tried once", "maxAttempts: 1,", "maxAttempts: 3,"],
    ["a read is tried a few times", "maxAttempts: READ_ATTEMPTS, requestHandler", "maxAttempts: 9, requestHandler"],
  ]),
  ...of("src/tigris/call-command.ts", TRANSPORT, [
    [
      "only a read is worth another attempt",
      "if (call.isRead) throw new NoResponse(status);",
      "throw new NoResponse(status);",
    ],
    [
      "an answer that was cut off is lost",
      "throw new NoResponse(null);\n  }\n}\n\nasync function readResponse",
      "return { statusCode: 404, headers: {}, body: Readable.from([]) } as never;\n  }\n}\n\nasync function readResponse",
    ],
  ]),
  ...of("src/tigris/call-command.ts", SECRETS, [
    [
      "an error holds nothing of what came",
      "} catch {\n    throw new NoResponse(null);\n  }\n}",
      "} catch (error) {\n    throw error;\n  }\n}",
    ],
  ]),
  ...of("src/tigris/mutate.ts", TRANSPORT, [
    ["a call has a deadline", "AbortSignal.timeout(timeoutMs)", "AbortSignal.timeout(60_000)"],
  ]),
  ...of("src/tigris/mutate.ts", CHANGES, [
    ["a time-out on the way says nothing", 'if (status === 408) return lost("timeout", requestId);'],
    [
      "a 429 is a refusal",
      'if (status === 429) return { kind: "refused", status, code: "Throttled" };',
      'if (status === 429) return lost("server_error", requestId);',
    ],
    [
      "a server's mistake may have made the key",
      'if (status >= 500) return lost("server_error", requestId);',
      'if (status >= 500) return { kind: "refused", status, code: "ServerError" };',
    ],
    [
      "a refusal without a code says nothing",
      "status >= 400 ? codeOf(tree) : null",
      'status >= 400 ? (codeOf(tree) ?? "http") : null',
    ],
    ["only a 2xx is a yes", "if (status < 200 || status >= 300 || body === null)", "if (body === null)"],
    ["gone is what Tigris calls gone", ' && mutated.code === "NoSuchEntity"'],
    ["gone is a 404", "mutated.status === 404 && "],
  ]),
  ...of("src/tigris/change-keys.ts", CHANGES, [
    ["a key is made without a role", "buckets_role: [] }", 'buckets_role: [{ bucket: "*", role: "ReadOnly" }] }'],
    ["roles that can't be asked for are not set", "if (!roles) return INVALID_BUCKETS;\n  const form", "const form"],
    ["no access is no role", "access === null ? []", 'access === null ? [{ bucket: "*", role: "Editor" }]'],
    [
      "an odd answer to a change is no yes",
      'return isYes(mutated.tree) ? { kind: "changed" } : lost("malformed", mutated.requestId);',
      'return { kind: "changed" };',
    ],
    ["roles are set where Tigris says so", "form }), hasSucceeded)", "form }), isDone)"],
    [
      "an odd answer to a deletion is no yes",
      'return isDone(mutated.tree) ? { kind: "deleted" } : lost("malformed", mutated.requestId);',
      'return { kind: "deleted" };',
    ],
  ]),
  ...of("src/tigris/roles.ts", "test/tigris/roles", [
    ["* is no bucket's name", " && buckets.names.every((name) => bucketName.safeParse(name).success)"],
    ["no bucket is no scope", "buckets.names.length > 0 && "],
    ["an Admin key is for all buckets", 'if (access.permission === "Admin") return null;'],
  ]),
  ...of("src/tigris/changed-key.ts", CHANGES, [
    ["a key with another name is not handed out", "if (!key || (key.UserName && key.UserName !== name))", "if (!key)"],
    ["another key's secret is handed to nobody", "if (result?.id !== id) return", "if (!result) return"],
    [
      "a rotation that failed gives no secret",
      'status: z.literal("success"),\n  rotate_access_key_result',
      "status: z.string(),\n  rotate_access_key_result",
    ],
  ]),
  ...of("src/tigris/schemas.ts", CHANGES, [
    ["what is no secret is no secret", "/^tsec_[\\w.+/=-]{8,256}$/", "/^.*$/"],
    ["no id holds a secret", "return !text.includes(SECRET_MARK);", "return text.length > 0;"],
  ]),
  ...of("src/tigris/list-keys.ts", LIST, [
    [
      "a key is found by its whole name",
      "if (key.username !== name) continue;",
      "if (!key.username?.startsWith(name)) continue;",
    ],
    ["all pages are read", "marker = page.marker;", "marker = null;"],
    [
      "a list with a gap says nothing",
      'if (failure !== null || page.kind !== "page") return failure;',
      'if (failure !== null || page.kind !== "page") return page.kind === "page" ? failure : null;',
    ],
    [
      "pages that lead in a circle are no list",
      'if (seen.has(marker)) return unavailable("repeated_marker");',
      "if (seen.has(marker)) return null;",
    ],
    ["a list without an end is no list", 'return unavailable("too_many_pages");', "return null;"],
    [
      "a name on what is no id makes no list",
      'if (!accessKeyId.safeParse(key.access_key_id).success) return unavailable("malformed");',
      "if (!accessKeyId.safeParse(key.access_key_id).success) continue;",
    ],
    [
      "the organization is that of the bot's own key",
      "page.keys.find((key) => key.access_key_id === id) ?? null",
      "page.keys.at(0) ?? null",
    ],
  ]),
  ...of("src/tigris/listed-key.ts", LIST, [
    ["a time without its zone is unknown", 'typeof time === "string" && TIME.test(time)', 'typeof time === "string"'],
  ]),
  ...of("src/tigris/listed-key.ts", ONE_KEY, [
    ["roles that can't be read are not none", "if (!roles.success) return null;"],
  ]),
  ...of("src/tigris/list-keys.ts", ONE_KEY, [
    [
      "other keys do not say that one is gone",
      'looked.hasMore ? unavailable("other_keys") : { kind: "absent" }',
      '({ kind: "absent" })',
    ],
    ["only keys that it made are its keys", "if (creator !== by) continue;"],
    [
      "a person is no key that made another",
      "if (accessKeyId.safeParse(creator).success) namesKeys = true;",
      "if (creator !== null) namesKeys = true;",
    ],
  ]),
  ...of("src/tigris/read.ts", ONE_KEY, [
    ["a wrong time is told by the refusal", "first.reason === SKEWED ?", "first.reason === null ?"],
  ]),
  ...of("src/tigris/list-policies.ts", "test/tigris/list-policies", [
    ["all pages of policies are read", "marker = page.marker;", "marker = null;"],
    [
      "policies without an end are no list",
      'return unavailable("too_many_pages");',
      'return { kind: "listed", names: [] };',
    ],
  ]),
  ...of("src/tigris/key-page.ts", LIST, [
    [
      "more without a way to it is no list",
      "if (page.IsTruncated && marker === null) return",
      "if (page.IsTruncated && marker === null && page.Keys === undefined) return",
    ],
  ]),
  ...of("src/tigris/body.ts", TRANSPORT, [["an answer has an end", "if (length > maxBytes) return null;"]]),
  ...of("src/tigris/list-buckets.ts", "test/tigris/list-buckets", [
    [
      "an odd bucket is left out, and hides no other",
      "if (name === undefined) odd.add(Name);",
      'if (name === undefined) return unavailable("malformed");',
    ],
    ["a page that is none makes no list", 'if (!page.Buckets && !page.Owner) return unavailable("malformed");'],
  ]),
];
