import type { App } from "@slack/bolt";
import { lookingFor, requireMember } from "../../workflow/check-person";
import { reportKeys } from "../../workflow/report";
import { openBreakGlass } from "../break-glass/open";
import { emptyDraft } from "../create-form/draft";
import { openCreateForm } from "../create-form/open";
import { openDeleteForm } from "../delete-form/open";
import { help } from "../help/view";
import type { ListenerContext } from "../interaction/listener-context";
import type { Deed } from "../interaction/refusal-trace";
import { beside, MALFORMED, outcomeBeside, type Reply, reply, senderOf } from "../interaction/reply";
import { withFallback } from "../interaction/with-fallback";
import { replyWithKeys } from "../key-list/pages";
import { keyReport } from "../report/view";
import { openRotateForm } from "../rotate-form/open";
import { COMMAND } from "../words/command";
import { type Command, type CommandPayload, readCommand, readCommandPayload } from "./input";

export function registerCommand(app: App, context: ListenerContext): void {
  app.command(COMMAND, async ({ ack, body }) => {
    await ack();
    const payload = readCommandPayload(body);
    if (payload.kind === "malformed") {
      const sender = senderOf(body);
      context.noteRefusal({ actor: sender.userId, verb: "command", about: {} }, "malformed");
      return reply(context, sender, beside(...MALFORMED));
    }
    const command = readCommand(payload.text);
    const deed = { actor: payload.actor.userId, verb: verbOf(command), about: {} };
    const asker = { ...payload, deed };
    const said = await withFallback(
      context,
      COMMAND,
      () => run(context, asker, command),
      (words) => beside(...words),
    );
    if (said.kind === "refused") context.noteRefusal(deed, said.refusal);
    await reply(context, { userId: payload.actor.userId, responseUrl: payload.responseUrl }, said);
  });
}

/** A command in the trace of a refusal: its word, and whose keys, without anything else that was typed. */
function verbOf(command: Command): string {
  return command.kind === "list" ? `list_${command.whose.kind}` : command.kind;
}

async function run(
  context: ListenerContext,
  payload: CommandPayload & { deed: Deed },
  command: Command,
): Promise<Reply> {
  const { actor } = payload;
  switch (command.kind) {
    case "help":
      return replyWithHelp(context, payload, { unknownWord: null, nearest: null });
    case "unknown":
      return replyWithHelp(context, payload, { unknownWord: command.word, nearest: command.nearest });
    case "create":
      return openCreateForm(context, payload, async () => emptyDraft(command.keyName));
    case "break_glass":
      return openBreakGlass(context, payload, emptyDraft(command.keyName));
    case "list":
      return replyWithKeys(context, { actor, whose: command.whose, search: command.search, from: null });
    case "report":
      return replyWithReport(context, actor);
    case "delete":
      return openDeleteForm(
        context,
        payload,
        command.named === null ? { kind: "any" } : { kind: "named", named: command.named },
      );
    case "rotate":
      return openRotateForm(
        context,
        payload,
        command.named === null ? { kind: "any" } : { kind: "named", named: command.named },
      );
  }
}

async function replyWithReport({ ports }: ListenerContext, actor: CommandPayload["actor"]): Promise<Reply> {
  const counted = await reportKeys(ports, { actor });
  if (counted.kind === "refused") return outcomeBeside(counted);
  return { kind: "message", how: "beside", message: keyReport(counted.counts) };
}

async function replyWithHelp(
  { ports }: ListenerContext,
  { actor }: CommandPayload,
  shown: Omit<Parameters<typeof help>[0], "hasGlass">,
): Promise<Reply> {
  const member = await requireMember(lookingFor("form", ports), actor);
  if (member.kind === "refused") return outcomeBeside(member);
  const { policy } = await ports.policy.inForce();
  return { kind: "message", how: "beside", message: help({ ...shown, hasGlass: policy.breakGlass !== null }) };
}
