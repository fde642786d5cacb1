import type { InputBlock, ModalView, RichTextBlock } from "@slack/types";
import type { Key } from "../../domain/key";
import { accessInFull, referenceOf } from "../blocks/access";
import { STOPS_AT_ONCE, STOPS_NOTHING } from "../blocks/delete-button";
import { inputLabel, placeholder } from "../blocks/input";
import { formView } from "../blocks/modals";
import { line, richText } from "../blocks/rich";
import { ACTIONS, BLOCKS, CALLBACKS } from "../ids";
import { keyStanding } from "../words/key-standing";
import { BUTTONS, TITLES } from "../words/labels";
import { noSuchKey } from "../words/refusals";
import { bold, code, type Sentence, time, user } from "../words/sentence";
import { type Kept, keptText, NOTHING_KEPT } from "./kept";
import { keyOption } from "./key-options";

const NO_WAY_BACK = " This can't be undone";
const PAUSE_CAN = `; ${BUTTONS.pause} can.`;

/** The form that deletes a key that was named or chosen before: there is nothing to fill in. */
export function deleteThisForm(shown: { key: Key; viewerId: string; from: Kept["from"] }): ModalView {
  const { key, viewerId, from } = shown;
  const kept = { ...NOTHING_KEPT, accessKeyId: key.accessKeyId, from };
  return form(kept, [description(key, viewerId)]);
}

/** The form that deletes a key that is to be picked: which one, what it is, and what happens. */
export function deleteForm(shown: {
  picked: Key | null;
  viewerId: string;
  /** What the command named several keys by: they are offered first. */
  named?: string | null;
  /** What the command named, and no key is called. */
  problem?: { named: string } | null;
}): ModalView {
  const { picked, viewerId, named = null, problem = null } = shown;
  const lead: Sentence | null = problem
    ? noSuchKey(problem)
    : named === null || picked
      ? null
      : ["Several keys are called ", bold(named), "."];
  return form({ ...NOTHING_KEPT, named }, [
    ...(lead ? [richText(line(...lead, " Pick one:"))] : []),
    selectBlock(picked && keyOption(picked, viewerId)),
    picked ? description(picked, viewerId) : richText(line("⚠️ ", STOPS_AT_ONCE, NO_WAY_BACK, PAUSE_CAN)),
  ]);
}

function form(kept: Kept, blocks: (InputBlock | RichTextBlock)[]): ModalView {
  return formView({
    callbackId: CALLBACKS.delete,
    title: TITLES.delete,
    submit: BUTTONS.deleteKey,
    privateMetadata: keptText(kept),
    blocks,
  });
}

function selectBlock(initial: ReturnType<typeof keyOption> | null): InputBlock {
  return {
    type: "input",
    block_id: BLOCKS.pickedKey,
    label: inputLabel("Key"),
    dispatch_action: true,
    element: {
      type: "external_select",
      action_id: ACTIONS.pickedKey,
      placeholder: placeholder("Search by name or id"),
      min_query_length: 0,
      ...(initial ? { initial_option: initial } : {}),
    },
  };
}

/** What is off works nowhere, so a pause is no way out for it. */
function whatHappens({ state }: Key): Sentence {
  return state.kind === "off" ? [STOPS_NOTHING, NO_WAY_BACK, "."] : [STOPS_AT_ONCE, NO_WAY_BACK, PAUSE_CAN];
}

function description(key: Key, viewerId: string): RichTextBlock {
  const whose: Sentence = key.ownerId === viewerId ? ["Your key"] : ["A key of ", user(key.ownerId)];
  return richText(
    line(bold(key.keyName), ` · ${keyStanding(key)}`),
    line(...accessInFull(key.access)),
    line(...whose, ", made ", time(key.madeAt), " · ID ", code(key.accessKeyId), ...referenceOf(key)),
    line("⚠️ ", ...whatHappens(key)),
  );
}
