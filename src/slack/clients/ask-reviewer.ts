import type { WebClient } from "@slack/web-api";
import { isReviewed } from "../../domain/review";
import type { CheckPorts } from "../../workflow/check-person";
import type { OutboxMessage, Sent } from "../../workflow/outbox-message";
import type { Ports } from "../../workflow/ports";
import { whyNotAskToReview } from "../../workflow/review";
import { reviewQuestion } from "../break-glass/review-card";
import { openDm, post } from "./post";
import { ended, NOTHING_TO_SAY } from "./sent";

type AskPorts = Pick<Ports, "store"> & CheckPorts & { client: WebClient };

/** What is reviewed meanwhile is asked of nobody; and who is no full member of the workspace reads nothing of it. */
export async function askReviewer(
  ports: AskPorts,
  { requestId, userId, isLate }: Extract<OutboxMessage, { kind: "review_question" }>,
): Promise<Sent> {
  const request = await ports.store.read(({ requests }) => requests.find(requestId));
  if (!request?.review || isReviewed(request.review)) return NOTHING_TO_SAY;
  const whyNot = await whyNotAskToReview(ports, { request, review: request.review, userId });
  if (whyNot?.code === "not_checked") return { kind: "later", code: whyNot.code, afterMs: null };
  if (whyNot?.code === "look_refused") return { kind: "never", code: whyNot.about.slackCode };
  if (whyNot) return NOTHING_TO_SAY;
  const dm = await openDm(ports.client, userId);
  if (dm.kind === "failed") return ended(dm);
  return ended(await post(ports.client, { channelId: dm.result }, reviewQuestion(request, request.review, isLate)));
}
