import type { IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import { type Answer, jsonAnswer } from "../../answer";
import type { PersonData } from "../options";
import type { Workspace } from "../workspace";
import { typeCommand } from "./command";
import { type Filling, fill, suggestions } from "./form";
import { press } from "./press";
import { screenOf } from "./screen";
import { close, submit } from "./submit";

/** What somebody does, as the body of `POST /sandbox/people/<id>/<action>`. */
type Body = {
  text?: string;
  label?: string;
  channelId?: string;
  messageTs?: string;
  confirm?: boolean;
  values?: Record<string, Filling>;
  search?: string;
};

type Act = (workspace: Workspace, person: PersonData, body: Body) => Promise<unknown>;

const ACTS: Record<string, Act> = {
  command: (workspace, person, { text = "", channelId }) =>
    typeCommand(workspace, person, { text, ...(channelId ? { channelId } : {}) }),
  press: (workspace, person, { label = "", ...where }) => press(workspace, person, { label, ...where }),
  fill: (workspace, person, { values = {} }) => fill(workspace, person, values),
  options: async (workspace, person, { label = "", search = "" }) =>
    (await suggestions(workspace, person, label, search)).map(({ text }) => text.text),
  submit: (workspace, person) => submit(workspace, person),
  close: (workspace, person) => close(workspace, person),
  reload: async (workspace, person) => {
    const lost = workspace.messages.filter(({ onlyTo }) => onlyTo === person.id);
    for (const message of lost) workspace.remove(message);
    workspace.stacks.delete(person.id);
    workspace.toasts.delete(person.id);
    workspace.changed({ kind: "modal", userId: person.id });
  },
};

/** Answers what a person does, or wants to see. @param path what follows `/sandbox/people` */
export async function handlePerson(
  workspace: Workspace,
  path: string,
  request: IncomingMessage,
  body: string,
): Promise<Answer> {
  const [personId, action] = path.split("/").filter(Boolean);
  if (personId === undefined) return jsonAnswer(200, { people: [...workspace.people.values()], team: workspace.team });
  const person = workspace.people.get(personId);
  if (!person) return jsonAnswer(404, { error: `there is no person ${personId}` });
  if (action === undefined) return jsonAnswer(200, screenOf(workspace, personId));
  const act = Object.hasOwn(ACTS, action) ? ACTS[action] : undefined;
  if (!act || request.method !== "POST") return jsonAnswer(404, { error: `nobody can ${action}` });
  try {
    const result = await act(workspace, person, JSON.parse(body || "{}") as Body);
    return jsonAnswer(200, { result: result ?? null, screen: screenOf(workspace, personId) });
  } catch (error) {
    return jsonAnswer(409, { error: error instanceof Error ? error.message : "it did not work" });
  }
}

/** Sends somebody's screen over a socket, now and at every change. */
export function watchScreen(workspace: Workspace, personId: string, socket: WebSocket): void {
  let isDue = false;
  const sendScreen = () => {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(screenOf(workspace, personId)));
    });
  };
  workspace.changes.on("change", sendScreen);
  socket.on("close", () => workspace.changes.off("change", sendScreen));
  sendScreen();
}
