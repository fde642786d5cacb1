import { z } from "zod";
import type { Actor } from "../../domain/person";

/** Ids of Slack's, such as U0123ABCD: opaque, in capitals and digits. */
export const slackId = z.string().regex(/^[A-Z0-9]{2,64}$/);
const maybeId = slackId.nullish().catch(null);

const commandActor = z.object({ user_id: slackId, team_id: maybeId, enterprise_id: maybeId });

const interactionActor = z.object({
  user: z.object({ id: slackId, team_id: maybeId }),
  team: z.object({ id: maybeId, enterprise_id: maybeId }).nullish(),
  enterprise: z.object({ id: maybeId }).nullish(),
});

/**
 * Who acts, from a payload whose signature was checked, or that came over our own socket. A field that is there but is no
 * id counts as missing, and who has no workspace is refused later.
 */
export function actorOf(payload: unknown): Actor | null {
  const command = commandActor.safeParse(payload);
  if (command.success) {
    const { user_id: userId, team_id: teamId, enterprise_id: enterpriseId } = command.data;
    return { userId, teamId: teamId ?? null, enterpriseId: enterpriseId ?? null, userTeamId: null };
  }
  const interaction = interactionActor.safeParse(payload);
  if (!interaction.success) return null;
  const { user, team, enterprise } = interaction.data;
  return {
    userId: user.id,
    teamId: team?.id ?? null,
    enterpriseId: enterprise?.id ?? team?.enterprise_id ?? null,
    userTeamId: user.team_id ?? null,
  };
}
