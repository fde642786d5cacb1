import type { Message, Workspace } from "./workspace";

/** What Slack shows for an app without a picture of its own. */
const ICONS = Object.fromEntries(
  [36, 48, 72].map((size) => [`image_${size}`, `https://a.slack-edge.com/80588/img/plugins/app/bot_${size}.png`]),
);

/** A message as Slack gives it to the app: in the answers to its calls, and in clicks. */
export function messageObject(workspace: Workspace, message: Message): Record<string, unknown> {
  const { authorId, ts, text, blocks, attachments, threadTs, editedTs } = message;
  const isOfApp = authorId === workspace.app.botUserId;
  return {
    type: "message",
    user: authorId,
    ...(isOfApp ? ofApp(workspace) : {}),
    team: workspace.team.id,
    ts,
    text,
    ...(blocks.length > 0 ? { blocks } : {}),
    // Slack numbers them.
    ...(attachments.length > 0 ? { attachments: attachments.map((one, index) => ({ id: index + 1, ...one })) } : {}),
    ...(threadTs === null ? {} : inThread(workspace, message.channelId, threadTs)),
    // Slack names the bot here, not its user, and whole seconds.
    ...(editedTs === null ? {} : { edited: { user: isOfApp ? workspace.app.botId : authorId, ts: editedTs } }),
  };
}

function ofApp({ app, people, team, startedAt }: Workspace): Record<string, unknown> {
  return {
    bot_id: app.botId,
    app_id: app.id,
    bot_profile: {
      id: app.botId,
      app_id: app.id,
      user_id: app.botUserId,
      name: people.get(app.botUserId)?.realName ?? app.botUserId,
      icons: ICONS,
      deleted: false,
      updated: Math.floor(startedAt / 1_000),
      team_id: team.id,
    },
  };
}

function inThread(workspace: Workspace, channelId: string, threadTs: string): Record<string, unknown> {
  const parent = workspace.find(channelId, threadTs);
  return { thread_ts: threadTs, ...(parent ? { parent_user_id: parent.authorId } : {}) };
}
