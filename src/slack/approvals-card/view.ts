import { isPaused, type Key } from "../../domain/key";
import type { People } from "../../domain/person";
import { waitedFor } from "../../domain/progress";
import { grantedAccess, type Request } from "../../domain/request";
import type { Asker, RequestInFull } from "../../workflow/show-request";
import { accessOnCard, bucketsAtAGlance, insteadOf, isShortOnCard, kindOf } from "../blocks/access";
import { type Line, type Message, message } from "../blocks/message";
import { durationWords } from "../words/duration";
import { lifeWords } from "../words/ruling";
import { bold, code, group, joined, type Sentence, time, user } from "../words/sentence";
import { buttonsOf, showAllButton } from "./buttons";
import { atAGlance } from "./glance";
import { outcomeOf } from "./outcome";
import { backLine, progressLines, rulesLine } from "./progress";

/**
 * The card in the approvals channel, drawn from the record: who asks for what and why, and what became of it. It is read at a
 * glance; whatever has no room there is behind *Show all*.
 */
export function approvalsCard({ request, key, asker, progress }: RequestInFull): Message {
  const { state, reason } = request;
  const outcome = outcomeOf(request, key);
  const title: Sentence = [...(outcome ? [] : calling(waitedFor(progress))), ...titleOf(request)];
  const facts: Sentence[] = outcome
    ? []
    : [
        ...pausedLine(request, key),
        ...rotatesLine(request),
        askerAtAGlance(request.requesterId, asker),
        ...backLine(request),
        ...progressLines(progress),
      ];
  const small: Sentence[] =
    state.kind === "pending"
      ? [
          joined(
            [["lapses ", time(state.lapsesAt)], ...rulesLine(request, progress), ["ref ", code(request.reference)]],
            " · ",
          ),
        ]
      : [joined([...(outcome?.small ?? []), ["ref ", code(request.reference)]], " · ")];
  const access = accessLine(request);
  const typed = [reason, outcome?.typed ?? null].filter((text) => text !== null);
  const shown = atAGlance(typed, [title, access, ...facts, ...(outcome ? [outcome.line] : []), ...small]);
  const why: Line = reason === null ? ["No reason was given."] : { quote: shown[0] ?? "" };
  const isAllShown =
    typed.every((text, index) => text === shown[index]) &&
    isShortOnCard(request.asked.access) &&
    isShortOnCard(grantedAccess(request));
  return message({
    lines: [
      title,
      why,
      access,
      ...facts,
      ...(outcome ? [outcome.typed === null ? outcome.line : [...outcome.line, ": “", shown.at(-1) ?? "", "”"]] : []),
    ],
    small,
    buttons: [...buttonsOf(request, key), ...(isAllShown ? [] : [showAllButton(request)])],
  });
}

const ASKED = {
  key: "",
  rotation: "Rotation of ",
  secret: "New secret of ",
  resume: "Resume of ",
  extend: "Extension of ",
  takeover: "Takeover of ",
  access: "Wider access, as ",
} as const;

/** "Admin key for @dana", "New secret of an Editor key for @dana". */
export function titleOf(request: Request): Sentence {
  const kind = kindOf(request.asked);
  const { permission } = grantedAccess(request);
  const article = kind === "key" ? "" : permission === "ReadOnly" ? "a " : "an ";
  return [bold(`${ASKED[kind]}${article}${permission} key for`), " ", user(request.requesterId)];
}

/** "*ci* · Editor on builds, logs". */
export function accessLine(request: Request): Sentence {
  const { keyName, access } = request.asked;
  const less = insteadOf(request);
  const life = request.asked.kind === "key" ? lifeWords(request.asked.life) : null;
  const lives: Sentence = life === null ? [] : [" · ", ...life];
  if (less !== null) return [bold(keyName), ` · ${less}`, ...lives];
  const what = access.permission === "Admin" ? "every bucket and key" : bucketsAtAGlance(access.buckets);
  const now = request.asked.kind === "access" ? ` · now ${accessOnCard(request.asked.from)}` : "";
  return [bold(keyName), ` · ${what}${now}`, ...lives];
}

/** What whoever decides about a new secret has to know of its key. */
function pausedLine({ asked }: Request, key: Key | null): Sentence[] {
  if (asked.kind !== "secret" || key === null || !isPaused(key)) return [];
  return [["⏸️ The key is paused: the new secret works only once it is resumed."]];
}

/** What becomes of the key whose place it takes. */
function rotatesLine({ asked }: Request): Sentence[] {
  if (asked.kind !== "key" || asked.rotates === null) return [];
  const { accessKeyId, overlapMs } = asked.rotates;
  return [
    [
      "It takes the place of ",
      code(accessKeyId),
      `, which is paused ${durationWords(overlapMs)} after this one is on.`,
    ],
  ];
}

/** "@dana has 2 keys (1 Admin) · denied once this month". */
export function askerAtAGlance(requesterId: string, { keys, denials }: Asker): Sentence {
  const admin = keys.admin > 0 ? ` (${keys.admin} Admin)` : "";
  const has = keys.all === 0 ? "no keys" : `${keys.all} ${keys.all === 1 ? "key" : "keys"}${admin}`;
  const times = denials === 1 ? "once" : denials === 2 ? "twice" : `${denials} times`;
  return [user(requesterId), ` has ${has}`, denials === 0 ? "" : ` · denied ${times} this month`];
}

/** Nobody is called where nobody can decide. */
function calling(waited: People): Sentence {
  const named = mentions(waited);
  return named.length === 0 ? [] : [...named, " · "];
}

/** Those who can decide, each mentioned once. */
export function mentions({ users, groups }: People): Sentence {
  return joined([...groups.map((id) => [group(id)]), ...users.map((id) => [user(id)])], " ");
}
