import type { Request, RequestKind } from "../../../src/domain/request";
import { approvedBy, whatHappened } from "../../../src/slack/words/what-happened";
import { BY_ANN, BY_POLICY, REQUESTS, SECRET_ASKED, SECRETS } from "../../domain/samples";
import { plainText } from "./plain-text";

const HAPPENED: { [Kind in RequestKind]: string } = {
  pending: "The request for *deploy* is waiting for a decision.",
  approved: "@UANN approved this [1500]; the key has not been made yet.",
  making: "The key *deploy* is being made right now.",
  delivered: "The secret of *deploy* was shown [2000]; the key is off.",
  made: "The key *deploy* was made [2000].",
  denied: "@UANN denied this [2000].",
  cancelled: "@UDEV canceled this [2000].",
  withdrawn: "@UBOB withdrew this approval [2000].",
  lapsed: "This lapsed [10000].",
  requester_gone: "This ended [2000]: @UDEV can no longer ask for keys.",
};

test.each(Object.values(REQUESTS))("what happened to a request that is $state.kind", (request) => {
  expect(plainText(whatHappened(request))).toBe(HAPPENED[request.state.kind]);
});

const SECRET_HAPPENED: { [Kind in RequestKind]: string } = {
  ...HAPPENED,
  approved: "@UANN approved this [1500]; the new secret has not been made yet.",
  making: "A new secret of *deploy* is being made right now.",
  made: "A new secret of *deploy* was made [2000].",
};

test.each(Object.values(SECRETS))("what happened to a request for a new secret that is $state.kind", (request) => {
  expect(plainText(whatHappened(request))).toBe(SECRET_HAPPENED[request.state.kind]);
});

test("what happened to a request for a resume is told as that", () => {
  const resume = (request: Request) => ({ ...request, asked: { ...SECRET_ASKED, kind: "resume" as const } });
  expect(plainText(whatHappened(resume(SECRETS.approved)))).toBe(
    "@UANN approved this [1500]; the key has not been resumed by it yet.",
  );
  expect(plainText(whatHappened(resume(SECRETS.made)))).toBe("@UANN approved this [1500]; the key was resumed by it.");
  expect(plainText(whatHappened(resume(SECRETS.pending)))).toBe(HAPPENED.pending);
});

test("policy approves too", () => {
  expect(plainText(approvedBy(BY_POLICY))).toBe("The policy of this workspace approved this [1500]");
  expect(plainText(approvedBy(BY_ANN))).toBe("@UANN approved this [1500]");
});
