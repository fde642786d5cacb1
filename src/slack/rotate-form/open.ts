import type { ModalView } from "@slack/types";
import { DAY_MS } from "../../domain/limits";
import type { Actor } from "../../domain/person";
import { keyToRotate } from "../../workflow/ask-rotation";
import { keysToRotate, namedToRotate } from "../../workflow/keys-to-rotate";
import { outcomeView } from "../blocks/modals";
import type { ListenerContext } from "../interaction/listener-context";
import { type Asker, openForm } from "../interaction/open-form";
import type { Drawn } from "../interaction/refused-form";
import type { Reply } from "../interaction/reply";
import { TITLES } from "../words/labels";
import { noSuchKey } from "../words/refusals";
import { bold, type Sentence } from "../words/sentence";
import { rotateForm } from "./view";

/** Which key: any of one's own, one that the command names, or one whose button was pressed. `reason`: what was typed the last time. */
export type Meant =
  | { kind: "any" }
  | { kind: "named"; named: string }
  | { kind: "key"; accessKeyId: string; reason?: string };

const USUAL_WAY = String(DAY_MS);

/** Opens the form that rotates a key. */
export function openRotateForm(
  context: ListenerContext,
  asker: Asker & { actor: Actor },
  meant: Meant,
): Promise<Reply> {
  const { actor } = asker;
  return openForm(context, asker, TITLES.rotate, () => {
    switch (meant.kind) {
      case "any":
        return pickForm(context, actor, null);
      case "named":
        return namedForm(context, actor, meant.named);
      case "key":
        return keyForm(context, actor, meant);
    }
  });
}

async function keyForm(
  { ports }: ListenerContext,
  actor: Actor,
  { accessKeyId, reason = "" }: Extract<Meant, { kind: "key" }>,
): Promise<Drawn> {
  const found = await keyToRotate(ports, { actor, accessKeyId });
  if (found.kind === "refused") return found;
  const { key, needsApproval } = found;
  return rotateForm({ key, needsApproval, way: USUAL_WAY, reason, lead: null });
}

async function namedForm(context: ListenerContext, actor: Actor, named: string): Promise<Drawn> {
  const found = await namedToRotate(context.ports, { actor, named });
  switch (found.kind) {
    case "found":
      return keyForm(context, actor, { kind: "key", accessKeyId: found.key.accessKeyId });
    case "several":
      return pickForm(context, actor, ["Several keys are called ", bold(named), ". Pick one:"]);
    case "refused": {
      if (found.code !== "no_such_key") return found;
      const any = await keysToRotate(context.ports, { actor, search: "", limit: 1 });
      if ("kind" in any || any.length === 0) return found;
      const view = pickView([...noSuchKey(found.about), " Pick one:"]);
      return { kind: "refused_within", view, refusal: found };
    }
  }
}

async function pickForm({ ports }: ListenerContext, actor: Actor, lead: Sentence | null): Promise<Drawn> {
  const keys = await keysToRotate(ports, { actor, search: "", limit: 1 });
  if ("kind" in keys) return keys;
  if (keys.length === 0) return outcomeView(TITLES.rotate, ["There is no key that you could rotate."]);
  return pickView(lead);
}

function pickView(lead: Sentence | null): ModalView {
  return rotateForm({ key: null, needsApproval: false, way: USUAL_WAY, reason: "", lead });
}
