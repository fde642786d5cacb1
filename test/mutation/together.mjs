import { of } from "./of.mjs";

/** What holds requests about a key together with the key. */
export const TOGETHER = [
  ...of("src/workflow/recorded.ts", "test/workflow/change", [
    [
      "a key changes although its request can't be read",
      "record.requests.findReadable(key.requestId)",
      "record.requests.find(key.requestId)",
    ],
  ]),
  ...of("src/workflow/calls/rotate-key.ts", "test/workflow/calls/rotate-key", [
    [
      "one approval gives one secret",
      "request ? null : coverOf(key.state)",
      "request ? coverFrom(request) : coverOf(key.state)",
    ],
    [
      "a rotation ends whose key was held in between",
      'if (!key || !state || state.kind === "rotating") return null;',
      'if (!key || !state || state.kind === "rotating" || isFree(state)) return null;',
    ],
  ]),
  ...of("src/workflow/delete.ts", "test/workflow/delete", [
    [
      "nobody is asked for a secret of a key that goes",
      "asking: asking ? endForKey(asking, at) : null,",
      "asking: null,",
    ],
  ]),
  ...of("src/workflow/forget.ts", "test/workflow/forget", [
    ["a request for a secret is forgotten too", 'request.asked.kind === "key" && key !== null', "key !== null"],
  ]),
  ...of("src/store/requests.ts", "test/store/conditions", [
    ["what is late ends with its key", 'if (to.kind === "lapsed" && to.why === "key_gone") return true;'],
  ]),
];
