import type { App } from "@slack/bolt";
import { requireMember } from "../../../workflow/look";
import { COMMAND } from "../../ids";
import { type CommandPayload, readCommand, readCommandPayload } from "../../inputs/command";
import { emptyDraft } from "../../views/create-form";
import { help } from "../../views/help";
import { type Answer, attempted, beside, give, MALFORMED, senderOf, WENT_WRONG } from "../answer";
import { openCreateForm } from "../create-form";
import { openDeleteForm } from "../delete-form";
import { answerWithKeys } from "../key-pages";
import type { Listening } from "../listening";

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
