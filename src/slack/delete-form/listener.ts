import type { App } from "@slack/bolt";
import { deleteKey } from "../../workflow/delete";
import { keyOptionsToDelete, pickedKey } from "../../workflow/keys-to-delete";
import { MAX_OPTIONS } from "../blocks/option";
import { ACTIONS, CALLBACKS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { type Choice, onChoice } from "../interaction/on-choice";
import { onSearch } from "../interaction/on-search";
import { onSubmit } from "../interaction/on-submit";
import { aboutId } from "../interaction/refusal-trace";
import { redrawList } from "../key-list/pages";
import { MALFORMED_INPUT } from "../payloads/malformed";
import { TITLES } from "../words/labels";
import { readDeleteForm } from "./input";
import { readKept } from "./kept";
import { keyOptions } from "./key-options";
import { deleteForm } from "./view";

/** The form that deletes a key: its select, the choice of a key and its sending. */
export function registerDeleteForm(app: App, context: ListenerContext): void {
  const { ports } = context;
  const choice = {
    actionId: ACTIONS.pickedKey,
    title: TITLES.delete,
    about: ({ state }: Choice) => aboutId("accessKeyId", readDeleteForm(state).accessKeyId),
  };
  onChoice(app, context, choice, async ({ actor, state }) => {
    const { accessKeyId, kept } = readDeleteForm(state);
    const shown = { viewerId: actor.userId, named: kept.named };
    if (accessKeyId === null) return deleteForm({ ...shown, picked: null });
    const picked = await pickedKey(ports, { actor, accessKeyId });
    return picked.kind === "refused" ? picked : deleteForm({ ...shown, picked: picked.key });
  });
  onSearch(app, context, ACTIONS.pickedKey, async ({ actor, search, kept }) => {
    const { named } = readKept(kept);
    const keys = await keyOptionsToDelete(ports, { actor, search, named, limit: MAX_OPTIONS });
    return "kind" in keys ? keys : keyOptions(keys, actor.userId);
  });
  const form = { callbackId: CALLBACKS.delete, title: TITLES.delete, working: "Deleting the key…" };
  onSubmit(app, context, form, {
    read: ({ state }) => {
      const { accessKeyId, kept } = readDeleteForm(state);
      return accessKeyId === null ? MALFORMED_INPUT : { kind: "form", accessKeyId, from: kept.from };
    },
    verb: ({ actor }, { accessKeyId }) => deleteKey(ports, { actor, accessKeyId }),
    about: ({ accessKeyId }) => aboutId("accessKeyId", accessKeyId),
    after: async ({ actor, triggerId }, { accessKeyId, from }, outcome) => {
      if (from?.kind === "list") await redrawList(context, { ...from.list, actor, accessKeyId }, outcome);
      // The form says it already.
      const nothing = { sentence: null, isRefusal: false };
      if (from?.kind === "home") await context.answerInHome({ actor, triggerId: triggerId ?? "" }, nothing);
    },
  });
}
