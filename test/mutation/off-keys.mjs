import { of } from "./of.mjs";

/** Rules of keys that are off: how far their requests go, and how they go with them. */

const KEYS = "test/domain/key-steps";
const STEPS = "test/domain/request-steps";
const DELIVERED = "test/domain/delivered-steps";
const OFF_KEY = "test/e2e/off-key";
const END = "test/workflow/end-request";

/** @type {import("./mutations.mjs").Mutation[]} */
export const OFF_KEYS = [
  ...of("src/domain/key-steps.ts", KEYS, [
    [
      "only what is off goes by itself",
      'return state.kind === "off" ? moves({ kind: "deleting", byId: null, why: "never_on", at }',
      'return state.kind !== "deleted" ? moves({ kind: "deleting", byId: null, why: "never_on", at }',
    ],
    [
      "a press waits for a call in flight",
      'return state.isUnanswered ? moves({ ...state, at }, "key.switching_on") : whyBusy(key, state);',
      'return moves({ ...state, at }, "key.switching_on");',
    ],
    ["another press gives no more time", "? moves({ ...state, at }, ", "? moves({ ...state, at, until }, "],
    ["another press forgets no call", "? moves({ ...state, at }, ", "? moves({ ...state, at, isUnanswered: false }, "],
    [
      "a call without an answer is remembered",
      'isUnanswered: true }, "key.switch_unanswered"',
      'isUnanswered: false }, "key.switch_unanswered"',
    ],
    [
      "a key that is on is not switched on",
      'return refused("already_on", { keyName: key.keyName });',
      'return moves({ kind: "switching_on", at, until, shownAt: null, isUnanswered: false }, "key.switching_on");',
    ],
    [
      "a refused key keeps whether its secret was shown",
      'moves({ kind: "off", shownAt }, "key.switch_refused")',
      'moves({ kind: "off", shownAt: null }, "key.switch_refused")',
    ],
    [
      "power that somebody else gave confirms no secret",
      'secret: { kind: "unconfirmed", cover: null } }, "key.raised")',
      'secret: { kind: "confirmed", at: 0 } }, "key.raised")',
    ],
  ]),
  ...of("src/domain/request-steps.ts", STEPS, [
    [
      "the time of a key that is off is over too",
      ' || state.kind === "delivered";\n  return isOpen',
      ";\n  return isOpen",
    ],
    [
      "a secret that was shown is not revealed again",
      'return again\n        ? moves({ kind: "making", ...usableOf(request.state) }, "attempt.started")\n        : refused("secret_shown", { request });',
      'return moves({ kind: "making", ...usableOf(request.state) }, "attempt.started");',
    ],
    [
      "a key that is off lapses",
      'if (isIn(request, "approved") || isIn(request, "delivered"))\n    return moves({ kind: "lapsed"',
      'if (isIn(request, "approved"))\n    return moves({ kind: "lapsed"',
    ],
    ["a requester who is gone has no key that is off", ' || isIn(request, "delivered") ? gone', " ? gone"],
    [
      "what owns a key that goes ends with it",
      ' || state.kind === "delivered";\n  return hasApproval',
      ";\n  return hasApproval",
    ],
  ]),
  ...of("src/domain/request-steps.ts", DELIVERED, [
    ["a delivery gives more time once", "!isExtended && "],
    ["a delivery gives more time in the last hour alone", " && lapsesAt - key.at < DELIVERY_TIME_MS"],
    [
      "another key gets no more time",
      "return { approval, lapsesAt, isExtended };",
      "return { approval, lapsesAt, isExtended: false };",
    ],
    [
      "an approval that Tigris gave back gets no more time",
      "lapsesAt, isExtended: true, ...key",
      "lapsesAt, isExtended: false, ...key",
    ],
  ]),
  ...of("src/domain/roles.ts", "test/domain/roles", [
    ["one role more is another access", "found.size === wanted.size && "],
    ["another role is another access", " && [...found].every((one) => wanted.has(one))"],
    [
      "* comes from a scope that says so alone",
      'if (buckets.kind === "all") return',
      'if (buckets.kind === "all" || buckets.names.length === 0) return',
    ],
  ]),
  ...of("src/domain/still-off.ts", "test/domain/still-off", [
    ["a key that is off is named twice at most", 'return named === "first" && last > first', "return last > first"],
  ]),
  ...of("src/domain/timers.ts", "test/domain/timers", [
    [
      "a key that is off has an end",
      '[...timer("lapse", request.state.lapsesAt), ...timer("still_off"',
      '[...timer("still_off"',
    ],
    ["a key that is being switched on has an end", 'state.kind === "switching_on" ?', 'state.kind === "deleted" ?'],
    ["who lists now and then is no recovery", ' || kind === "list_made"'],
  ]),
  ...of("src/workflow/end-request.ts", END, [
    ["only the key that a request owns goes with it", " && ownedKeyId(request) === key.accessKeyId;", ";"],
    ["a key that is off goes with its request", "return dropped ? { key: dropped } : {};", "return {};"],
    ["a key that is off goes at its time", "request: lapsed, ...withItsKey(recorded, at)", "request: lapsed"],
  ]),
  ...of("src/workflow/end-request.ts", OFF_KEY, [
    [
      "a key that is off goes with its requester",
      "request: ended, ...withItsKey(recorded, at)",
      "request: ended",
      "a requester who became a guest",
    ],
    [
      "a key that is off goes with its approval",
      "outcome: why }, ...withItsKey(recorded, at)",
      "outcome: why }",
      "an approver who is one no longer",
    ],
  ]),
  ...of("src/workflow/cancel.ts", "test/workflow/cancel", [
    ["who cancels takes the key along", "...withItsKey(recorded, at), "],
    [
      "while a key is being switched on nobody cancels",
      'if (key?.state.kind === "switching_on") return refused("key_switching_on", { keyName: key.keyName });',
    ],
  ]),
  ...of("src/workflow/decide.ts", "test/workflow/decide", [
    [
      "who withdraws takes the key along",
      "isGlass });\n      return step(by.approverId, { request: moved, ...withItsKey(recorded, by.at)",
      "isGlass });\n      return step(by.approverId, { request: moved",
    ],
  ]),
  ...of("src/workflow/reveal.ts", "test/workflow/reveal", [
    [
      "an older delivery's button makes nothing",
      'if (replaced && replaced.deliveryId !== inPlaceOf) return refused("older_secret", { keyName: asked.keyName });',
    ],
    ["another key takes the place of the old one", "dropped ? { ...begun, key: dropped } : begun", "begun"],
  ]),
  ...of("src/workflow/reveal.ts", "test/e2e/off-secret", [
    [
      "whoever asks for another secret of a key that may be on hears so",
      'if (key?.state.kind === "switching_on") return refused("key_switching_on", { keyName: key.keyName });',
      "",
      "while a key is being switched on",
    ],
  ]),
  ...of("src/workflow/search-at-start.ts", "test/workflow/search-at-start", [
    ["what somebody is at is not looked for", "!isLeaseOver(attempt.lease.until, at) || "],
    ["only what was given up is looked for", ' || attempt.work.phase !== "searching"'],
  ]),
];
