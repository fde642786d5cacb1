import fc from "fast-check";
import { messageProblems, viewProblems } from "../../sandbox/slack/limits/blocks";
import { ENDPOINTS, PERMISSIONS } from "../../src/domain/permission";
import { Secret } from "../../src/domain/secret";
import { approvalsCard } from "../../src/slack/approvals-card/view";
import { type Message, sentenceMessage } from "../../src/slack/blocks/message";
import { outcomeView, workingView } from "../../src/slack/blocks/modals";
import { bucketOptions } from "../../src/slack/create-form/bucket-options";
import { createdView } from "../../src/slack/create-form/created-view";
import { draftOf, emptyDraft } from "../../src/slack/create-form/draft";
import { createForm } from "../../src/slack/create-form/view";
import { keyOptions } from "../../src/slack/delete-form/key-options";
import { deleteForm } from "../../src/slack/delete-form/view";
import { denyForm } from "../../src/slack/deny-form/view";
import { help } from "../../src/slack/help/view";
import { keyList } from "../../src/slack/key-list/view";
import { requesterCard } from "../../src/slack/requester-card/view";
import { secretMessage } from "../../src/slack/secret/view";
import { secretForm } from "../../src/slack/secret-form/view";
import { refusalWords } from "../../src/slack/words/refusals";
import { anyFieldProblem, anyKey, anyRefusal, anyRequest, anySentence, hostile, people, slackId } from "./hostile";
import { objectsIn } from "./reading";

/** Slack's own codes with nothing but ids, moments and our own words in them. */
const OWN_CODES = /<(?:@|#|!subteam\^)[A-Z0-9]+>|<!date\^\d+\^\{date_short_pretty\} at \{time\}\|[\d-]+ [\d:]+ UTC>/g;

function expectHarmless(message: Message): void {
  expect(messageProblems(message.blocks)).toEqual([]);
  expectNoMarkup(message.blocks);
  expect(message.text.length).toBeLessThanOrEqual(4_000);
  expect(message.text).not.toBe("");
  const typed = message.text.replace(OWN_CODES, "");
  expect(typed).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
  expect(typed).not.toMatch(/https?:\/\//);
  expect(typed).not.toMatch(/(?<!\u200B)[*~`]|[*~`](?!\u200B|$|…$)/);
}

/** No text anywhere that Slack would read as markup, and no part that pings a whole channel or leads away. */
function expectNoMarkup(shown: unknown): void {
  const objects = objectsIn(shown);
  const types = objects.map(({ type }) => type);
  for (const type of ["mrkdwn", "broadcast", "link", "emoji"]) expect(types).not.toContain(type);
  const texts = objects.flatMap(({ text, accessibility_label }) => [text, accessibility_label]);
  expect(texts.filter((text) => typeof text === "string" && UNSEEN.test(text))).toEqual([]);
}

/** Some of what reverses or hides text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNSEEN = /[\u202E\u200B\u0000\u0007]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])/;

function expectHarmlessView(view: unknown): void {
  expect(viewProblems(view)).toEqual([]);
  expectNoMarkup(view);
}

const draft = fc.record({
  keyName: hostile(),
  permission: fc.constantFrom(...PERMISSIONS),
  buckets: fc.array(hostile(200), { maxLength: 120 }),
  allBuckets: fc.boolean(),
  endpoint: fc.constantFrom(...ENDPOINTS),
  reason: hostile(),
});
const nullable = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });

describe("whatever anybody typed, within Slack's limits and without effect", () => {
  test("answers", () => {
    fc.assert(fc.property(anySentence, (sentence) => expectHarmless(sentenceMessage(sentence))));
  });

  test("refusals", () => {
    fc.assert(fc.property(anyRefusal, (refusal) => expectHarmless(sentenceMessage(refusalWords(refusal)))));
  });

  test("the requester's card", () => {
    fc.assert(
      fc.property(anyRequest, nullable(anyKey), (request, key) => expectHarmless(requesterCard({ request, key }))),
    );
  });

  test("the approvals card", () => {
    fc.assert(
      fc.property(anyRequest, nullable(anyKey), fc.nat(), people, (request, key, liveKeys, approvers) =>
        expectHarmless(approvalsCard({ request, key, liveKeys, approvers })),
      ),
    );
  });

  test("lists of keys", () => {
    const page = fc.record({
      kind: fc.constant("page" as const),
      keys: fc.array(anyKey, { maxLength: 10 }),
      hasOlder: fc.boolean(),
      hasNewer: fc.boolean(),
    });
    const whose = fc.constantFrom(
      { kind: "own" as const },
      { kind: "all" as const },
      { kind: "person" as const, userId: "UANN" },
    );
    fc.assert(
      fc.property(page, whose, slackId, (shown, of, viewerId) =>
        expectHarmless(keyList({ page: shown, whose: of, viewerId })),
      ),
    );
  });

  test("help", () => {
    fc.assert(
      fc.property(hostile(), nullable(hostile()), (unknownWord, nearest) =>
        expectHarmless(help({ unknownWord, nearest })),
      ),
    );
  });

  test("the message with a secret", () => {
    fc.assert(
      fc.property(hostile(), fc.constantFrom(...ENDPOINTS), (keyName, endpoint) =>
        expectHarmless(
          secretMessage({
            id: "delivery-1",
            channelId: "D1",
            userId: "UDEV",
            keyName,
            accessKeyId: "tid_one",
            secret: new Secret("tsec_one"),
            endpoint,
          }),
        ),
      ),
    );
  });

  test("the form for a new key", () => {
    const approval = fc.oneof(
      fc.constant(null),
      anyRefusal,
      fc.record({ kind: fc.constant("people" as const), count: fc.nat() }),
    );
    const problem = fc.oneof(
      fc.constant(null),
      anyRefusal,
      fc.record({
        kind: fc.constant("invalid" as const),
        field: fc.constantFrom("buckets" as const, "reason" as const),
        problem: anyFieldProblem,
      }),
    );
    const drafts = fc.oneof(draft, hostile().map(emptyDraft), anyRequest.map(draftOf));
    fc.assert(
      fc.property(drafts, approval, problem, (shown, needed, wrong) =>
        expectHarmlessView(createForm({ draft: shown, approval: needed, problem: wrong })),
      ),
    );
  });

  test("the other views", () => {
    fc.assert(
      fc.property(anyRequest, nullable(anyKey), anySentence, hostile(), (request, picked, sentence, words) => {
        expectHarmlessView(denyForm(request));
        expectHarmlessView(deleteForm({ picked, viewerId: "UDEV" }));
        if (picked) expectHarmlessView(secretForm({ key: picked, reason: words, problem: sentence }));
        expectHarmlessView(outcomeView(words, sentence));
        expectHarmlessView(workingView(words, words));
        const dmUrl = "https://acme.slack.com/archives/D1";
        expectHarmlessView(createdView({ request, dmUrl, approvalsChannelId: "C1" }));
      }),
    );
  });

  test("options", () => {
    fc.assert(
      fc.property(fc.array(hostile(200), { maxLength: 150 }), fc.array(anyKey, { maxLength: 150 }), (names, keys) => {
        for (const options of [bucketOptions(names), keyOptions(keys, "UDEV")]) {
          const select = { type: "static_select", action_id: "any", options };
          const block = { type: "actions", elements: [select] };
          expect(options.length === 0 ? [] : messageProblems([block])).toEqual([]);
          expectNoMarkup(options);
        }
      }),
    );
  });
});
