import type { Key } from "../../domain/key";
import { ENDPOINT_URLS } from "../../domain/permission";
import { accessText, referenceOf } from "../blocks/access";
import type { ButtonSpec } from "../blocks/button";
import { deleteButton, STOPS_AT_ONCE } from "../blocks/delete-button";
import type { Section } from "../blocks/message";
import { ACTIONS } from "../ids";
import { keyDeletionHeld } from "../words/key-state";
import { BUTTONS } from "../words/labels";
import { bold, code, type Sentence, time, user } from "../words/sentence";

/** The requester's card once its key exists. */
export function keyCard(key: Key): Section {
  const { state } = key;
  const name: Sentence = [bold(key.keyName), ` · ${accessText(key.access)}`];
  switch (state.kind) {
    case "live":
      return {
        lines: [
          ["🔑 ", ...name],
          ["ID ", code(key.accessKeyId), " · made ", time(key.madeAt), ...savedWhen(state.secret)],
          ...details(key),
          ...(state.secret.kind === "confirmed" ? [] : [NOTHING_HERE]),
        ],
        buttons: keyButtons(key),
      };
    case "rotating":
      return {
        lines: [["⏳ ", ...name, " is getting a new secret, which appears here in a moment."], ...details(key)],
        buttons: [deleteButton(key, ACTIONS.deleteKey, key.accessKeyId)],
      };
    case "secret_unknown":
      return {
        lines: [
          ["⚠️ ", bold(key.keyName), ": the old secret has probably stopped working and nobody holds the new one."],
          ["Press ", bold(BUTTONS.newSecret), " to get one that works, or delete the key. ID ", code(key.accessKeyId)],
          ...details(key),
        ],
        buttons: keyButtons(key),
      };
    case "deletion_held":
      return {
        lines: [["⏸️ ", ...keyDeletionHeld({ keyName: key.keyName, byId: state.byId })], ...details(key)],
        buttons: [deleteButton(key, ACTIONS.deleteKey, key.accessKeyId)],
      };
    case "deleting":
      return {
        lines: [
          [
            "⏳ ",
            ...name,
            " (",
            code(key.accessKeyId),
            ") is being deleted, as ",
            user(state.byId),
            " asked ",
            time(state.at),
            ".",
          ],
          ...details(key),
        ],
        buttons: [],
      };
    case "deleted":
      return { lines: [deletedSentence(key, state), ...details(key)], buttons: [] };
  }
}

const NOTHING_HERE: Sentence = ["Nothing here? Press ", bold(BUTTONS.newSecret), ": the lost one stops working."];

function savedWhen(secret: { kind: "unconfirmed" } | { kind: "confirmed"; at: number }): Sentence {
  return secret.kind === "confirmed"
    ? [" · secret confirmed as saved ", time(secret.at)]
    : [" · secret not confirmed yet"];
}

function details(key: Key): Sentence[] {
  return [[`Endpoint ${key.endpoint}: ${ENDPOINT_URLS[key.endpoint].s3}`, ...referenceOf(key)]];
}

function deletedSentence(key: Key, { byId, at }: { byId: string | null; at: number }): Sentence {
  const what: Sentence = [bold(key.keyName), " (", code(key.accessKeyId), ") "];
  if (byId === null) return [...what, "no longer exists in Tigris; that was noticed ", time(at), "."];
  return [...what, "was deleted by ", user(byId), " ", time(at), ". Programs that used it have lost access."];
}

function keyButtons(key: Key): ButtonSpec[] {
  return [
    {
      label: BUTTONS.newSecret,
      actionId: ACTIONS.newSecret,
      value: key.accessKeyId,
      spoken: `${BUTTONS.newSecret} for ${key.keyName}`,
      confirm: {
        title: `${BUTTONS.newSecret} for ${key.keyName}?`,
        text: `The old secret stops working. ${STOPS_AT_ONCE} The new one is shown here, one time, only to you.`,
        yes: BUTTONS.newSecret,
      },
    },
    deleteButton(key, ACTIONS.deleteKey, key.accessKeyId),
  ];
}
