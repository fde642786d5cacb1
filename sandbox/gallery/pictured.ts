import { withIds } from "../slack/block-ids";
import { addMessage } from "../slack/messages";
import type { PersonData, StandInOptions } from "../slack/options";
import { homeOf, modalOf, shownMessage } from "../slack/person/screen";
import type { ShownHome, ShownMessage, ShownView } from "../slack/person/shown";
import { type HomePayload, type ModalPayload, openView } from "../slack/views";
import { Workspace } from "../slack/workspace";

/** Something to take a picture of, as it goes to Slack: a message in the reader's DM or in the approvals channel, or a view. */
export type Payload = { group: string; name: string; readerId: string } & (
  | { kind: "message"; place: "dm" | "approvals"; isEphemeral: boolean; message: { text: string; blocks: unknown[] } }
  | { kind: "modal"; view: unknown; errors?: Record<string, string> }
  | { kind: "home"; view: unknown }
);

/** The same as its reader sees it. */
export type Pictured = {
  /** Fit for the name of a file. */
  id: string;
  group: string;
  name: string;
  readerId: string;
  shown:
    | { kind: "message"; message: ShownMessage }
    | { kind: "modal"; view: ShownView }
    | { kind: "home"; home: ShownHome };
};

/** Everything that the page of pictures needs. */
export type Pictures = Pick<StandInOptions, "team" | "people" | "channels" | "userGroups"> & {
  botUserId: string;
  entries: Pictured[];
};

/** @param approvals the id of the channel of the approvals @param now when it is looked at, in milliseconds since 1970 */
export function picturesOf(
  payloads: readonly Payload[],
  options: StandInOptions,
  { approvals, now }: { approvals: string; now: number },
): Pictures {
  const { team, people, channels, userGroups, app } = options;
  const entries = payloads.map((payload): Pictured => {
    const { group, name, readerId } = payload;
    // Each in a workspace of its own, so that all have the time at which they are looked at.
    const workspace = new Workspace({ ...options, now: () => now });
    const reader = workspace.people.get(readerId);
    if (!reader) throw new Error(`${group}, ${name}: nobody has the id ${readerId}`);
    const shown = shownOf(workspace, payload, { reader, approvals });
    return { id: `${fileName(group)}--${fileName(name)}`, group, name, readerId, shown };
  });
  return { team, people, channels, userGroups, botUserId: app.botUserId, entries };
}

function shownOf(
  workspace: Workspace,
  payload: Payload,
  { reader, approvals }: { reader: PersonData; approvals: string },
): Pictured["shown"] {
  if (payload.kind === "message") {
    const { message, isEphemeral, place } = payload;
    const channelId = place === "dm" ? workspace.openDm(reader.id).id : approvals;
    const onlyTo = isEphemeral ? reader.id : null;
    const added = addMessage(workspace, { channelId, ...message, blocks: withIds(message.blocks), onlyTo });
    return { kind: "message", message: shownMessage(workspace, added, reader) };
  }
  if (payload.kind === "modal") {
    const opened = openView(payload.view as ModalPayload);
    workspace.modals.set(reader.id, { ...opened, errors: payload.errors ?? {} });
  } else workspace.homes.set(reader.id, openView(payload.view as HomePayload));
  const [view, home] = [modalOf(workspace, reader), homeOf(workspace, reader)];
  if (view) return { kind: "modal", view };
  if (home) return { kind: "home", home };
  throw new Error(`${payload.group}, ${payload.name}: nothing is shown`);
}

/** "Requester's card: a key" as "requesters-card-a-key". */
function fileName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("'", "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
