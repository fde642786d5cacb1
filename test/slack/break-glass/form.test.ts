import { buttonsOf } from "../../../src/slack/approvals-card/buttons";
import { breakGlassForm } from "../../../src/slack/break-glass/form";
import { emptyDraft } from "../../../src/slack/create-form/draft";
import { BY_POLICY, requestIn } from "../../domain/samples";

const GLASS = { who: { users: ["UDEV"], groups: [] }, lastsMs: 14_400_000, tellChannelId: "CSEC" };
const OFFER = { allBuckets: true, endpoints: [], bucketTrouble: null };

test("nobody decides about a broken glass, and its form does not say so", () => {
  const form = JSON.stringify(breakGlassForm({ draft: emptyDraft(""), glass: GLASS, offer: OFFER, problem: null }));
  expect(form).toContain("At least 10 characters, for example: The checkout is down");
  expect(form).not.toContain("Those who decide");
});

test("what is withdrawn of a broken glass is no approval", () => {
  const approval = { ...BY_POLICY, by: { kind: "break_glass", lastsMs: GLASS.lastsMs } } as const;
  const request = requestIn({ kind: "approved", approval, lapsesAt: 2, isExtended: false, failure: null });
  expect(buttonsOf(request, null).map(({ confirm }) => confirm?.title)).toEqual(["Withdraw the broken glass?"]);
});
