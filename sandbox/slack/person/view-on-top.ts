import type { PersonData } from "../options";
import type { OpenView } from "../views";
import type { Workspace } from "../workspace";
import { Refused } from "./refused";

/** The modal that somebody has before them. @throws Refused when it is not that one */
export function viewOnTop(workspace: Workspace, person: PersonData, viewId: string): OpenView {
  const view = workspace.stackOf(person.id).at(-1);
  if (view?.id !== viewId) throw new Refused(`${person.name} has no modal ${viewId} before them`);
  if (view.isBusy) throw new Refused("the modal is being sent");
  return view;
}
