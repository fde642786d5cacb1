import type { PersonData } from "../options";
import type { Workspace } from "../workspace";
import { changePerson } from "./changed";

/** Somebody leaves the company: deactivated and signed out, as an admin does it. The app hears of it as of any other change. */
export async function leave(workspace: Workspace, person: PersonData): Promise<void> {
  workspace.modals.delete(person.id);
  workspace.toasts.delete(person.id);
  changePerson(workspace, person, { deleted: true, isSignedOut: true });
}

/** Somebody is a member again, with all that they had. */
export async function comeBack(workspace: Workspace, person: PersonData): Promise<void> {
  changePerson(workspace, person, { deleted: false, isSignedOut: false });
}
