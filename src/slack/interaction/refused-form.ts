import type { ModalView } from "@slack/types";
import type { Refusal } from "../../domain/refusal";
import { outcomeView } from "../blocks/modals";
import type { Malformed } from "../payloads/malformed";
import { refusalWords } from "../words/refusals";
import type { ListenerContext } from "./listener-context";
import type { Deed } from "./refusal-trace";
import { MALFORMED } from "./reply";

/** A form that says itself what was refused. */
export type RefusedWithin = { kind: "refused_within"; view: ModalView; refusal: Refusal };

/** A form, or why there is none. */
export type Drawn = ModalView | Refusal | RefusedWithin | Malformed;

/** The view that shows what was drawn. A refusal leaves its trace on the way. */
export function viewOf(context: ListenerContext, form: { deed: Deed; title: string }, drawn: Drawn): ModalView {
  if (!("kind" in drawn)) return drawn;
  switch (drawn.kind) {
    case "refused":
      context.noteRefusal(form.deed, drawn);
      return outcomeView(form.title, refusalWords(drawn));
    case "refused_within":
      context.noteRefusal(form.deed, drawn.refusal);
      return drawn.view;
    case "malformed":
      context.noteRefusal(form.deed, "malformed");
      return outcomeView(form.title, MALFORMED);
  }
}
