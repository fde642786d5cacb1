import fc from "fast-check";
import { messageProblems } from "../../sandbox/slack/limits/blocks";
import { visible } from "../../src/domain/input-rules";
import { MAX_LIST_SEARCH } from "../../src/domain/limits";
import { ENDPOINT_URLS, ENDPOINTS, FORMATS, PERMISSIONS } from "../../src/domain/permission";
import { APPROVAL_CLASSES, policyFromSettings } from "../../src/domain/policy/from-settings";
import { refused } from "../../src/domain/refusal";
import { Secret } from "../../src/domain/secret";
import { detailsView } from "../../src/slack/approvals-card/details";
import { approvalsCard } from "../../src/slack/approvals-card/view";
import { approveForm } from "../../src/slack/approve-form/view";
import { bucketOptions } from "../../src/slack/blocks/bucket-options";
import { sentenceMessage } from "../../src/slack/blocks/message";
import { outcomeView, workingView } from "../../src/slack/blocks/modals";
import { createdView } from "../../src/slack/create-form/created-view";
import { draftOf, emptyDraft } from "../../src/slack/create-form/draft";
import { createForm } from "../../src/slack/create-form/view";
import { keyOptions } from "../../src/slack/delete-form/key-options";
import { deleteForm, deleteThisForm } from "../../src/slack/delete-form/view";
import { othersKeysMessage } from "../../src/slack/deletions/view";
import { denyForm } from "../../src/slack/deny-form/view";
import { help } from "../../src/slack/help/view";
import { keyDetailsView } from "../../src/slack/key-details/view";
import { keyList } from "../../src/slack/key-list/view";
import { madeKeysMessage } from "../../src/slack/made-keys/view";
import { oldKeysMessage, unansweredMessage } from "../../src/slack/old-keys/view";
import { movedCard, requesterCard } from "../../src/slack/requester-card/view";
import { secretMessage } from "../../src/slack/secret/view";
import { secretForm } from "../../src/slack/secret-form/view";
import { refusalWords } from "../../src/slack/words/refusals";
import { SETTINGS } from "../workflow/samples";
import { expectHarmless, expectHarmlessView, expectNoMarkup } from "./harmless";
import { anyFieldProblem, anyProgress, anyRequest, anySentence, hostile, people, slackId } from "./hostile";
import { anyKey } from "./hostile-keys";
import { anyRefusal } from "./hostile-refusals";

