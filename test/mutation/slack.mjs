import { of } from "./of.mjs";

/** Rules at the edge to Slack and of what is written: who is believed, what is shown, where answers go. */

const SIGNED = "test/slack/transport/http";
const WHO = "test/safety/attacks/who-may.test";
const ACTOR = "test/slack/payloads/actor";
const FORM = "test/slack/create-form/input";
const TEXT = "test/slack/words/sentence-text";
const LIMITS = "test/slack/limits";
const APPROVALS = "test/e2e/approvals";
const LOG = "test/log";

/** @type {import("./mutations.mjs").Mutation[]} */
export const SLACK = [
  ...of("src/slack/transport/read-request.ts", SIGNED, [
    [
      "nothing unsigned is believed",
      "if (!isSigned(headers, body.text, { signingSecret, nowMs }))",
      "if (body.text === signingSecret)",
    ],
    ["a signature is for a while", "Math.abs(nowMs / 1_000 - Number(stamp)) > MAX_SKEW_S ? ODD_TIME : null", "null"],
    ["nothing from the future is believed", "Math.abs(nowMs / 1_000 - Number(stamp))", "nowMs / 1_000 - Number(stamp)"],
    ["a body has an end", 'if (length > limit) dropped ??= "too_large";'],
    [
      "only a small form is an unsigned check",
      "return text.length <= MAX_CHECK_LENGTH && ",
      "return ",
      undefined,
      "of an unsigned body no more than that is kept to begin with: see the rule that a body has an end",
    ],
    [
      "a time is digits",
      'if (!/^\\d{1,12}$/.test(stamp)) return "odd_time";',
      "",
      undefined,
      "a signature holds for the digits alone: any other spelling of a time is a wrong signature",
    ],
  ]),
  ...of("src/slack/clients/respond.ts", "test/slack/clients/respond", [
    ["answers go to Slack", 'return protocol === "https:" && SLACK.test(hostname);', 'return protocol === "https:";'],
    ["answers go over TLS", 'return protocol === "https:" && SLACK.test(hostname);', "return SLACK.test(hostname);"],
    ["a name that ends like Slack's is not Slack's", "/(^|\\.)slack", "/slack"],
    ["an answer follows no redirect", 'redirect: "error"', 'redirect: "follow"'],
  ]),
  ...of("src/slack/payloads/actor.ts", ACTOR, [
    ["who acts has an id", "z.string().regex(/^[A-Z0-9]{2,64}$/)", "z.string()"],
    ["a person's own workspace is looked at", "userTeamId: user.team_id ?? null,", "userTeamId: null,"],
  ]),
  ...of("src/slack/clients/people.ts", WHO, [
    [
      "a multi-channel guest is a guest",
      "user.is_restricted === true || ",
      "",
      "a multi-channel guest may not .*tigris-key create",
    ],
    [
      "a stranger is a stranger",
      'isStranger: isFlagged(user, "is_stranger")',
      "isStranger: false",
      "a stranger among the approvers may not Approve",
    ],
    [
      "who is deactivated is deactivated",
      "deleted: user.deleted === true",
      "deleted: false",
      "an approver who was deactivated may not Approve",
    ],
    ["a bot is a bot", "isBot: user.is_bot === true", "isBot: false", "a bot among the approvers may not Approve"],
  ]),
  ...of("src/slack/create-form/input.ts", FORM, [
    [
      "an Admin key has no list of buckets",
      'if (permission === "Admin") return { permission, buckets: { kind: "all" } };',
    ],
    [
      "all buckets come from that choice alone",
      'allBuckets ? { kind: "all" } : { kind: "named"',
      'allBuckets || buckets.length === 0 ? { kind: "all" } : { kind: "named"',
    ],
    [
      "the radio buttons count, not a box beside them",
      'if (access) return access[ACTIONS.bucketAccess].selected_option.value === "all";',
    ],
    [
      "a form's buckets are few",
      "if (buckets.names.length > MAX_BUCKETS) return",
      "if (buckets.names.length > 5_000) return",
    ],
    ["a form names its permission", "oneOf(PERMISSIONS)", 'oneOf([...PERMISSIONS, "Owner"])'],
    [
      "what is asked for has a reason",
      "problemWords(reasonProblem(reason, readKept(parsed.data.kept).isReasonNeeded))",
      "reason && null",
    ],
  ]),
  ...of("src/slack/payloads/form-state.ts", FORM, [["a form names buckets", ".refine(canBeOffered)", ""]]),
  ...of("src/workflow/buckets.ts", "test/workflow/buckets", [
    ["the exact bucket comes first", "if (name === search) ranks[0].push(name);", "if (false) ranks[0].push(name);"],
    [
      "a list is remembered for seconds",
      "ports.clock.monotonicMs() - last.atMs < BUCKETS_REMEMBERED_MS",
      "last.atMs >= 0",
    ],
  ]),
  ...of("src/slack/words/sentence-text.ts", TEXT, [
    ["what is typed is escaped", "ESCAPED[character] ?? character", "character"],
    ["marks have no effect", "withoutEffect(visible(text))", "visible(text)"],
    ["what reverses text is shown", "withoutEffect(visible(text))", "withoutEffect(text)"],
    ["an id can't end its code", 'return id.replace(/[^A-Z0-9]/g, "");', "return id;"],
  ]),
  ...of("src/slack/blocks/rich.ts", LIMITS, [
    ["what reverses text is shown in blocks", "cut(visible(text), MAX_ELEMENT)", "cut(text, MAX_ELEMENT)"],
  ]),
  ...of("src/slack/blocks/plain.ts", LIMITS, [
    ["what reverses text is shown in options", "cut(visible(text), limit)", "cut(text, limit)"],
  ]),
  ...of("src/slack/secret/view.ts", "test/slack/secret/view", [
    [
      "no notification holds the secret",
      '" is ready in this conversation."]',
      '" is ready in this conversation: ", secret]',
    ],
    ["the button that says it is saved holds no secret", "savedButton({ id, ", "savedButton({ id: secret, "],
    [
      "the button that deletes holds no secret",
      "ACTIONS.deleteDelivered, delivery.id",
      "ACTIONS.deleteDelivered, secret",
    ],
  ]),
  ...of("src/slack/words/sentence-json.ts", "test/slack/words/sentence-json", [
    ["an id that was stored is Slack's", "z.string().regex(/^[A-Z0-9]+$/)", "z.string()"],
    ["a moment that was stored is one", ".min(0).max(LAST_MOMENT)"],
    ["what is no part is left out", "return parsed.success ? [parsed.data] : [];", "return [one as Part];"],
    ["a sentence has text", "return parts.length > 0 ? parts : NOTHING;", "return parts;"],
  ]),
  ...of("src/slack/clients/messenger.ts", "test/slack/clients/messenger", [
    ["nothing is posted from the end of the lease on", "delivery.isHeld() ?", "delivery ?"],
    [
      "who comes late posts nothing",
      "if (notNow !== null) return",
      'if (notNow !== null && notNow !== "too_late") return',
    ],
    ["who has lost the key posts nothing", 'isWanted ? null : "not_wanted"', 'isWanted === null ? "not_wanted" : null'],
    ["a long 429 is not waited for", " || first.retryAfterMs > MAX_RETRY_AFTER_MS"],
  ]),
  ...of("src/slack/clients/messenger.ts", "test/e2e/late", [
    [
      "who is late posts nothing",
      "if (noMore !== null) return",
      'if (noMore !== null && noMore !== "too_late") return',
      "wakes up after its lease",
    ],
  ]),
  ...of("src/slack/clients/messenger.ts", "test/slack/clients/messenger", [
    [
      "a secret is posted once",
      "first.retryAfterMs === null || first.retryAfterMs > MAX_RETRY_AFTER_MS",
      "(first.retryAfterMs ?? 0) > MAX_RETRY_AFTER_MS",
    ],
    [
      "what Slack did not take is not posted",
      'return { kind: UNCLEAR.test(code) ? "unclear" : "not_posted", code };',
      'return { kind: "posted" } as never;',
    ],
    ["a post that is unclear may have appeared", 'UNCLEAR.test(code) ? "unclear" : "not_posted"', '"not_posted"'],
    ["what Slack refused did not appear", 'UNCLEAR.test(code) ? "unclear" : "not_posted"', '"unclear"'],
  ]),
  ...of("src/slack/clients/web-clients.ts", "test/e2e/unshown", [
    [
      "Slack's client repeats nothing",
      "retryConfig: { retries: 0 },",
      "retryConfig: { retries: 3, minTimeout: 1 },",
      "Slack answers with a 500 the key stays off",
    ],
    [
      "Slack's client does not wait by itself",
      "rejectRateLimitedCalls: true,",
      "",
      "Slack wants to be asked much later",
    ],
  ]),
  ...of("src/slack/clients/messenger.ts", APPROVALS, [
    [
      "an archived channel is unfit",
      "if (info?.is_archived) return",
      "if (info === null) return",
      "channel is archived",
    ],
    ["a shared channel is unfit", "if (info?.is_ext_shared || ", "if (", "channel is shared"],
    [
      "the bot is in its channel",
      'return info?.is_member ? { kind: "fit" } : unfit("not_member");',
      'return { kind: "fit" };',
      "channel is public",
    ],
  ]),
  ...of("src/slack/clients/outbox-sender.ts", "test/e2e/shared-channel", [
    ["a channel that became shared gets no card", "if (unfit) return unfit;\n  const placed", "const placed"],
    [
      "a channel that became shared gets no alert",
      "const unfit = await approversCannotRead(ports);",
      "const unfit = null;",
    ],
  ]),
  ...of("src/slack/interaction/person-rate-limit.ts", "test/e2e/limits", [
    [
      "one person does so much",
      "if (counted.count <= parts.personRateLimit.limit) return args.next();",
      "return args.next();",
      "told so each time",
    ],
  ]),
  ...of("src/slack/clients/call.ts", "test/slack/clients/messenger", [
    [
      "Slack's errors are codes",
      'typeof code === "string" && /^[a-z0-9_]{1,60}$/.test(code) ? code : "unknown"',
      "String(code)",
    ],
  ]),
  ...of("src/log-scrub.ts", LOG, [
    [
      "values under telling names are masked",
      "isTelling(key) ? MASK : scrubbedValue(value, depth)",
      "scrubbedValue(value, depth)",
    ],
    ["what looks like a credential is masked", "return line.replaceAll(CREDENTIAL, MASK);", "return line;"],
    ["an error's text is not logged", "return safeError(value);", "return { name: value.name, text: value.message };"],
    [
      "an instance of a class is no data",
      'prototype === Object.prototype || prototype === null ? scrubbed(value, depth + 1) : "[object]"',
      "scrubbed(value, depth + 1)",
    ],
  ]),
  ...of("src/organization.ts", "test/e2e/start-stop", [
    [
      "another organization's key does nothing",
      'if (verdict === "other") return { kind: "other" };',
      "",
      "another organization",
    ],
    [
      "nothing is made before the organization is known",
      'if (checked.kind === "same") return call();',
      "return call();",
      "Tigris silent at the start",
    ],
  ]),
];
