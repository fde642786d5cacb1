import type { Format } from "../domain/permission";
import type { Actor } from "../domain/person";
import { withoutRule } from "../domain/policy/alternatives";
import { quotaRefusal } from "../domain/quota";
import { type Refusal, refused } from "../domain/refusal";
import { formatOf, type Request } from "../domain/request";
import { mayUseRequest } from "../domain/who-may";
import type { ChangePorts } from "./change";
import { type DecidersOfRule, decidersFor } from "./check-deciders";
import { type CheckPorts, lookingFor } from "./check-person";
import { requireRequester } from "./check-requester";
import { quotaUseOf } from "./create";
import { readerOf } from "./recorded";

/** Whether somebody may ask for a key at this moment, so that they learn it before they fill anything in. */
export async function mayOpenForm(
  ports: CheckPorts & Pick<ChangePorts, "store" | "clock">,
  actor: Actor,
): Promise<{ kind: "may" } | Refusal> {
  const allowed = await requireRequester(lookingFor("form", ports), actor, null);
  if (allowed.kind === "refused") return allowed;
  const use = await ports.store.read((record) => quotaUseOf(record, actor.userId));
  const { maxKeysPerUser } = allowed.policy;
  return quotaRefusal(use, { maxKeysPerUser, asksPeople: false }) ?? { kind: "may" };
}

/**
 * Who would decide about such a key.
 * @returns nobody where policy approves at once; or why nobody can
 */
export async function approvalFor(
  ports: CheckPorts,
  asking: Parameters<typeof decidersFor>[1],
): Promise<DecidersOfRule[] | Refusal> {
  const without = withoutRule(asking.access, asking.policy);
  return without ? refused("no_rule", without) : decidersFor(lookingFor("form", ports), asking);
}

/** The format that somebody chose last: their next form has it. */
export async function lastFormat({ store }: Pick<ChangePorts, "store">, actor: Actor): Promise<Format> {
  return formatOf(await store.read((record) => record.requests.newestAskedBy(actor.userId)));
}

/** An earlier request of this person, to ask for the same again. */
export async function requestToRepeat(
  { store }: Pick<ChangePorts, "store">,
  click: { actor: Actor; requestId: string },
): Promise<{ kind: "found"; request: Request } | Refusal> {
  const { userId } = click.actor;
  const { request, readerId } = await store.read(async (record) => {
    const found = await record.requests.find(click.requestId);
    return { request: found, readerId: found && (await readerOf(record, found)) };
  });
  if (!request) return refused("unknown_request");
  // Whoever took over the key that it made has its card.
  const may = readerId === userId ? ({ kind: "allowed" } as const) : mayUseRequest(request, userId);
  return may.kind === "refused" ? may : { kind: "found", request };
}
