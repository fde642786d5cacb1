import { connectPerson, type Person, type Taken } from "../../../sandbox/slack";
import { CALLBACKS } from "../../../src/slack/ids";
import { GENERAL } from "../../kit/people";
import type { World } from "../../kit/world";
import type { Actor } from "./actors";
import { choice, click, command, OPENED, openView, search, submission } from "./crafted";
import { createValues, deleteValues, denyValues, secretValues } from "./forms";
import type { Stage } from "./stage";
import type { Act } from "./who-may";

/** Somebody's screen, whoever they are; bots have none in the stand-in's own list of people. */
export function screenOf({ slack }: World, id: string): Promise<Person> {
  return connectPerson(slack.personApiUrl, id);
}

/** Sends what somebody did, with all that belongs to somebody else named in it. */
export async function send(world: World, stage: Stage, from: Actor, act: Act): Promise<Taken> {
  const { slack } = world;
  switch (act.kind) {
    case "command": {
      const text = act.about ? `${act.text} ${stage[act.about]}` : act.text;
      return slack.sendRaw("command", command(world, from, text));
    }
    case "click":
      return slack.sendRaw("interaction", click(world, from, act.actionId, stage[act.about]));
    case "choice": {
      const values = { ...createValues(), ...deleteValues(stage[act.about]) };
      const view = { id: await openView(world, from), values };
      return slack.sendRaw("interaction", choice(world, from, act.actionId, view));
    }
    case "submission": {
      const view = { id: await openView(world, from), callbackId: act.callbackId, about: stage[act.about] };
      return slack.sendRaw(
        "interaction",
        submission(world, from, { ...view, values: valuesOf(act.callbackId, stage) }),
      );
    }
    case "search":
      return slack.sendRaw("interaction", search(world, from, act.actionId));
  }
}

function valuesOf(callbackId: string, stage: Stage): unknown {
  if (callbackId === CALLBACKS.create) return createValues();
  if (callbackId === CALLBACKS.secret) return secretValues();
  return callbackId === CALLBACKS.deny ? denyValues() : deleteValues(stage.key);
}

const NOT_YET = new RegExp(`^(?:${OPENED}|Loading…|Checking your request…|Denying the request…|Deleting the key…)$`);

/** What somebody reads as an answer, in the channel or in a modal, the labels of fields included; empty as long as there is none. */
export function shownTo(person: Person): string {
  const modal = person.modal();
  const said = person.screen(GENERAL).filter(({ isEphemeral }) => isEphemeral);
  const inModal = modal && !NOT_YET.test(modal.text) ? [modal.text, ...Object.keys(modal.fields)] : [];
  return [...said.map(({ text }) => text), ...inModal].join("\n");
}
