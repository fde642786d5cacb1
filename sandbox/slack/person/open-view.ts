import type { PersonData } from "../options";
import type { Modal, OpenView } from "../views";
import type { Workspace } from "../workspace";
import { Refused } from "./refused";

/** The modal that somebody has before them. @throws Refused when it is not that one */
export function openModal(workspace: Workspace, person: PersonData, viewId: string): Modal {
  const view = workspace.modals.get(person.id);
  if (view?.id !== viewId) throw new Refused(`${person.name} has no modal ${viewId} before them`);
  return view;
}

/** The same, to do something in it. @throws Refused also while it is being sent */
export function readyModal(workspace: Workspace, person: PersonData, viewId: string): Modal {
  const view = openModal(workspace, person, viewId);
  if (view.isBusy) throw new Refused("the modal is being sent");
  return view;
}

/** The modal or the Home tab that somebody has before them. @throws Refused when it is neither */
export function readyView(workspace: Workspace, person: PersonData, viewId: string): OpenView {
  const home = workspace.homes.get(person.id);
  return home?.id === viewId ? home : readyModal(workspace, person, viewId);
}