const draft = fc.record({
  keyName: hostile(),
  permission: fc.constantFrom(...PERMISSIONS),
  buckets: fc.array(hostile(200), { maxLength: 120 }),
  allBuckets: fc.boolean(),
  endpoint: fc.constantFrom(...ENDPOINTS),
  format: fc.constantFrom(null, ...FORMATS),
  life: fc.option(
    fc.record({
      value: fc.constantFrom("open", "day", "86400000", "604800000"),
      day: fc.option(fc.constant("2026-12-12")),
    }),
  ),
  reason: hostile(),
  openedIn: fc.option(hostile(200)),
});
const asker = fc.record({ keys: fc.record({ all: fc.nat(), admin: fc.nat() }), denials: fc.nat() });
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
      fc.property(anyRequest, nullable(anyKey), people, hostile(), (request, key, approvers, reason) => {
        const about = { keyName: request.asked.keyName, approverId: "UANN", reason };
        for (const ring of [undefined, { code: "denied", about } as const])
          expectHarmless(requesterCard({ request, key, approvers, waited: approvers }, ring));
        expectHarmless(movedCard(request));
      }),
    );
  });

  test("the approvals card", () => {
    fc.assert(
      fc.property(anyRequest, nullable(anyKey), asker, anyProgress, (request, key, asks, progress) => {
        expectHarmless(approvalsCard({ request, key, asker: asks, progress }));
        expectHarmlessView(detailsView({ request, key, asker: asks, progress }));
      }),
    );
  });

  test("lists of keys", () => {
    const page = fc.record({
      kind: fc.constant("page" as const),
      keys: fc.array(anyKey, { maxLength: 10 }),
      hasOlder: fc.boolean(),
      hasNewer: fc.boolean(),
      total: fc.nat({ max: 1_001 }),
      before: fc.nat({ max: 1_001 }),
      isApprover: fc.boolean(),
    });
    const whose = fc.constantFrom(
      { kind: "own" as const },
      { kind: "all" as const },
      { kind: "person" as const, userId: "UANN" },
    );
    // A command's words are made visible before anything else.
    const search = hostile(MAX_LIST_SEARCH).map(visible);
    const deed = fc.record({ key: anyKey, just: fc.constantFrom("paused" as const, "deleted" as const) });
    fc.assert(
      fc.property(page, whose, nullable(search), slackId, nullable(deed), (shown, of, find, viewerId, did) =>
        expectHarmless(keyList({ page: shown, whose: of, search: find, viewerId, at: 1, deed: did })),
      ),
    );
  });

  test("help", () => {
    fc.assert(
      fc.property(hostile(), nullable(hostile()), (unknownWord, nearest) =>
        expectHarmless(help({ unknownWord, nearest, hasGlass: false })),
      ),
    );
  });

  test("the message with a secret", () => {
    fc.assert(
      fc.property(
        hostile(200),
        hostile(200),
        fc.constantFrom(...ENDPOINTS),
        fc.constantFrom(...FORMATS),
        fc.boolean(),
        (keyName, bucket, endpoint, format, isOff) =>
          expectHarmless(
            secretMessage(
              {
                id: "delivery-1",
                channelId: "D1",
                userId: "UDEV",
                keyName,
                accessKeyId: "tid_one",
                secret: new Secret("tsec_one"),
                endpoint,
                access: { permission: "ReadOnly", buckets: { kind: "named", names: [bucket] } },
                format,
                isOff,
                isPaused: isOff,
              },
              { urls: ENDPOINT_URLS, region: "auto" },
            ),
          ),
      ),
    );
  });

  test("what is told of keys that others have", () => {
    const keys = fc.array(fc.record({ key: anyKey, at: fc.nat() }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(keys, slackId, (shown, byId) => {
        expectHarmless(unansweredMessage(shown));
        expectHarmless(
          oldKeysMessage(
            shown.map(({ key }) => key),
            7_776_000_000,
          ),
        );
        for (const did of ["deleted", "paused"] as const) expectHarmless(othersKeysMessage(did, { byId, keys: shown }));
      }),
    );
  });

  test("what is told of keys that a key has made", () => {
    const made = fc.array(fc.record({ name: hostile(), accessKeyId: hostile(100) }), { maxLength: 10 });
    fc.assert(
      fc.property(made, hostile(), (keys, keyName) =>
        expectHarmless(madeKeysMessage({ by: { keyName, accessKeyId: "tid_one" }, keys })),
      ),
    );
  });

  test("the form for a new key", () => {
    const approval = fc.oneof(
      anyRefusal,
      fc.array(fc.record({ rule: hostile(60), people, count: fc.nat(), others: fc.nat(), isAll: fc.boolean() }), {
        maxLength: 4,
      }),
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
    const offers = fc.record({
      policy: fc
        .record({ approvalFor: fc.subarray([...APPROVAL_CLASSES]), approvers: people })
        .map((said) => policyFromSettings({ ...said, requesters: null, maxKeysPerUser: 5 })),
      allBuckets: fc.boolean(),
      endpoints: fc.constantFrom(ENDPOINTS, ["Default" as const]),
      bucketTrouble: fc.constantFrom(null, "none" as const, "slow" as const),
    });
    const time = fc.option(fc.integer({ min: 300_000, max: 1e11 }));
    const lasts = fc.option(fc.record({ defaultMs: time, longestMs: time }));
    const drafts = fc.oneof(draft, hostile().map(emptyDraft), anyRequest.map(draftOf));
    fc.assert(
      fc.property(drafts, approval, problem, offers, lasts, (shown, needed, wrong, offer, living) =>
        expectHarmlessView(createForm({ draft: shown, offer, approval: needed, lasts: living, problem: wrong })),
      ),
    );
  });

  test("the other views", () => {
    fc.assert(
      fc.property(anyRequest, nullable(anyKey), anySentence, hostile(), (request, picked, sentence, words) => {
        expectHarmlessView(denyForm(request));
        expectHarmlessView(approveForm(request));
        expectHarmlessView(approveForm(request, refused("not_less", { request })));
        expectHarmlessView(deleteForm({ picked, viewerId: "UDEV", named: words.slice(0, 200) }));
        if (picked) {
          expectHarmlessView(deleteThisForm({ key: picked, viewerId: "UDEV", from: null }));
          expectHarmlessView(
            keyDetailsView({
              key: picked,
              request,
              cardUrl: "https://acme.slack.com/archives/D1/p1",
              handout: SETTINGS.handout,
            }),
          );
          for (const kind of ["secret", "resume"] as const)
            expectHarmlessView(secretForm({ kind, key: picked, reason: words, problem: sentence }));
        }
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
