import type { App } from "@slack/bolt";
import { deleteKey } from "../../workflow/delete";
import { keyOptionsToDelete, pickedKey } from "../../workflow/list";
import { MAX_OPTIONS } from "../blocks/option";
import { ACTIONS, CALLBACKS } from "../ids";
import type { ListenerContext } from "../interaction/listener-context";
import { type Choice, onChoice } from "../interaction/on-choice";
import { onSearch } from "../interaction/on-search";
import { onSubmit } from "../interaction/on-submit";
import { aboutId } from "../interaction/refusal-trace";
import { MALFORMED_INPUT } from "../payloads/malformed";
import { TITLES } from "../words/labels";
import { readPicked } from "./input";
import { keyOptions } from "./key-options";
import { deleteForm } from "./view";

/** The form that deletes a key: its select, the choice of a key and its sending. */
export function registerDeleteForm(app: App, context: ListenerContext): void {
  const { ports } = context;
  const choice = {
    actionId: ACTIONS.pickedKey,
    title: TITLES.delete,
    about: ({ state }: Choice) => aboutId("accessKeyId", readPicked(state)),
  };
  onChoice(app, context, choice, async ({ actor, state }) => {
    const accessKeyId = readPicked(state);
    if (accessKeyId === null) return deleteForm({ picked: null, viewerId: actor.userId });
    const picked = await pickedKey(ports, { actor, accessKeyId });
    if (picked.kind === "refused") return picked;
    return deleteForm({ picked: picked.key, viewerId: actor.userId });
  });
  onSearch(app, context, ACTIONS.pickedKey, async ({ actor, search }) => {
    const keys = await keyOptionsToDelete(ports, { actor, search, limit: MAX_OPTIONS });
    return "kind" in keys ? keys : keyOptions(keys, actor.userId);
  });
  const form = { callbackId: CALLBACKS.delete, title: TITLES.delete, working: "Deleting the key…" };
  onSubmit(app, context, form, {
    read: ({ state }) => {
      const accessKeyId = readPicked(state);
      return accessKeyId === null ? MALFORMED_INPUT : { kind: "form", accessKeyId };
    },
    verb: ({ actor }, { accessKeyId }) => deleteKey(ports, { actor, accessKeyId }),
    about: ({ accessKeyId }) => aboutId("accessKeyId", accessKeyId),
  });
}
