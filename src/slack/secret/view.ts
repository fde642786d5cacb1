import type { Handout } from "../../domain/permission";
import type { Delivery } from "../../workflow/messenger-port";
import { buttonsAndMenu } from "../blocks/button";
import { deleteButton } from "../blocks/delete-button";
import { savedButton } from "../blocks/key-buttons";
import { type Message, sentenceMessage } from "../blocks/message";
import { line, preformatted, richText } from "../blocks/rich";
import { ACTIONS } from "../ids";
import { bold, code, type Sentence } from "../words/sentence";
import { sentenceText } from "../words/sentence-text";
import { firstCommand, SNIPPET_TITLES, snippetOf } from "./snippet";

/**
 * The one message that shows a secret, for `chat.postEphemeral`. The secret stands in preformatted rich text alone, which
 * Slack leaves as it is; the `text`, which shows in notifications, never holds it.
 */
export function secretMessage(
  delivery: Omit<Delivery, "isHeld" | "isWanted">,
  { urls, region }: Pick<Handout, "urls" | "region">,
): Message {
  const { id, keyName, accessKeyId, endpoint, format, isOff, isPaused } = delivery;
  const secret = delivery.secret.expose();
  const snippet = snippetOf(format, { keyName, accessKeyId, secret, urls: urls[endpoint], region });
  return {
    text: sentenceText(["Your secret for ", keyName, " is ready in this conversation."]),
    blocks: [
      richText(line(...leadOf(delivery))),
      richText(line(bold("Access key ID")), preformatted(accessKeyId)),
      richText(line(bold("Secret access key")), preformatted(secret)),
      richText(line(bold(SNIPPET_TITLES[format])), preformatted(snippet)),
      richText(line(isPaused ? "Once it is resumed, try: " : "Then try: ", code(firstCommand(delivery)))),
      buttonsAndMenu(
        [savedButton({ id, keyName, isOff }, ACTIONS.saved)],
        [deleteButton(delivery, ACTIONS.deleteDelivered, delivery.id)],
      ),
    ],
  };
}

/** What to do, and what holds until then. */
function leadOf({ keyName, isOff, isPaused }: Pick<Delivery, "keyName" | "isOff" | "isPaused">): Sentence {
  const save: Sentence = [bold("Save this now."), " It can't be shown again"];
  const paused: Sentence = isPaused ? [" The key is paused: this secret works only once it is resumed."] : [];
  return isOff
    ? [...save, ", and ", bold(keyName), " opens none of your buckets until you press the button.", ...paused]
    : [...save, ". It is the new secret of ", bold(keyName), "; the old one has stopped working.", ...paused];
}

/** A line for `chat.postEphemeral`: where Slack takes it, it takes a secret too. */
export function tryMessage(): Message {
  return sentenceMessage(["The last secret could not be shown here, so I try with this line first."]);
}
