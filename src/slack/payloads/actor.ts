import { z } from "zod";
import type { Actor } from "../../domain/person";

/** Ids of Slack's, such as U0123ABCD: opaque, in capitals and digits. */
export const slackId = z.string().regex(/^[A-Z0-9]{2,64}$/);
/** Forms send what is missing as empty text. */
const maybeId = z.union([z.literal("").transform(() => null), slackId]).nullish();

const commandActor = z.object({ user_id: slackId, team_id: maybeId, enterprise_id: maybeId });

const interactionActor = z.object({
  user: z.object({ id: slackId, team_id: maybeId }),
  team: z.object({ id: maybeId, enterprise_id: maybeId }).nullish(),
  enterprise: z.object({ id: maybeId }).nullish(),
});

const eventActor = z.object({ event: z.object({ user: slackId }), team_id: maybeId, enterprise_id: maybeId });

/**
 * Who acts, from a payload whose signature was checked, or that came over our own socket. Who comes from no workspace is
 * refused later; an id that is none makes the whole payload unreadable.
 */
export function actorOf(payload: unknown): Actor | null {
  if (typeof payload !== "object" || payload === null) return null;
  if ("event" in payload) return openingActor(payload);
  return "user" in payload ? interactingActor(payload) : commandingActor(payload);
}

/** Events name the workspace that they are sent for, and not which one a person is from. */
function openingActor(payload: object): Actor | null {
  const { data } = eventActor.safeParse(payload);
  if (!data) return null;
  const { event, team_id: teamId, enterprise_id: enterpriseId } = data;
  return { userId: event.user, teamId: teamId ?? null, enterpriseId: enterpriseId ?? null, userTeamId: null };
}

/** Commands don't say which workspace a person is from. */
function commandingActor(payload: object): Actor | null {
  const { data } = commandActor.safeParse(payload);
  if (!data) return null;
  const { user_id: userId, team_id: teamId, enterprise_id: enterpriseId } = data;
  return { userId, teamId: teamId ?? null, enterpriseId: enterpriseId ?? null, userTeamId: null };
}

function interactingActor(payload: object): Actor | null {
  const { data } = interactionActor.safeParse(payload);
  if (!data) return null;
  const { user, team, enterprise } = data;
  return {
    userId: user.id,
    teamId: team?.id ?? null,
    enterpriseId: enterprise?.id ?? team?.enterprise_id ?? null,
    userTeamId: user.team_id ?? null,
  };
}
