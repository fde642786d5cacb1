import type { App } from "@slack/bolt";
import { requireMember } from "../../workflow/look";
import { openCreateForm } from "../create-form/open";
import { emptyDraft } from "../create-form/view";
import { openDeleteForm } from "../delete-form/open";
import { help } from "../help/view";
import { COMMAND } from "../ids";
import { type Answer, attempted, beside, give, MALFORMED, senderOf, WENT_WRONG } from "../interaction/answer";
import type { Listening } from "../interaction/listening";
import { answerWithKeys } from "../key-list/pages";
import { type CommandPayload, readCommand, readCommandPayload } from "./input";

/** `/tigris-key`, with whatever follows it. */
export function registerTigrisKey(app: App, listening: Listening): void {
  app.command(COMMAND, async ({ ack, body }) => {
    await ack();
    const payload = readCommandPayload(body);
    if (payload.kind === "malformed") return give(listening, senderOf(body), beside(...MALFORMED));
    const answer = await attempted(listening, COMMAND, () => run(listening, payload), beside(...WENT_WRONG));
    await give(listening, { userId: payload.actor.userId, responseUrl: payload.responseUrl }, answer);
  });
}

async function run(listening: Listening, payload: CommandPayload): Promise<Answer> {
  const { actor } = payload;
  const command = readCommand(payload.text);
  switch (command.kind) {
    case "help":
      return answerWithHelp(listening, payload, { unknownWord: null, nearest: null });
    case "unknown":
      return answerWithHelp(listening, payload, { unknownWord: command.word, nearest: command.nearest });
    case "create":
      return openCreateForm(listening, payload, async () => emptyDraft(command.keyName));
    case "list":
      return answerWithKeys(listening, { actor, whose: command.whose, from: null });
    case "delete":
      return openDeleteForm(listening, payload, command.named);
  }
}

async function answerWithHelp(
  { ports }: Listening,
  { actor }: CommandPayload,
  shown: Parameters<typeof help>[0],
): Promise<Answer> {
  const member = await requireMember(ports, actor);
  return member.kind === "refused"
    ? beside(...member.sentence)
    : { kind: "message", how: "beside", message: help(shown) };
}
