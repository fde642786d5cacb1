import { of } from "./of.mjs";

/** Rules of switching a key on: only its owner's press gives power, and only what is seen counts. */

const OFF_KEY = "test/e2e/off-key";
const PRESS = "test/workflow/switch-key-on";
const SWITCH_ON = "test/workflow/calls/switch-on";
const STILL_OFF = "test/workflow/still-off";

/** @type {import("./mutations.mjs").Mutation[]} */
export const SWITCHING = [
  ...of("src/workflow/why-not-use.ts", OFF_KEY, [
    [
      "a requester who is gone takes the key along",
      "if (!isAboutThem(allowed)) return allowed;\n  await endForRequester(ports, request.id);",
      "if (!isAboutThem(allowed)) return allowed;",
      "a requester who became a guest",
    ],
  ]),
  ...of("src/workflow/confirm-saved.ts", PRESS, [
    [
      "an older delivery's button gives nothing",
      'if (key.deliveryId !== click.deliveryId) return refused("older_secret", { keyName });',
    ],
    [
      "a card's button proves no delivery",
      'if (key.state.kind === "off" && key.state.shownAt === null && !isOnSecret)\n    return refused("not_confirmed", { keyName });',
    ],
    [
      "the button on the secret proves its delivery",
      "key.state.shownAt === null && !isOnSecret)",
      "key.state.shownAt === null)",
    ],
    ["a repeated press asks Tigris once", 'if (click.isRepeated) return refused("same_click", { keyName });'],
    ["too late, nothing is switched on", 'if (isLate(request, at)) return refused("lapsed");'],
    [
      "a press gives nothing when the time to switch on is over",
      'if (key.state.kind === "switching_on" && isOpenTimeOver(until, at)) return refused("switch_over", { keyName });',
    ],
    ["a hold refuses switching on", 'if (isPaused(key)) return refused("key_paused", { keyName });'],
    [
      "only the request that owns a key switches it on",
      'if (until === undefined) return refused("somebody_was_faster", { request, key });',
    ],
    ["the intent uses the approval up", "...(delivered ? { request: spendApproval(delivered, at) } : {}),"],
  ]),
  ...of("src/workflow/confirm-saved.ts", "test/e2e/repeats", [
    [
      "a repeated press is known by its click",
      "(await record.attempts.findByClick(clickId)) !== null",
      "clickId === null",
      "over socket a redelivered click on I've saved it whose",
    ],
  ]),
  ...of("src/workflow/confirm-saved.ts", OFF_KEY, [
    ["whoever presses is looked at", "  if (refusal) return refusal;\n", "", "an approver who is one no longer"],
  ]),
  ...of("src/workflow/begin-attempt.ts", "test/e2e/held-up", [
    [
      "a click lasts no longer than its look",
      "return Math.min(heldUntilMs, lookedAtMs + LEASE_MS);",
      "return heldUntilMs;",
      "between its look and its intent",
    ],
  ]),
  ...of("src/workflow/calls/switch-on.ts", SWITCH_ON, [
    [
      "a refusal after a call without an answer gives nothing back",
      "return key.state.isUnanswered ? unanswered(held, key) : closeRefused(held, key, answer.code, at);",
      "return closeRefused(held, key, answer.code, at);",
    ],
    [
      "after a lost answer the list decides",
      "return look(held, key, at);",
      'return closeRefused(held, key, "lost", at);',
    ],
    [
      "that a call got no answer is known to later pauses",
      "key: { ...leaveUnanswered(key.state), pause: { ...key.pause, unansweredAt: at } },",
      "key: leaveUnanswered(key.state),",
    ],
    [
      "no answer gives anything to a key that goes",
      'return key?.state.kind === "switching_on" ?',
      'return key && key.state.kind !== "deleted" ?',
    ],
    [
      "late, only a clear yes counts",
      'if (answer.kind !== "changed") return step("bot", { say: whatHolds(recorded) });',
    ],
    [
      "what comes late to a key that is held is taken",
      "const held = takeGivenBackLate(recorded, facts, at);",
      "const held = {} as ReturnType<typeof takeGivenBack>;",
    ],
    [
      "what was paused meanwhile is paused once more",
      'outcome: "on", ...(pause ? { pause } : {}) },\n    ...begun,',
      'outcome: "on" },',
    ],
    [
      "what may come late is watched",
      "const { pause } = noteGivenBeside(key, at);",
      "const { pause } = pauseAgain(key);",
    ],
    [
      "a pause on its way looks again",
      "return isPauseOpen ? { pause } : { pause, begin: beginPause(key, attempt.id, at) };",
      "return isPauseOpen ? null : { pause, begin: beginPause(key, attempt.id, at) };",
    ],
    ["one pause is on its way at a time", "return isPauseOpen ? { pause } : { pause, begin", "return { pause, begin"],
    ["what comes after its time is paused once more", "...takeGivenBack(held, facts, at),"],
    ["nothing is taken of a key that goes", " || !canBeDeleted(key.state)"],
    ["only what Tigris does not understand is refused for good", " && NOT_UNDERSTOOD.has(code)"],
    [
      "nobody reads that a paused key is on",
      'return isPaused(key) ? refused("key_paused", { keyName }) : done(',
      "return done(",
    ],
  ]),
  ...of("src/workflow/calls/look-at-switch.ts", "test/workflow/calls/look-at-switch", [
    ["when its time is over no look is waited for", "isOpenTimeOver(key.state.until, at) ? null : "],
    ["only its very roles show that a key is on", " && hasRolesOf(answer.key.roles, key.access)"],
    [
      "a key that goes is not found on",
      "if (key === null) return overtaken(held, facts, at);",
      'if (key === null) return step("bot", { key: finishSwitchingOn(at) });',
    ],
  ]),
  ...of("src/workflow/still-off.ts", STILL_OFF, [
    [
      "what nobody can say in time is held",
      "{ ...held.pause, areRolesTaken: true }",
      "{ ...key.pause, areRolesTaken: true }",
    ],
    ["what nobody can say in time is paused", "{ begin: beginPause(", "{ begun: beginPause("],
    ["while the list may say that it is on nothing expires", "if (isGrantOpen) return NO_CHANGE;"],
    ["whoever resumes it gives it its roles", "{ ...held.pause, areRolesTaken: true }", "held.pause"],
    ["approvers hear of it", 'alert: { code: "switch_expired", about: { tigrisName, accessKeyId, ownerId } },'],
    ["nothing expires before its time", " || !isDue(key.state.until, at, MOST_AHEAD_MS.switch_expires)"],
    [
      "only what is being switched on expires",
      'if (key?.state.kind !== "switching_on" || !isDue(key.state.until, at, MOST_AHEAD_MS.switch_expires)) return',
      'if (key === null || ("until" in key.state && !isDue(key.state.until, at, MOST_AHEAD_MS.switch_expires))) return',
    ],
    ["what is on is not called off", ' || key.state.kind !== "off"'],
  ]),
  ...of("src/workflow/calls/switch-on.ts", "test/e2e/switch-on", [
    [
      "a press gives what was approved, and no more",
      "tigris.setRoles(keyIdOf(held), key.access)",
      'tigris.setRoles(keyIdOf(held), { permission: "Admin", buckets: { kind: "all" } })',
      "the button on the secret switches",
    ],
  ]),
];
