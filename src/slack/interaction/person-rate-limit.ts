import type { AnyMiddlewareArgs, App, Middleware } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { MAX_PEOPLE_COUNTED } from "../../domain/limits";
import type { Clock } from "../../workflow/clock";
import { sentenceMessage } from "../blocks/message";
import { outcomeView } from "../blocks/modals";
import { type Responding, respond } from "../clients/respond";
import { actorOf } from "../payloads/actor";
import { readClick, responseUrlOf } from "../payloads/click";
import { readShortcut } from "../payloads/shortcut";
import { TITLES } from "../words/labels";
import type { NoteRefusal } from "./refusal-trace";

/** How much one person may do in a while. What Slack lets the bot ask about groups is kept apart (`group-rate-limit.ts`). */
export type PersonRateLimit = { limit: number; windowMs: number };

const SLOW_DOWN = "That was a lot at once. Nothing was done about the last of it; please wait a minute and try again.";

/** `isTold`: a modal has said so in this while. Each is a call on the client that opens everybody's forms. */
type Counted = { since: number; count: number; isTold: boolean };

/**
 * Keeps one person from using up what Slack lets the bot ask for everybody: whatever is over the limit is replied to and
 * goes no further. The reply is all that it costs: one answer each, no look and nothing of the record; where only a modal can reply,
 * one in a while. It can only refuse;
 * who may do what is judged elsewhere.
 */
export function limitEachPerson(
  app: App,
  parts: {
    personRateLimit: PersonRateLimit;
    clock: Clock;
    noteRefusal: NoteRefusal;
    mayRespond: (address: string) => boolean;
    /** Opens a modal before somebody: a global shortcut and a Home have nothing else to reply to. */
    open: (triggerId: string, view: ModalView) => Promise<unknown>;
  } & Responding,
): void {
  const people = new Map<string, Counted>();
  const middleware: Middleware<AnyMiddlewareArgs> = async (args) => {
    const userId = actorOf(args.body)?.userId;
    if (userId === undefined) return args.next();
    const counted = count(people, userId, parts.clock.monotonicMs(), parts.personRateLimit);
    if (counted.count <= parts.personRateLimit.limit) return args.next();
    parts.noteRefusal({ actor: userId, verb: kindOf(args.body), about: {} }, "rate_limited");
    await refuse(args, counted, parts);
  };
  app.use(middleware);
}

/** Whoever was counted longest ago is forgotten first. */
function count(people: Map<string, Counted>, userId: string, at: number, { windowMs }: PersonRateLimit): Counted {
  const known = people.get(userId);
  const counted = known && at - known.since < windowMs ? known : { since: at, count: 0, isTold: false };
  counted.count += 1;
  people.delete(userId);
  people.set(userId, counted);
  const [oldest] = people.keys();
  if (people.size > MAX_PEOPLE_COUNTED && oldest !== undefined) people.delete(oldest);
  return counted;
}

async function refuse(
  args: Parameters<Middleware<AnyMiddlewareArgs>>[0],
  counted: Counted,
  { mayRespond, open, ...responding }: Pick<Parameters<typeof limitEachPerson>[1], "mayRespond" | "open"> & Responding,
): Promise<void> {
  const isTold = await acknowledge(args);
  const triggerId = isTold ? null : triggerAlone(args.body);
  if (triggerId !== null && counted.isTold) return;
  if (triggerId !== null) {
    counted.isTold = true;
    return void (await open(triggerId, outcomeView(TITLES.any, [SLOW_DOWN])));
  }
  const responseUrl = isTold ? null : responseUrlOf(args.body);
  if (responseUrl !== null && mayRespond(responseUrl))
    await respond(responseUrl, { kind: "beside", message: MESSAGE }, responding);
}

/** What a modal opens by, where no reply can be posted: for a global shortcut, and for a click in somebody's App Home. */
function triggerAlone(body: object): string | null {
  const shortcut = readShortcut(body);
  if (shortcut.kind === "shortcut") return shortcut.responseUrl === null ? shortcut.triggerId : null;
  const click = readClick(body);
  return click.kind === "click" && click.isInHome ? click.triggerId : null;
}

/** What was too much, in the trace of the refusal: its payload is read no further. */
function kindOf(body: object): string {
  switch ("type" in body ? body.type : null) {
    case "block_actions":
      return "click";
    case "view_submission":
      return "form";
    case "block_suggestion":
      return "search";
    case "event_callback":
      return "event";
    case "shortcut":
    case "message_action":
      return "shortcut";
    default:
      return "command";
  }
}

const MESSAGE = sentenceMessage([SLOW_DOWN]);

/**
 * A form shows the reason and a command gets it, both in the acknowledgement; a select gets no options; of anything else
 * only note is taken.
 * @returns whether there is nothing left to tell
 */
async function acknowledge(args: Parameters<Middleware<AnyMiddlewareArgs>>[0]): Promise<boolean> {
  if (!("ack" in args) || typeof args.ack !== "function") return true;
  const ack = args.ack as (response?: object) => Promise<void>;
  if ("command" in args.body) {
    await ack({ response_type: "ephemeral", ...MESSAGE });
    return true;
  }
  switch ("type" in args.body ? args.body.type : null) {
    case "block_suggestion":
      await ack({ options: [] });
      return true;
    case "view_submission":
      await ack({ response_action: "update", view: outcomeView(TITLES.any, [SLOW_DOWN]) });
      return true;
    default:
      await ack();
      return false;
  }
}
