import type { IncomingMessage } from "node:http";
import { type Answer, jsonAnswer } from "../../answer";
import type { PersonData } from "../options";
import type { Workspace } from "../workspace";
import { typeCommand } from "./command";
import { choose, suggest } from "./form";
import { type HomeTab, openHome } from "./home";
import { comeBack, leave } from "./leave";
import { press } from "./press";
import { Refused } from "./refused";
import { type Saying, say } from "./say";
import { screenOf } from "./screen";
import { type ShortcutUse, useShortcut } from "./shortcut";
import type { Choice, ElementAt, Target } from "./shown";
import { close, submit } from "./submit";

type InView = { viewId: string };

/** What a person can do, and what becomes of them; each with the body that it takes. */
export type Acts = {
  command: { text: string; channelId?: string };
  press: Target;
  choose: InView & ElementAt & { choice: Choice };
  suggest: InView & ElementAt & { search: string };
  submit: InView;
  close: InView;
  say: Saying;
  shortcut: ShortcutUse;
  openHome: { tab?: HomeTab };
  reload: Record<string, never>;
  leave: Record<string, never>;
  comeBack: Record<string, never>;
};

type Act<Name extends keyof Acts> = (workspace: Workspace, person: PersonData, body: Acts[Name]) => Promise<unknown>;

const ACTS: { [Name in keyof Acts]: Act<Name> } = {
  command: typeCommand,
  press,
  choose,
  suggest,
  submit,
  close,
  say,
  shortcut: useShortcut,
  openHome,
  reload: async (workspace, person) => {
    workspace.modals.delete(person.id);
    workspace.toasts.delete(person.id);
    workspace.changed({ kind: "modal", userId: person.id });
    workspace.changed({ kind: "toast", userId: person.id });
  },
  leave,
  comeBack,
};

/** What is left to somebody who is signed out. */
const SIGNED_OUT: readonly (keyof Acts)[] = ["reload", "comeBack"];

/** Answers what a person does, or wants to see. @param path what follows `/sandbox/people` */
export async function handlePerson(
  workspace: Workspace,
  path: string,
  request: IncomingMessage,
  body: string,
): Promise<Answer> {
  const [personId, action] = path.split("/").filter(Boolean);
  if (personId === undefined) return jsonAnswer(200, directory(workspace));
  const person = workspace.people.get(personId);
  if (!person) return jsonAnswer(404, { error: `there is no person ${personId}` });
  if (action === undefined) return jsonAnswer(200, screenOf(workspace, person, new Set()));
  if (request.method !== "POST" || !isAct(action)) return jsonAnswer(404, { error: `nobody can ${action}` });
  return act(workspace, person, action, body);
}

async function act(workspace: Workspace, person: PersonData, action: keyof Acts, body: string): Promise<Answer> {
  try {
    if (person.isSignedOut && !SIGNED_OUT.includes(action))
      throw new Refused(`${person.name} has left, and can do nothing here`);
    const run = ACTS[action] as Act<keyof Acts>;
    const result = await run(workspace, person, JSON.parse(body || "{}") as never);
    return jsonAnswer(200, { result: result ?? null, version: workspace.version });
  } catch (error) {
    if (error instanceof Refused) return jsonAnswer(409, { error: error.message });
    throw error;
  }
}

function isAct(action: string): action is keyof Acts {
  return Object.hasOwn(ACTS, action);
}

function directory(workspace: Workspace): object {
  const { team, people, channels, userGroups, app, hasHome } = workspace;
  return {
    team,
    people: [...people.values()],
    channels: [...channels.values()],
    userGroups: [...userGroups.values()],
    app: {
      id: app.id,
      botUserId: app.botUserId,
      commands: app.manifest.features?.slash_commands ?? [],
      shortcuts: app.manifest.features?.shortcuts ?? [],
      hasHome,
    },
  };
}
