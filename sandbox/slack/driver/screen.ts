import type { Frame, Screen, ShownChannel, ShownMessage } from "../person/shown";

/** A screen after a frame of the feed. */
export function applied(screen: Screen, frame: Frame): Screen {
  if (frame.kind === "screen") return frame.screen;
  const { messages, removed, modal = screen.modal, home = screen.home, toasts = screen.toasts } = frame;
  const isTouched = messages.length > 0 || removed.length > 0;
  const channels = isTouched ? screen.channels.map((channel) => changed(channel, messages, removed)) : screen.channels;
  return { ...screen, channels, modal, home, toasts };
}

function changed(
  channel: ShownChannel,
  messages: readonly ShownMessage[],
  removed: readonly { channelId: string; ts: string }[],
): ShownChannel {
  const here = new Map(channel.messages.map((message) => [message.ts, message]));
  for (const message of messages) if (message.channelId === channel.id) here.set(message.ts, message);
  for (const { channelId, ts } of removed) if (channelId === channel.id) here.delete(ts);
  return { ...channel, messages: [...here.values()] };
}

/** What is left of a screen when its client starts anew. */
export function emptied(screen: Screen): Screen {
  const channels = screen.channels.map((channel) => ({
    ...channel,
    messages: channel.messages.filter(({ isEphemeral }) => !isEphemeral),
  }));
  return { ...screen, channels, modal: null, toasts: [] };
}

/** What is on a screen, for somebody who looks in vain for something else. */
export function described({ channels, modal, home, toasts }: Screen): string {
  const messages = channels.flatMap(({ name, messages: all }) =>
    all
      .slice(-4)
      .map(({ text, buttons }) => `  #${name}: ${text} ${buttons.map(({ label }) => `[${label}]`).join("")}`),
  );
  const shown = modal
    ? `  modal "${modal.title}": ${modal.text} ${JSON.stringify(modal.fields)} ${modal.buttons.map(({ label }) => `[${label}]`).join("")}`
    : "  no modal";
  const homes = home ? [`  home: ${home.text} ${home.buttons.map(({ label }) => `[${label}]`).join("")}`] : [];
  return [...messages, shown, ...homes, ...toasts.map((toast) => `  toast: ${toast}`)].join("\n");
}
