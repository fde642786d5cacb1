import type { ModalView } from "@slack/types";
import { z } from "zod";
import { reasonProblem, storable } from "../../domain/input-rules";
import type { Key } from "../../domain/key";
import { secretSince } from "../../domain/key-age";
import { MAX_REASON, MIN_REASON } from "../../domain/limits";
import { accessText, referenceOf } from "../blocks/access";
import { inputHint, inputLabel } from "../blocks/input";
import { formView } from "../blocks/modals";
import { line, richText } from "../blocks/rich";
import { ACTIONS, BLOCKS, CALLBACKS } from "../ids";
import { typedText } from "../payloads/form-state";
import { MALFORMED_INPUT, type Malformed } from "../payloads/malformed";
import type { InvalidForm, Submission } from "../payloads/submission";
import { BUTTONS, TITLES } from "../words/labels";
import { bold, time } from "../words/sentence";

/** The form for why somebody keeps an old secret. @param askedAgainAt when they are asked again */
export function keepForm(key: Key, askedAgainAt: number): ModalView {
  return formView({
    callbackId: CALLBACKS.keep,
    // It only names the key: whose it is, is judged when the form is sent.
    privateMetadata: key.accessKeyId,
    title: TITLES.keep,
    submit: BUTTONS.keep,
    blocks: [
      richText(
        line(bold(key.keyName), ` · ${accessText(key.access)}`, ...referenceOf(key)),
        line("Its secret, made ", time(secretSince(key.age)), ", stays. I ask again ", time(askedAgainAt), "."),
      ),
      {
        type: "input",
        block_id: BLOCKS.keepReason,
        label: inputLabel("Reason"),
        hint: inputHint(`At least ${MIN_REASON} characters. You and the approvers can read it under Details.`),
        element: { type: "plain_text_input", action_id: ACTIONS.keepReason, multiline: true, max_length: MAX_REASON },
      },
    ],
  });
}

const stateShape = z.object({
  values: z.object({ [BLOCKS.keepReason]: z.object({ [ACTIONS.keepReason]: typedText }) }),
});
const about = z.string().min(1).max(200);

/** Why somebody keeps a secret, and the key that the form was opened for, which permits nothing. */
export function readKeepForm(
  submission: Submission,
): { kind: "form"; accessKeyId: string; reason: string } | InvalidForm | Malformed {
  const state = stateShape.safeParse(submission.state);
  const key = about.safeParse(submission.privateMetadata);
  if (!state.success || !key.success) return MALFORMED_INPUT;
  const reason = storable(state.data.values[BLOCKS.keepReason][ACTIONS.keepReason].value?.trim() ?? "");
  const problem = reasonProblem(reason, true);
  if (problem === null) return { kind: "form", accessKeyId: key.data, reason };
  const words =
    problem.code === "too_long"
      ? `Use at most ${MAX_REASON} characters.`
      : `Say in at least ${MIN_REASON} characters why it stays, for example: Its program can't read a new one yet.`;
  return { kind: "invalid", errors: { [BLOCKS.keepReason]: words } };
}
