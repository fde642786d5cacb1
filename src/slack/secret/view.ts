import { ENDPOINT_URLS, REGION } from "../../domain/permission";
import type { Delivery } from "../../workflow/messenger-port";
import { buttons } from "../blocks/button";
import { deleteButton } from "../blocks/delete-button";
import { type Message, sentenceMessage } from "../blocks/message";
import { line, preformatted, richText } from "../blocks/rich";
import { ACTIONS } from "../ids";
import { BUTTONS } from "../words/labels";
import { bold } from "../words/sentence";
import { sentenceText } from "../words/sentence-text";

/**
 * The one message that shows a secret, for `chat.postEphemeral`. The secret stands in preformatted rich text alone, which
 * Slack leaves as it is; the `text`, which shows in notifications, never holds it.
 */
export function secretMessage(delivery: Omit<Delivery, "postBefore" | "isWanted">): Message {
  const { keyName, accessKeyId, endpoint } = delivery;
  const secret = delivery.secret.expose();
  const { s3, iam } = ENDPOINT_URLS[endpoint];
  const exports = [
    `export AWS_ACCESS_KEY_ID=${accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${secret}`,
    `export AWS_ENDPOINT_URL_S3=${s3}`,
    `export AWS_ENDPOINT_URL_IAM=${iam}`,
    `export AWS_REGION=${REGION}`,
  ];
  return {
    text: sentenceText(["Your secret for ", keyName, " is ready in this conversation."]),
    blocks: [
      richText(line("Your secret for ", bold(keyName), ". It cannot be shown again: save it now.")),
      richText(line(bold("Access key ID")), preformatted(accessKeyId)),
      richText(line(bold("Secret access key")), preformatted(secret)),
      richText(line(bold("Endpoints"), ` S3 ${s3} · IAM ${iam} · region ${REGION}`)),
      richText(line(bold("For a shell")), preformatted(exports.join("\n"))),
      richText(line("Keep it in a secret manager, not in code or chat.")),
      buttons(
        {
          label: BUTTONS.saved,
          actionId: ACTIONS.saved,
          value: delivery.id,
          style: "primary",
          spoken: `${BUTTONS.saved}: the secret of ${keyName}`,
        },
        deleteButton(delivery, ACTIONS.deleteDelivered, delivery.id),
      ),
    ],
  };
}

/** A line for `chat.postEphemeral`: where Slack takes it, it takes a secret too. */
export function tryMessage(): Message {
  return sentenceMessage(["The last secret could not be shown here, so I try with this line first."]);
}
