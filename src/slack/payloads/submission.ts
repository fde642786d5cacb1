import { z } from "zod";
import type { Actor } from "../../domain/person";
import { actorOf } from "./actor";
import { stateOf, viewShape } from "./form-state";
import { MALFORMED_INPUT, type Malformed } from "./malformed";

/** A form that was sent (`view_submission`). */
export type Submission = {
  kind: "submission";
  actor: Actor;
  /** The same for each delivery of one submission. */
  viewId: string;
  privateMetadata: string;
  /** With which another view can be opened for three seconds (Slack, `trigger_id`); null where the payload has none. */
  triggerId: string | null;
  state: unknown;
};

/** What is wrong with the fields of a form, by their blocks. */
export type InvalidForm = { kind: "invalid"; errors: Record<string, string> };

const payloadShape = z.object({
  type: z.literal("view_submission"),
  trigger_id: z.string().min(1).max(500).nullish(),
  view: viewShape,
});

export function readSubmission(payload: unknown): Submission | Malformed {
  const actor = actorOf(payload);
  const parsed = payloadShape.safeParse(payload);
  if (actor === null || !parsed.success) return MALFORMED_INPUT;
  const { view, trigger_id: triggerId } = parsed.data;
  return {
    kind: "submission",
    actor,
    viewId: view.id,
    privateMetadata: view.private_metadata ?? "",
    triggerId: triggerId ?? null,
    state: stateOf(view),
  };
}
