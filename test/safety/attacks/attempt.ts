import { connectPerson, type Person, type Sending, type Taken } from "../../../sandbox/slack";
import { ACTIONS, CALLBACKS, MENU_SEPARATOR } from "../../../src/slack/ids";
import { GENERAL } from "../../kit/people";
import { until } from "../../kit/until";
import type { World } from "../../kit/world";
import type { Actor } from "./actors";
import {
  choice,
  click,
  command,
  homeClick,
  menuChoice,
  OPENED,
  opening,
  openView,
  search,
  shortcut,
  submission,
} from "./crafted";
import {
  accessValues,
  createValues,
  deleteValues,
  denyValues,
  glassValues,
  keepValues,
  lessValues,
  rotateValues,
  secretValues,
  takeoverValues,
} from "./forms";
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
      const values = { ...createValues(), ...deleteValues(stage[act.about]), ...accessValues() };
      const id = stage[act.about];
      const button = act.actionId === ACTIONS.pauseLeaked ? { value: id, about: JSON.stringify([id]) } : {};
      const kept = act.actionId.startsWith("access_") ? { about: JSON.stringify({ accessKeyId: id }) } : {};
      const view = { id: await openView(world, from), values, ...button, ...kept };
      return slack.sendRaw("interaction", choice(world, from, act.actionId, view));
    }
    case "menu": {
      const option = `${act.actionId}${MENU_SEPARATOR}${stage[act.about]}`;
      return slack.sendRaw("interaction", menuChoice(world, from, option));
    }
    case "home":
      return sendInHome(world, from, {
        kind: "interaction",
        payload: homeClick(world, from, act.actionId, stage[act.about]),
      });
    case "opening":
      return sendInHome(world, from, { kind: "event", payload: opening(from) });
    case "submission": {
      const id = stage[act.about];
      const about = act.callbackId === CALLBACKS.access ? JSON.stringify({ accessKeyId: id }) : id;
      const view = { id: await openView(world, from), callbackId: act.callbackId, about };
      return slack.sendRaw(
        "interaction",
        submission(world, from, { ...view, values: valuesOf(act.callbackId, stage) }),
      );
    }
    case "search":
      return slack.sendRaw("interaction", search(world, from, act.actionId, { about: act.about && stage[act.about] }));
    case "shortcut": {
      const text = act.about && `see ${stage[act.about]}`;
      return slack.sendRaw("interaction", shortcut(world, from, act.callbackId, text));
    }
  }
}

/** Waits until the bot has drawn the Home, or opened something before it. */
async function sendInHome(
  { slack }: World,
  from: Actor,
  { kind, payload }: Pick<Sending, "kind" | "payload">,
): Promise<Taken> {
  const answers = () =>
    slack.calls.filter(({ method, sent }) => sent && /^views\.(?:publish|open)$/.test(method)).length;
  const before = answers();
  const taken = await slack.sendRaw(kind, payload);
  await until(`an answer in the Home of ${from.name}`, () => answers() > before);
  return taken;
}

const ASKING: readonly string[] = [CALLBACKS.secret, CALLBACKS.resume, CALLBACKS.extend];

function valuesOf(callbackId: string, stage: Stage): unknown {
  if (callbackId === CALLBACKS.create) return createValues();
  if (callbackId === CALLBACKS.breakGlass) return glassValues();
  if (callbackId === CALLBACKS.rotate) return rotateValues();
  if (callbackId === CALLBACKS.keep) return keepValues();
  if (ASKING.includes(callbackId)) return secretValues();
  if (callbackId === CALLBACKS.takeover) return takeoverValues([stage.leftKey]);
  if (callbackId === CALLBACKS.approveLess) return lessValues();
  if (callbackId === CALLBACKS.access) return accessValues();
  return callbackId === CALLBACKS.deny ? denyValues() : deleteValues(stage.key);
}

const NOT_YET = new RegExp(
  `^(?:${OPENED}|Loading…|Checking your request…|Checking who you are…|Taking over…|Denying the request…|Approving with less…|Deleting the key…|Changing its access…)$`,
);

/** The same of what somebody did in their Home, which shows their own keys too. */
export function shownInHome(person: Person): string {
  return [person.home()?.text ?? "", shownTo(person)].join("\n");
}

/** What somebody reads as an answer, in the channel or in a modal, the labels of fields included; empty as long as there is none. */
export function shownTo(person: Person): string {
  const modal = person.modal();
  const said = person.screen(GENERAL).filter(({ isEphemeral }) => isEphemeral);
  const inModal = modal && !NOT_YET.test(modal.text) ? [modal.text, ...Object.keys(modal.fields)] : [];
  return [...said.map(({ text }) => text), ...inModal].join("\n");
}
