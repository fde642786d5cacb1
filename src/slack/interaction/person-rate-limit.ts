import type { AnyMiddlewareArgs, App, Middleware } from "@slack/bolt";
import { MAX_PEOPLE_COUNTED } from "../../domain/limits";
import type { Clock } from "../../workflow/clock";
import type { Log } from "../../workflow/ports";
import { sentenceMessage } from "../blocks/message";
import { outcomeView } from "../blocks/modals";
import { respond } from "../clients/respond";
import { actorOf } from "../payloads/actor";
import { responseUrlOf } from "../payloads/click";
import { TITLES } from "../words/labels";

/** How much one person may do in a while. What Slack lets the bot ask about groups is kept apart (`group-rate-limit.ts`). */
export type PersonRateLimit = { limit: number; windowMs: number };

const SLOW_DOWN = "That was a lot at once. Nothing was done about the last of it; please wait a minute and try again.";

type Counted = { since: number; count: number; isTold: boolean };

/**
 * Keeps one person from using up what Slack lets the bot ask for everybody: whatever is over the limit is acknowledged
 * and goes no further. It can only refuse; who may do what is judged elsewhere.
 */
export function limitEachPerson(
  app: App,
  parts: {
    personRateLimit: PersonRateLimit;
    clock: Clock;
    log: Log;
    respondMs: number;
    mayRespond: (address: string) => boolean;
  },
): void {
  const people = new Map<string, Counted>();
  const middleware: Middleware<AnyMiddlewareArgs> = async (args) => {
    const userId = actorOf(args.body)?.userId;
    if (userId === undefined) return args.next();
    const counted = count(people, userId, parts.clock.monotonicMs(), parts.personRateLimit);
    if (counted.count <= parts.personRateLimit.limit) return args.next();
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
  { log, respondMs, mayRespond }: { log: Log; respondMs: number; mayRespond: (address: string) => boolean },
): Promise<void> {
  await acknowledge(args);
  if (counted.isTold) return;
  counted.isTold = true;
  log.warn({ event: "pace.exceeded" });
  const responseUrl = responseUrlOf(args.body);
  if (responseUrl !== null && mayRespond(responseUrl))
    await respond(responseUrl, { kind: "beside", message: sentenceMessage([SLOW_DOWN]) }, respondMs);
}

/** A form stays open with the reason; a select gets no options; everything else is only taken note of. */
async function acknowledge(args: Parameters<Middleware<AnyMiddlewareArgs>>[0]): Promise<void> {
  if (!("ack" in args) || typeof args.ack !== "function") return;
  const type = "type" in args.body ? args.body.type : null;
  const ack = args.ack as (response?: object) => Promise<void>;
  if (type === "block_suggestion") return ack({ options: [] });
  if (type === "view_submission") return ack({ response_action: "update", view: outcomeView(TITLES.any, [SLOW_DOWN]) });
  return ack();
}
